"""HTTP requests, with a limited number of attempts."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

import requests
import tenacity
from requests.utils import get_auth_from_url
from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

from job import redaction
from job.city import transfer
from job.city.session import APP_HEADER, Session
from job.city.transfer import Failure, Processing, Transient
from job.errors import JobError

ATTEMPTS = 4
PROCESSING_ATTEMPTS = 12  # some four minutes
FIRST_WAIT_SECONDS = 1.0  # doubled after each attempt, up to:
MOST_WAIT_SECONDS = 30.0
MOST_RETRY_AFTER_SECONDS = 120.0
TIMEOUT_SECONDS = (10.0, 60.0)  # to connect; for the beginning of the answer with all headers
TRANSIENT = {408, 429, *range(500, 600)}
MESSAGE = transfer.Limits(seconds=10, slow_seconds=10)
MOST_MESSAGE_BYTES = 1 << 16
HINTS = dict.fromkeys((401, 403), "check CITY_APP_TOKEN, or the address's user")

Result = TypeVar("Result")


def display_name(address: str) -> str:
    """The address without user, password and query, which may be secret.

    A password with an unescaped / ? or # looks like a port that is not a number: then the host is left out too.
    """
    name = redaction.address(re.split(r"[?#]", address, maxsplit=1)[0])
    return re.sub(r"(?<=://)[^/\[]*:(?!\d*(?:/|$))[^/]*", "…", name)


def get(
    session: Session, address: str, query: Mapping[str, str], read: Callable[[requests.Response], Result]
) -> Result:
    """Request the address and return what `read` makes of the response; transient failures are retried.

    Errors of requests and urllib3 are not chained, because their texts contain the whole address.
    Raises JobError if the address cannot be read.
    """
    attempts = tenacity.Retrying(
        stop=_is_last,
        wait=_wait,
        retry=tenacity.retry_if_exception_type(Transient),
        reraise=True,
    )
    name = display_name(address)
    try:
        return attempts(_attempt, session, address, query, read)
    except Transient as error:
        count = attempts.statistics["attempt_number"]
        reason = f"{name} cannot be read after {count} attempts: {error}; try again later"
    except Failure as error:
        reason = f"{name} {error}"
    raise JobError(reason)


def _is_last(state: tenacity.RetryCallState) -> bool:
    error = state.outcome and state.outcome.exception()
    return state.attempt_number >= (PROCESSING_ATTEMPTS if isinstance(error, Processing) else ATTEMPTS)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome and state.outcome.exception()
    least = error.wait if isinstance(error, Transient) else 0.0
    return max(least, min(MOST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (state.attempt_number - 1)))


def _attempt(
    session: Session, address: str, query: Mapping[str, str], read: Callable[[requests.Response], Result]
) -> Result:
    with _opened(session, address, query) as response:
        if response.status_code == requests.codes.accepted:
            raise Processing("it is still processing the request", _retry_after(response))
        if response.status_code in TRANSIENT:
            raise Transient(f"it answered {response.status_code} {_reason(response)}", _retry_after(response))
        if response.status_code != requests.codes.ok:
            hint = HINTS.get(response.status_code, "check the address and its query")
            message = _message(response, (session.headers.get(APP_HEADER), *get_auth_from_url(address)))
            raise Failure(f"answered {response.status_code} ({message}): {hint}")
        return read(response)


def _opened(session: Session, address: str, query: Mapping[str, str]) -> requests.Response:
    try:
        return session.open(address, dict(query), TIMEOUT_SECONDS)
    except requests.TooManyRedirects:
        failure = Failure("redirects too often: check the address")
    except requests.Timeout:
        failure = Transient("no answer in time")
    except requests.exceptions.ProxyError as error:
        failure = Transient(f"the proxy failed{_cause(error)}")
    except requests.exceptions.SSLError as error:
        failure = Transient(f"no secure connection{_cause(error)}")
    except requests.ConnectionError as error:
        failure = Transient(f"the connection failed or was interrupted{_cause(error)}")
    except requests.RequestException as error:
        failure = Failure(f"cannot be read ({type(error).__name__}): check the address, and the proxy if you use one")
    except ValueError as error:  # a redirect to a malformed address
        failure = Failure(f"cannot be read ({type(error).__name__}): check the address")
    except OSError as error:  # of requests itself: a file of certificates that does not exist
        failure = Failure(f"cannot be read ({error}): check REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE")
    raise failure


def _cause(error: BaseException) -> str:
    """The system's reason behind an error, in parentheses."""
    while error.__context__:
        error = error.__context__
    words = getattr(error, "verify_message", None) or getattr(error, "strerror", None)
    return f" ({words})" if words else ""


def _retry_after(response: requests.Response) -> float:
    """The seconds that the server asks to wait. Raises Failure if they are too many."""
    seconds = 0.0
    with suppress(InvalidHeader, OverflowError):
        seconds = Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    if seconds > MOST_RETRY_AFTER_SECONDS:
        raise Failure(
            f"answered {response.status_code} and asks to wait {seconds:,.0f} seconds: try again then, "
            "or set CITY_APP_TOKEN if it is the City's API"
        )
    return seconds


def _reason(response: requests.Response) -> str:
    return _printable(response.reason or "")


def _message(response: requests.Response, secrets: tuple[str | bytes | None, ...]) -> str:
    """The message of an error as SODA gives it, or the beginning of the body, without our secrets."""
    body = b""
    with suppress(Failure):
        for block in transfer.blocks(response, MESSAGE):
            body += block
            if len(body) > MOST_MESSAGE_BYTES:
                break
    text = body.decode(errors="replace")
    with suppress(ValueError, RecursionError, KeyError, TypeError):
        text = str(json.loads(text)["message"])
    text = redaction.without(text, *secrets)
    return _reason(response) if text.lstrip().startswith("<") else _printable(text)


def _printable(text: str) -> str:
    """The beginning on one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:300]).split())
