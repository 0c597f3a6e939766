"""`python -m job COMMAND`: parse, call one command, return its exit code."""

import argparse
import gc
import os
import signal
import sys
from importlib import import_module
from types import ModuleType

import structlog

from job import config, log
from job.commands import COMMANDS
from job.errors import JobError, sentence


class Terminated(KeyboardInterrupt):
    """The process was asked to end; as at Ctrl-C, nobody takes it for a failure and psycopg cancels its statement."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 failed, 2 wrong usage or settings."""
    argv = sys.argv[1:] if argv is None else argv
    log.configure()
    parser = _parser()
    if not argv:
        parser.error("COMMAND is missing: `python -m job --help` lists them")
    name = parser.parse_args(argv[:1]).command
    # Only the chosen command is imported: `status` must not pay for scikit-learn.
    command = import_module(f"job.commands.{name.replace('-', '_')}")
    arguments = _arguments(command, name, argv[1:])
    signal.signal(signal.SIGTERM, _terminate)
    try:
        settings = config.load()
        log.configure(settings.log_format)
        code = int(command.run(arguments, settings))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read has gone, as `head` does; what is left to print goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except JobError as error:
        structlog.get_logger().error(
            "command.failed", command=name, run_id=error.run_id, error=str(error), exc_info=True
        )
        return _fail(sentence(error), error.exit_code)
    except KeyboardInterrupt as end:
        return _fail(str(end) or "interrupted", 143 if isinstance(end, Terminated) else 130)
    except Exception as error:  # the outermost edge: whatever it is, one line for the person, the stack in the log
        structlog.get_logger().error("command.crashed", command=name, error=repr(error), exc_info=True)
        return _fail(f"unexpected {type(error).__name__}: {error}. The log has the details (LOG_FORMAT=json)", 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m job",
        description="Scheduled batch scoring of Chicago taxi rides.",
        epilog="\n".join(["commands:", *(f"  {name:<12}{what}" for name, what in COMMANDS.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(COMMANDS), metavar="COMMAND", help="one of the commands below")
    return parser


def _arguments(command: ModuleType, name: str, argv: list[str]) -> argparse.Namespace:
    if getattr(command, "PASSES_ON", False):  # to another program: argparse would take its options for ours
        return argparse.Namespace(arguments=argv)
    parser = argparse.ArgumentParser(prog=f"python -m job {name}", description=command.__doc__)
    command.add_arguments(parser)
    return parser.parse_args(argv)


def _terminate(_signal: int, _frame: object) -> None:
    """Leave by the front door, so that the run's record and the embedded server are closed."""
    raise Terminated("terminated by SIGTERM")


def _fail(reason: str, exit_code: int) -> int:
    print(f"error: {' '.join(reason.split())}", file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    # Imports make some 400,000 objects that stay. Python would look through them for cycles at every 700 new ones, and
    # again at its end: a third of a warm run's time.
    gc.set_threshold(50_000)
    exit_code = main()
    gc.freeze()
    sys.exit(exit_code)
