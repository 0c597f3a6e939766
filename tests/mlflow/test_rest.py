"""Finding a version through the REST API of a server, which must agree with MLflow's own client."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import mlflow
import pytest

from bench.places import mlflow_server
from job.child import ChildFailed
from job.config import MODEL_NAME, production_uri
from job.registry import lookup, rest
from job.registry.client import NoSuchModel, Version, connect, errors_translated, resolve
from job.registry.registry import Registry
from tests.models import settings
from tests.web import answering

PRODUCTION = production_uri(MODEL_NAME)
VERSION = {"name": MODEL_NAME, "version": "3", "creation_timestamp": 1795655165453, "tags": []}
NEWEST = Version(MODEL_NAME, "3", 1795655165453)


@dataclass
class Server:
    """A stand-in for MLflow's server: one answer to every request, and the requests that it got."""

    address: str = ""
    code: int = 200
    body: bytes = json.dumps({"model_version": VERSION}).encode()
    send: Callable[[BaseHTTPRequestHandler], None] | None = None
    requests: list[tuple[str, dict[str, list[str]], str | None]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server."""
    fake = Server()

    def answer(request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        fake.requests.append((parts.path, parse_qs(parts.query), request.headers["Authorization"]))
        if fake.send:
            fake.send(request)
            return
        request.send_response(fake.code)
        request.send_header("Content-Length", str(len(fake.body)))
        request.end_headers()
        request.wfile.write(fake.body)

    with answering(answer) as fake.address:
        yield fake


def find(server: Server, model_uri: str = PRODUCTION) -> Version | None:
    """Ask the server."""
    return rest.find(settings(MLFLOW_TRACKING_URI=server.address), model_uri)


CREDENTIALS = [
    {},
    {"MLFLOW_TRACKING_USERNAME": "anna", "MLFLOW_TRACKING_PASSWORD": "sécret:1"},
    {"MLFLOW_TRACKING_TOKEN": "token"},
    {"MLFLOW_TRACKING_USERNAME": "anna", "MLFLOW_TRACKING_PASSWORD": "secret", "MLFLOW_TRACKING_TOKEN": "token"},
    {"MLFLOW_TRACKING_USERNAME": "anna", "MLFLOW_TRACKING_TOKEN": "token"},
    {"MLFLOW_TRACKING_INSECURE_TLS": "true"},
]


@pytest.mark.parametrize("credentials", CREDENTIALS, ids=lambda given: "+".join(given) or "none")
@pytest.mark.parametrize("uri", [PRODUCTION, f"models:/{MODEL_NAME}/3", "models:/a name?&#@a b"])
def test_it_asks_what_mlflow_would_ask(
    server: Server, monkeypatch: pytest.MonkeyPatch, credentials: dict[str, str], uri: str
) -> None:
    """Path, query and credentials are those of MLflow's client, and so is the version that it reads."""
    for name, value in credentials.items():
        monkeypatch.setenv(name, value)
    server.body = json.dumps(
        {"model_version": VERSION | {"name": uri.removeprefix("models:/").split("@")[0].split("/")[0]}}
    ).encode()
    config = settings(MLFLOW_TRACKING_URI=server.address)
    theirs = resolve(connect(config), uri)
    assert rest.find(config, uri) == Version(theirs.name, theirs.version, theirs.creation_timestamp)
    their_request, our_request = server.requests
    assert our_request == their_request


@pytest.mark.parametrize(
    ("uri", "code", "error"),
    [
        (
            PRODUCTION,
            400,
            {"error_code": "INVALID_PARAMETER_VALUE", "message": "alias\nx not found."},
        ),
        (f"models:/{MODEL_NAME}/3", 404, {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no such version"}),
    ],
)
def test_it_refuses_as_mlflow_would(server: Server, uri: str, code: int, error: dict[str, str]) -> None:
    """A name, version or alias that does not exist gives the same sentence as MLflow's client."""
    server.code, server.body = code, json.dumps(error).encode()
    config = settings(MLFLOW_TRACKING_URI=server.address)
    with pytest.raises(NoSuchModel) as theirs, errors_translated(config.tracking_uri):
        resolve(connect(config), uri)
    with pytest.raises(NoSuchModel) as ours:
        rest.find(config, uri)
    assert str(ours.value) == str(theirs.value)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (200, b"<html>log in</html>"),
        (200, b"[" * 100_000),
        (200, b"[1]"),
        (200, b"\xff"),
        (200, b"{}"),
        (200, b'{"model_version": 1}'),
        (200, json.dumps({"model_version": VERSION | {"name": "another"}}).encode()),
        (200, json.dumps({"model_version": VERSION | {"version": 3}}).encode()),
        (200, json.dumps({"model_version": VERSION | {"creation_timestamp": None}}).encode()),
        (401, b"who are you?"),
        (403, b'{"error_code": "PERMISSION_DENIED", "message": "no"}'),
        (503, b"later"),
    ],
)
def test_what_is_not_a_plain_answer_is_left_to_mlflow(server: Server, code: int, body: bytes) -> None:
    """Neither a page, nor another program's JSON, nor an error of the server decides anything."""
    server.code, server.body = code, body
    assert find(server) is None
    assert len(server.requests) == 1


def endless(request: BaseHTTPRequestHandler) -> None:
    """Send blanks without an end."""
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b" " * (1 << 16))


def trickling(request: BaseHTTPRequestHandler) -> None:
    """Send the headers letter by letter."""
    for _ in range(200):
        request.wfile.write(b"X")
        request.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("send", [endless, trickling])
def test_an_answer_without_an_end_is_given_up(
    server: Server, monkeypatch: pytest.MonkeyPatch, send: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    """Time and size of an answer are bounded."""
    monkeypatch.setattr(rest, "SECONDS", 0.5)
    server.send = send
    began = time.monotonic()
    assert find(server) is None
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "doubtful",
    [
        {"MLFLOW_TRACKING_AUTH": "plugin"},
        {"MLFLOW_TRACKING_AWS_SIGV4": "true"},
        {"MLFLOW_WORKSPACE": "team"},
        {"MLFLOW_ALLOW_HTTP_REDIRECTS": "false"},
        {"MLFLOW_TRACKING_INSECURE_TLS": "maybe"},
        {"MLFLOW_TRACKING_INSECURE_TLS": "true", "MLFLOW_TRACKING_SERVER_CERT_PATH": "/ca.pem"},
        {"MLFLOW_TRACKING_SERVER_CERT_PATH": ""},
    ],
)
def test_other_settings_are_left_to_mlflow(
    server: Server, monkeypatch: pytest.MonkeyPatch, doubtful: dict[str, str]
) -> None:
    """Where MLflow's client would ask in another way, nothing is sent."""
    for name, value in doubtful.items():
        monkeypatch.setenv(name, value)
    assert find(server) is None
    assert server.requests == []


def test_a_file_of_credentials_is_left_to_mlflow(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """MLflow reads ~/.mlflow/credentials where no variable names a user."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".mlflow").mkdir()
    (tmp_path / ".mlflow" / "credentials").write_text("[mlflow]\nmlflow_tracking_username = anna\n")
    assert find(server) is None
    assert server.requests == []


def test_certificates_reach_requests() -> None:
    """They are passed on as MLflow's client passes them."""
    options = rest._options({
        "MLFLOW_TRACKING_SERVER_CERT_PATH": "/ca.pem", "MLFLOW_TRACKING_CLIENT_CERT_PATH": "/me.pem",
    })  # fmt: skip
    assert options
    assert (options["verify"], options["cert"]) == ("/ca.pem", "/me.pem")
    insecure = rest._options({"MLFLOW_TRACKING_INSECURE_TLS": "1"})
    assert insecure
    assert insecure["verify"] is False
    plain = rest._options({})
    assert plain
    assert plain["verify"] is True


class NoChild:
    """Replaces a child process that must not be needed."""

    def __init__(self, *_: object) -> None:
        raise ChildFailed("MLflow was imported")


def test_a_version_in_the_cache_needs_no_mlflow(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a real server: the model is downloaded once, and the removal of its alias is noticed at once."""
    with mlflow_server(home) as uri:
        monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
        first = Registry(settings())
        assert not first.load().stale
        first.end_lookups()
        monkeypatch.setattr(lookup, "Child", NoChild)
        warm = Registry(settings())
        loaded = warm.load()
        assert (loaded.stale, loaded.model.version) == (False, "1")
        assert warm.load_challenger(loaded.model) is None
        mlflow.MlflowClient(uri).delete_registered_model_alias(MODEL_NAME, "production")
        assert Registry(settings()).load().stale
