"""An HTTP session: where redirects may lead, where secrets are sent, and how long an answer may take to begin."""

import ipaddress
import logging
import socket
import threading
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_auth_from_url
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from job.city.transfer import Failure

MOST_REDIRECTS = 5
APP_HEADER = "X-App-Token"


class Session(requests.Session):
    """Uses the proxies and certificates of the environment as requests does, but no ~/.netrc.

    The app token and the address's own user and password stay with their host.
    """

    def __init__(self, token: str | None) -> None:
        super().__init__()
        self.max_redirects = MOST_REDIRECTS
        self.headers.update({APP_HEADER: token} if token else {})
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter())
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # its warnings name addresses with their queries

    def open(self, address: str, query: dict[str, str], timeout: tuple[float, float]) -> requests.Response:
        """The response to a GET request, its body still to be read. Raises Failure for a redirect that is refused."""
        user, password = get_auth_from_url(address)
        # A truthy auth keeps requests from looking into ~/.netrc.
        auth = (user, password) if user or password else _unchanged
        return self.get(address, params=query, timeout=timeout, auth=auth, stream=True)

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Close a redirect's response first, because requests would read its body without bounds."""
        target = super().get_redirect_target(resp)
        if target:
            resp.close()
        return str(target) if target else None

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """Check where a redirect leads; drop secrets if it is another host."""
        old, new = str(response.request.url), str(prepared_request.url)
        _check_redirect(old, new)
        if self.should_strip_auth(old, new):  # type: ignore[no-untyped-call]
            for header in (APP_HEADER, "Authorization"):
                prepared_request.headers.pop(header, None)


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _check_redirect(old: str, new: str) -> None:
    parts = urlsplit(new)
    if parts.scheme not in ("http", "https"):
        raise Failure(f"redirects to an address that is not http or https ({parts.scheme[:20]})")
    if not parts.hostname:
        raise Failure("redirects to an address without a host")
    # A name that only a proxy can resolve has no addresses here, and counts as public.
    old_addresses = addresses(str(urlsplit(old).hostname))
    from_public = not old_addresses or any(map(_is_public, old_addresses))
    if from_public and not all(map(_is_public, addresses(parts.hostname))):
        raise Failure("redirects from a public to a private address")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return address.is_global and not address.is_multicast


def addresses(host: str) -> set[str]:
    """The IP addresses of a host."""
    try:
        return {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return set()


class _TimedAnswer:
    """A connection whose answer, up to the end of its headers, must arrive within the read timeout."""

    def getresponse(self) -> HTTPResponse:
        late = threading.Event()
        timer = threading.Timer(self.timeout, _shut_down, (self.sock, late))  # type: ignore[attr-defined]
        timer.daemon = True
        timer.start()
        try:
            response: HTTPResponse = super().getresponse()  # type: ignore[misc]
        except Exception:
            if not late.is_set():
                raise
        finally:
            timer.cancel()
        if late.is_set():  # also without an exception, because headers may end where the connection does
            raise TimeoutError
        return response


def _shut_down(connection: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):  # it has just been closed
        connection.shutdown(socket.SHUT_RD)


class _HTTPConnection(_TimedAnswer, HTTPConnection):  # type: ignore[misc]
    pass


class _HTTPSConnection(_TimedAnswer, HTTPSConnection):  # type: ignore[misc]
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        _use_timed_answers(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **options: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(*args, **options)
        _use_timed_answers(manager)
        return manager


def _use_timed_answers(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}
