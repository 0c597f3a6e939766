"""HTTP requests, with a limited number of attempts."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import requests
import tenacity

from job.errors import JobError

ATTEMPTS = 4
FIRST_WAIT_SECONDS = 1.0  # doubled after each attempt
TIMEOUT_SECONDS = (10, 60)  # to connect, and between bytes

Result = TypeVar("Result")


class Transient(Exception):
    """A failure that the next attempt may not meet."""


class Session(requests.Session):
    """Keeps the City's app token from other hosts."""

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """Drop the token, like a password, when a redirect leads to another host."""
        super().rebuild_auth(prepared_request, response)  # type: ignore[no-untyped-call]
        if self.should_strip_auth(response.request.url, prepared_request.url):  # type: ignore[no-untyped-call]
            prepared_request.headers.pop("X-App-Token", None)


def display_name(address: str) -> str:
    """The address without user, password and query, which may be secret."""
    return re.sub(r"(?<=://)[^/?#]*@", "", re.split(r"[?#]", address, maxsplit=1)[0])


def get(
    session: requests.Session, address: str, query: Mapping[str, str], read: Callable[[requests.Response], Result]
) -> Result:
    """Request the address and return what `read` makes of the response; transient failures are retried.

    Raises JobError if the address cannot be read.
    """
    attempts = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(ATTEMPTS),
        wait=tenacity.wait_exponential(FIRST_WAIT_SECONDS),
        retry=tenacity.retry_if_exception_type(Transient),
        reraise=True,
    )
    name = display_name(address)
    try:
        return attempts(_attempt, session, address, query, read)
    except Transient as error:
        raise JobError(f"{name} cannot be read after {ATTEMPTS} attempts: {error}; try again later") from error
    except (requests.RequestException, ValueError) as error:  # ValueError: a redirect to a malformed address
        raise JobError(f"{name} cannot be read ({type(error).__name__}): check the address") from error


def _attempt(
    session: requests.Session, address: str, query: Mapping[str, str], read: Callable[[requests.Response], Result]
) -> Result:
    try:
        with session.get(address, params=query, timeout=TIMEOUT_SECONDS, stream=True) as response:
            if response.status_code == requests.codes.too_many_requests or response.status_code >= 500:
                raise Transient(f"it answered {response.status_code} {response.reason}")
            if not response.ok:
                body = " ".join(response.text[:200].split())
                name = display_name(address)
                raise JobError(f"{name} answered {response.status_code} ({body}): check the address and its query")
            return read(response)
    except requests.Timeout as error:
        raise Transient("no answer in time") from error
    except requests.exceptions.SSLError as error:
        raise Transient("no secure connection") from error
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise Transient("the connection failed or was interrupted") from error
