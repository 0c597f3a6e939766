"""Logging with structlog, always to stderr: JSON lines for machines, short lines on a terminal."""

import logging
import sys
from typing import Any

import structlog


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
            *([_for_a_person, structlog.dev.ConsoleRenderer()] if console else _JSON),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if console and quiet_console else logging.INFO
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


_PRINTED = {"command.failed", "command.crashed", "tick.step_failed", "tick.step_crashed"}  # to people, as sentences
_JSON: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def _for_a_person(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drop events that are printed as sentences anyway, and all tracebacks."""
    if event["event"] in _PRINTED:
        raise structlog.DropEvent
    event.pop("exc_info", None)
    return event
