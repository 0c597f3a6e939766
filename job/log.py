"""Logging with structlog, always to stderr: JSON lines for machines, short lines on a terminal."""

import logging
import os
import sys
from typing import Any

import structlog

from job import redaction


def configure(log_format: str = "auto", quiet_console: bool = False) -> None:
    """Set up logging for the process; `auto` means readable on a terminal and JSON elsewhere.

    `quiet_console` shows only warnings and errors on a terminal, for commands that print their results themselves.
    """
    console = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _for_a_person if console else structlog.processors.format_exc_info,
            _without_secrets,
            _compact,
            structlog.dev.ConsoleRenderer(colors=_in_color()) if console else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if console and quiet_console else logging.INFO
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    redact_libraries()


def _in_color() -> bool:
    """On a terminal, unless the usual variables say otherwise; never by default in a file or a pipe."""
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stderr.isatty() and not os.environ.get("NO_COLOR"))


def redact_libraries() -> None:
    """Remove secrets from what libraries log in this process, whatever handlers they set up."""
    logging.setLogRecordFactory(_record)


_PRINTED = {"command.failed", "command.crashed", "tick.step_failed", "tick.step_crashed"}  # to people, as sentences


def _for_a_person(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drop events that are printed as sentences anyway, and all tracebacks."""
    if event["event"] in _PRINTED:
        raise structlog.DropEvent
    event.pop("exc_info", None)
    return event


def _without_secrets(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Redact every text of the event, the traceback included; objects such as exceptions become text."""
    plain = (str, int, float, list, tuple, dict, type(None))
    texts = {name: value if isinstance(value, plain) else repr(value) for name, value in event.items()}
    return redaction.everywhere(texts)


def _compact(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Put the time, the level and the name first, round numbers, and leave out what is null or empty."""
    first = {name: event[name] for name in ("timestamp", "level", "event") if name in event}
    return first | {name: _rounded(value) for name, value in event.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, list | tuple | dict) and not value)


def _rounded(value: Any) -> Any:
    """Numbers with three decimals at most, in containers too."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value


def _record(*arguments: Any, **options: Any) -> logging.LogRecord:
    """A record with its message and traceback already formatted and redacted."""
    record = logging.LogRecord(*arguments, **options)
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 - arguments that do not fit, or that fail as text: it must not end the command
        message = f"{record.msg} {record.args}"
    record.msg, record.args = redaction.redacted(message), None
    if record.exc_info:
        record.exc_text = redaction.redacted(logging.Formatter().formatException(record.exc_info))
    return record
