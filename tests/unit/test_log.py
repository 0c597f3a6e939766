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


@pytest.mark.parametrize("forced", [False, True])
def test_colors_only_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, forced: bool
) -> None:
    """With LOG_FORMAT=console a log file has no escape sequences, unless FORCE_COLOR asks for them."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    if forced:
        monkeypatch.setenv("FORCE_COLOR", "1")
    log.configure("console")
    structlog.get_logger().warning("it.happened", n=1)
    assert ("\x1b[" in capsys.readouterr().err) == forced


class Unprintable:
    """An argument that fails as text."""

    def __str__(self) -> str:
        raise RuntimeError("no text")


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
        logger.warning("%s", Unprintable())
    finally:
        logger.removeHandler(handler)
        logging.setLogRecordFactory(before)
    printed = capsys.readouterr().err
    assert "cannot reach http://***@host" in printed
    assert "/a?$$app_token=***" in printed
    assert "%d items" in printed
    assert SECRET not in printed


def test_an_event_is_one_short_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Time, level and name come first; numbers have three decimals, and what is null or empty is left out."""
    log.configure("json")
    structlog.get_logger().info(
        "it.completed", run_id=7, seconds=0.123456789, scenario=None, reasons={}, files=[], stale=False, rides=0,
        metrics={"mae": 4.7811111},
    )  # fmt: skip
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert list(event) == ["timestamp", "level", "event", "run_id", "seconds", "stale", "rides", "metrics"]
    assert (event["seconds"], event["stale"], event["rides"], event["metrics"]) == (0.123, False, 0, {"mae": 4.781})
