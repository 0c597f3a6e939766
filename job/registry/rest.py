"""Find model versions through the REST API of an MLflow server, without importing MLflow.

MLflow's import takes longer than anything else in a run that has its model in the cache. Anything but a plain answer
falls back to MLflow's own client, which knows all of its settings, tries again and explains errors.
"""

import base64
import json
import os
import threading
import time
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from job.config import MODEL_URI, Config
from job.registry.client import Version, refusal

SECONDS = 10.0  # for one question, name resolution included
MOST_BYTES = 1 << 20  # of one answer
TLS = {"MLFLOW_TRACKING_INSECURE_TLS", "MLFLOW_TRACKING_SERVER_CERT_PATH", "MLFLOW_TRACKING_CLIENT_CERT_PATH"}
HANDLED = TLS | {
    "MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN"
}  # fmt: skip
# Any other variable with these prefixes changes the request, and so do plugins.
DECISIVE = ("MLFLOW_TRACKING_", "MLFLOW_WORKSPACE", "MLFLOW_ALLOW_HTTP_REDIRECTS")
CREDENTIALS = "~/.mlflow/credentials"
PLUGINS = "mlflow.request_header_provider"
ABSENT = {"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"}  # the latter stands for an unknown alias


def find(config: Config, model_uri: str) -> Version | None:
    """The version that a MODEL_URI names by alias or number, or None if MLflow's client has to be asked.

    Raises NoSuchModel.
    """
    parts = MODEL_URI.fullmatch(model_uri)
    assert parts  # config refuses other forms
    name, alias, number = parts["name"], parts["alias"], parts["rest"]
    options = _options(os.environ)
    if (
        options is None
        or not config.tracking_uri.startswith(("http://", "https://"))
        or not (alias or number.isdigit())
    ):
        return None
    path, key = ("registered-models/alias", "alias") if alias else ("model-versions/get", "version")
    address = f"{config.tracking_uri.removesuffix('/')}/api/2.0/mlflow/{path}"
    answer = _answer(address, {"params": {"name": name, key: alias or number}} | options)
    if answer.get("error_code") in ABSENT:
        raise refusal(config.tracking_uri, f"{answer['error_code']}: {answer.get('message')}")
    match answer.get("model_version"):
        case {"name": str(named), "version": str(version), "creation_timestamp": int(created)} if named == name:
            return Version(name, version, created)
    return None


def _options(environ: Mapping[str, str]) -> dict[str, Any] | None:
    """What MLflow's client would pass to `requests` to authenticate itself and the server; None in doubt."""
    user, password, token, insecure, server_certificates, client_certificate = (
        environ.get(f"MLFLOW_TRACKING_{name}")
        for name in ("USERNAME", "PASSWORD", "TOKEN", "INSECURE_TLS", "SERVER_CERT_PATH", "CLIENT_CERT_PATH")
    )
    if (
        any(name.startswith(DECISIVE) and name not in HANDLED for name in environ)
        or any(environ.get(name) == "" for name in TLS)
        or (insecure and (server_certificates or insecure.lower() not in ("true", "1")))
        or Path(CREDENTIALS).expanduser().exists()
        or entry_points(group=PLUGINS)
    ):
        return None
    headers = {"Accept-Encoding": "identity"}
    if user and password:
        headers["Authorization"] = f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"
    elif token:
        headers["Authorization"] = f"Bearer {token}"
    return {"headers": headers, "verify": server_certificates or not insecure, "cert": client_certificate}


def _answer(address: str, options: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that the server answers within the limits; empty if there is none."""
    answers: list[dict[str, Any]] = []
    # In a thread, because the time limit of a request covers neither name resolution nor an answer that trickles in.
    thread = threading.Thread(target=lambda: answers.append(_request(address, options)), daemon=True)
    thread.start()
    thread.join(SECONDS)
    return answers[0] if answers else {}


def _request(address: str, options: dict[str, Any]) -> dict[str, Any]:
    # Not at the top: an embedded registry needs neither.
    import requests
    from urllib3.exceptions import HTTPError

    end, body = time.monotonic() + SECONDS, b""
    try:
        with requests.get(address, timeout=SECONDS, stream=True, **options) as response:
            while block := response.raw.read1(MOST_BYTES):
                body += block
                if len(body) > MOST_BYTES or time.monotonic() > end:
                    return {}
        answer = json.loads(body)
    except (requests.RequestException, HTTPError, OSError, ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
