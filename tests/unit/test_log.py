"""Nothing is logged with a password or a token."""

import json
import logging

import pytest
import structlog

from job import log

SECRET = "canary-8b1f7"


def _raise() -> None:
    try:
        raise ValueError(f"Max retries exceeded with url: /a?$$app_token={SECRET}")
    except ValueError as error:
        raise OSError(f"http://user:{SECRET}@host failed") from error


@pytest.mark.parametrize("form", ["json", "console"])
def test_events(capsys: pytest.CaptureFixture[str], form: str) -> None:
    """Every text of an event is redacted: its fields, what they contain, and the traceback with its causes."""
    log.configure(form)
    try:
        _raise()
    except OSError as error:
        structlog.get_logger().error(
            "it.failed",
            error=error,
            items=[f"http://u:{SECRET}@h"],
            nested={"a": f"token={SECRET}"},
            n=1,
            exc_info=True,
        )
    printed = capsys.readouterr().err
    assert SECRET not in printed
    assert "http://***@host failed" in printed
    if form == "json":
        event = json.loads(printed)
        assert event["n"] == 1
        assert "/a?$$app_token=***" in event["exception"]


def test_what_libraries_log(capsys: pytest.CaptureFixture[str]) -> None:
    """MLflow and others log to handlers of their own."""
    before = logging.getLogRecordFactory()
    handler = logging.StreamHandler()
    logger = logging.getLogger("tests.library")
    logger.addHandler(handler)
    try:
        log.configure("json")
        try:
            _raise()
        except OSError:
            logger.exception("cannot reach %s", f"http://user:{SECRET}@host")
        logger.warning("%d items", f"token={SECRET}")  # a mistake of the library
    finally:
        logger.removeHandler(handler)
        logging.setLogRecordFactory(before)
    printed = capsys.readouterr().err
    assert "cannot reach http://***@host" in printed
    assert "/a?$$app_token=***" in printed
    assert "%d items" in printed
    assert SECRET not in printed
