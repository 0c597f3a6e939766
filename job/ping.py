"""Tell a watcher, at addresses in healthchecks.io's form, that a tick starts, succeeded or failed."""

from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

import structlog

log = structlog.get_logger()

TIME_LIMIT = 5.0  # seconds, for all of it: a name server that is silent too


def send(url: str | None, event: Literal["start", "success", "fail"]) -> None:
    """Ask for URL/start, URL or URL/fail, for at most TIME_LIMIT seconds; what goes wrong is a line in the log."""
    if url is None:
        return
    parts = urlsplit(url)
    path = parts.path.rstrip("/") + ("" if event == "success" else f"/{event}")
    # In a thread of its own: no time limit of a request covers finding out where the watcher is.
    thread = Thread(target=_ask, args=(parts._replace(path=path).geturl(), parts.hostname), daemon=True)
    thread.start()
    thread.join(TIME_LIMIT)
    if thread.is_alive():
        log.warning("ping.failed", host=parts.hostname, error=f"no answer within {TIME_LIMIT:g} s")


def _ask(url: str, host: str | None) -> None:
    """The address is a secret of its owner, so that the log names its host alone."""
    import requests

    try:
        with requests.get(url, timeout=TIME_LIMIT, stream=True) as answer:
            if not answer.ok:
                log.warning("ping.failed", host=host, error=f"status {answer.status_code}")
    except (requests.RequestException, ValueError) as error:
        log.warning("ping.failed", host=host, error=type(error).__name__)
