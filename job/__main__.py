"""`python -m job COMMAND`: parses the arguments, runs the command and returns its exit code."""

import argparse
import gc
import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from job.environment import for_python

if __name__ == "__main__":
    # Before any other import, which may fail with a PYTHONPATH or PYTHONWARNINGS that is meant for other programs.
    isolated = for_python(os.environ, Path(__file__).resolve().parent.parent)
    if isolated != os.environ:
        os.execvpe(sys.orig_argv[0], sys.orig_argv, isolated)  # noqa: S606 - this very command line

try:
    import structlog
except ModuleNotFoundError as error:  # a Python other than the one in .venv
    print(
        f"error: {sys.executable} has no {error.name}: use .venv/bin/python, which `make run` sets up", file=sys.stderr
    )
    raise SystemExit(2) from None

from job import config, log
from job.commands import COMMANDS
from job.errors import JobError, sentence
from job.redaction import redacted


class Parser(argparse.ArgumentParser):
    """Quotes wrong arguments without their secrets, such as the password of an address."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and exit with 2."""
        super().error(redacted(message))


class Version(argparse.Action):
    """Prints the release and the code version that runs record, and exits."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Read the settings, because CODE_VERSION is one of them."""
        try:
            print(f"chicago-taxi-scoring {config.release()}, code version {config.load().code_version}")
        except JobError as error:
            parser.error(str(error))
        parser.exit()


class Terminated(KeyboardInterrupt):
    """SIGTERM was received. Like Ctrl-C it is not handled as a failure, and psycopg cancels the running statement."""


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 130 Ctrl-C, 143 SIGTERM."""
    argv = sys.argv[1:] if argv is None else argv
    _open_streams()
    log.configure()
    parser = _parser()
    if not argv:
        parser.error("COMMAND is missing: `python -m job --help` lists them")
    name = parser.parse_args(argv[:1]).command
    # Import only the chosen command, so that `status` does not import scikit-learn.
    command = import_module(f"job.commands.{name.replace('-', '_')}")
    arguments = _arguments(command, name, argv[1:])
    signal.signal(signal.SIGTERM, _terminate)
    try:
        settings = config.load()
        log.configure(settings.log_format)
        code = int(command.run(arguments, settings))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader has gone, as with `| head`: discard what is left to print
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except JobError as error:
        structlog.get_logger().error(
            "command.failed", command=name, run_id=error.run_id, error=str(error), exc_info=True
        )
        return _fail(sentence(error), error.exit_code)
    except KeyboardInterrupt as interrupt:
        return _fail(str(interrupt) or "interrupted", 143 if isinstance(interrupt, Terminated) else 130)
    except Exception as error:  # anything unexpected: one line for the person, the traceback in the log
        structlog.get_logger().error("command.crashed", command=name, error=repr(error), exc_info=True)
        return _fail(f"unexpected {type(error).__name__}: {error}. The log has the details (LOG_FORMAT=json)", 1)


def _open_streams() -> None:
    """Replace characters that the terminal cannot show, and discard what is written to a closed stream."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m job",
        description="Scheduled batch scoring of Chicago taxi rides.",
        epilog="\n".join(["commands:", *(f"  {name:<12}{purpose}" for name, purpose in COMMANDS.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=Version, nargs=0, help="show the version and exit")
    parser.add_argument("command", choices=list(COMMANDS), metavar="COMMAND", help="one of the commands below")
    return parser


def _arguments(command: ModuleType, name: str, argv: list[str]) -> argparse.Namespace:
    if getattr(command, "PASSES_ON", False):  # to another program: argparse would take its options for ours
        return argparse.Namespace(arguments=argv)
    parser = Parser(prog=f"python -m job {name}", description=command.__doc__)
    command.add_arguments(parser)
    return parser.parse_args(argv)


def _terminate(_signal: int, _frame: object) -> None:
    """Raise an exception, so that the run's record and the embedded server are closed on the way out."""
    raise Terminated("terminated by SIGTERM")


def _fail(reason: str, exit_code: int) -> int:
    print(f"error: {' '.join(redacted(reason).split())}", file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    # Imports create some 400,000 objects that live until the end. By default Python scans for cycles after every 700
    # new objects, and once more at exit, which takes a third of a warm run's time.
    gc.set_threshold(50_000)
    exit_code = main()
    gc.freeze()
    sys.exit(exit_code)
