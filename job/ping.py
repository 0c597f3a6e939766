"""Pings a monitoring service with healthchecks.io's URL scheme when a tick starts, succeeds or fails."""

from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

import structlog

log = structlog.get_logger()

TIME_LIMIT = 5.0  # seconds, name resolution included


def send(url: str | None, event: Literal["start", "success", "fail"]) -> None:
    """Request URL/start, URL or URL/fail within TIME_LIMIT seconds. A failure is logged, never raised."""
    if url is None:
        return
    parts = urlsplit(url)
    path = parts.path.rstrip("/") + ("" if event == "success" else f"/{event}")
    # In a thread, because the time limit of a request does not cover name resolution.
    thread = Thread(target=_request, args=(parts._replace(path=path).geturl(), parts.hostname), daemon=True)
    thread.start()
    thread.join(TIME_LIMIT)
    if thread.is_alive():
        log.warning("ping.failed", host=parts.hostname, error=f"no answer within {TIME_LIMIT:g} s")


def _request(url: str, host: str | None) -> None:
    """Log nothing but the host, since the rest of the URL is a secret."""
    import requests

    try:
        with requests.get(url, timeout=TIME_LIMIT, stream=True) as answer:
            if not answer.ok:
                log.warning("ping.failed", host=host, error=f"status {answer.status_code}")
    except (requests.RequestException, ValueError) as error:
        log.warning("ping.failed", host=host, error=type(error).__name__)
