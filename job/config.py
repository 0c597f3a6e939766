"""Every setting, read once from `.env` and the environment into a frozen Config."""

import difflib
import os
import re
import subprocess
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from job import dot_env, environment, place
from job.errors import UsageError
from job.place import Place

ROOT = Path(__file__).resolve().parent.parent
MODEL_NAME = "chicago-taxi-duration"  # unless the setting of that name gives another
SOURCE = re.compile("[a-z][a-z0-9_]{0,39}")
MODEL_URI = re.compile(r"models:/(?P<name>[^/@]+)(@(?P<alias>[^/@]+)|/(?P<rest>[^/@]+))")
SERVER_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGDATABASE")
SETTINGS = (
    *SERVER_VARIABLES, "PGUSER", "PGPASSWORD", "PGPASSFILE", "ROLE_PREFIX", "TAXI_HOME", "MLFLOW_TRACKING_URI",
    "PLACE", "MODEL_NAME", "MODEL_URI", "MODEL_CACHE", "ALLOW_MODEL_FORMATS", "PREDICT_THREADS", "CATCH_UP_HOURS",
    "FIRST_RUN_DAYS", "LOCK_WAIT", "CONNECT_WAIT", "UNHEALTHY_AFTER", "CITY_APP_TOKEN", "PING_URL", "LOG_FORMAT",
    "CODE_VERSION", "SOURCE", "FEED", "FEED_RECORDS", "FEED_OVERLAP_DAYS", "FEED_WALL_CLOCK",
)  # fmt: skip
MODEL_FORMATS = ("pickle", "cloudpickle", "xgboost", "lightgbm")

# MLflow's defaults retry for minutes, longer than the time between two runs, print progress, and send telemetry.
MLFLOW_DEFAULTS = {
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_LOGGING_LEVEL": "WARNING",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
}


@dataclass(frozen=True)
class Config:
    """The job's settings. Paths are absolute; the names of durations end with their unit.

    source: the name under which records are stored, whether they come from a command or the feed.
    feed: what each tick reads besides simulated windows: a folder, or the address of a data set.
    """

    home: Path
    place: Place
    embedded: bool
    role_prefix: str
    tracking_uri: str
    artifact_root: str | None
    model_name: str
    model_uri: str
    model_cache: Path
    allow_model_formats: frozenset[str]
    predict_threads: int
    catch_up_hours: int
    first_run_days: int
    lock_wait_seconds: float
    connect_wait_seconds: float
    unhealthy_after_minutes: float
    source: str
    feed: Path | str | None
    feed_records: int
    feed_overlap_days: int
    feed_wall_clock: bool
    city_app_token: str | None
    ping_url: str | None
    log_format: str
    code_version: str

    def role(self, name: str) -> str:
        """The name of one of our roles on the server: `owner`, `writer`, `dbt` or `reader`."""
        return f"{self.role_prefix}taxi_{name}"

    @property
    def serves_production(self) -> bool:
        """Whether rides are scored by the production version of the model that commands train and promote."""
        return self.model_uri == production_uri(self.model_name)


def load(directory: Path | None = None) -> Config:
    """Read `.env` in the directory (default: the current one) and the environment, which takes precedence.

    `.env` is loaded into the process's environment, because libpq and MLflow read their settings from there. MLflow's
    variables that belong to another project are removed from it.
    Raises UsageError for an invalid value, for a line of `.env` that cannot be read, and for a name in it that is
    probably a misspelled setting.
    """
    file = (directory or Path.cwd()) / ".env"
    given = dot_env.read(file, SETTINGS)
    _refuse_misspellings(given, file)
    for name, value in given.items():
        os.environ.setdefault(name, value)
    for name in environment.foreign_to_mlflow(os.environ):
        del os.environ[name]
    for name, value in MLFLOW_DEFAULTS.items():
        os.environ.setdefault(name, value)
    return parse(os.environ)


def _refuse_misspellings(given: Iterable[str], file: Path) -> None:
    """Refuse names that nearly match a setting: they would be ignored silently. Others may be another program's."""
    for name in given:
        matches = difflib.get_close_matches(name.upper(), SETTINGS, n=1, cutoff=0.85)
        if matches and name not in SETTINGS:
            raise UsageError(f"{file} sets {name}, which nothing reads: write {matches[0]}, or remove the line")


def parse(environ: Mapping[str, str]) -> Config:
    """Turn environment variables into a Config; an empty variable counts as not set."""
    settings = {name: value for name, value in environ.items() if value.strip()}
    model_name = _model_name(settings.get("MODEL_NAME", MODEL_NAME))
    home = Path(settings.get("TAXI_HOME", ROOT / ".taxi")).expanduser().absolute()
    tracking_uri = settings.get("MLFLOW_TRACKING_URI")
    return Config(
        home=home,
        place=place.load(Path(settings.get("PLACE", place.CHICAGO)).expanduser().absolute()),
        embedded=not any(name in settings for name in SERVER_VARIABLES),
        role_prefix=_identifier(settings, "ROLE_PREFIX"),
        tracking_uri=tracking_uri or f"sqlite:///{home / 'mlflow.db'}",
        artifact_root=None if tracking_uri else (home / "mlartifacts").as_uri(),
        model_name=model_name,
        model_uri=_model_uri(settings.get("MODEL_URI", production_uri(model_name))),
        model_cache=Path(settings.get("MODEL_CACHE", home / "models")).expanduser().absolute(),
        allow_model_formats=_formats(settings),
        predict_threads=int(_number(settings, "PREDICT_THREADS", 2, at_least=1, whole=True)),
        catch_up_hours=int(_number(settings, "CATCH_UP_HOURS", 24, whole=True)),
        first_run_days=int(_number(settings, "FIRST_RUN_DAYS", 14, at_least=1, whole=True)),
        lock_wait_seconds=_number(settings, "LOCK_WAIT", 30),
        connect_wait_seconds=_number(settings, "CONNECT_WAIT", 30),
        unhealthy_after_minutes=_number(settings, "UNHEALTHY_AFTER", 10),
        source=_source(settings.get("SOURCE", "city")),
        feed=_feed(settings.get("FEED")),
        feed_records=int(_number(settings, "FEED_RECORDS", 200_000, at_least=1, whole=True)),
        feed_overlap_days=int(_number(settings, "FEED_OVERLAP_DAYS", 3, whole=True)),
        feed_wall_clock=_choice(settings, "FEED_WALL_CLOCK", ("no", "yes")) == "yes",
        city_app_token=settings.get("CITY_APP_TOKEN"),
        ping_url=_ping_url(settings.get("PING_URL")),
        log_format=_choice(settings, "LOG_FORMAT", ("auto", "json", "console")),
        code_version=settings.get("CODE_VERSION") or _code_version(),
    )


def _number(settings: Mapping[str, str], name: str, default: float, at_least: float = 0, whole: bool = False) -> float:
    text = settings.get(name, str(default))
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        value = -1.0
    if not at_least <= value <= 1_000_000:
        kind = "a whole number" if whole else "a number"
        raise UsageError(f"{name}={text!r} cannot be used: give {kind} from {at_least} to 1000000")
    return value


def _choice(settings: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = settings.get(name, choices[0])
    if value not in choices:
        raise UsageError(f"{name}={value!r} is not known: use one of {', '.join(choices)}")
    return value


def _identifier(settings: Mapping[str, str], name: str) -> str:
    value = settings.get(name, "")
    if value and not (value.isascii() and value.isidentifier() and value == value.lower()):
        raise UsageError(f"{name}={value!r} cannot start a role's name: use lower-case letters, digits and _")
    return value


def _source(value: str) -> str:
    if not SOURCE.fullmatch(value) or value == "simulator":
        raise UsageError(
            f"SOURCE={value!r} cannot name records: use up to 40 lower-case letters, digits and _, and not simulator"
        )
    return value


def production_uri(name: str) -> str:
    """The MODEL_URI of a registered model's production version."""
    return f"models:/{name}@production"


def _model_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", value):  # MLflow's search takes these unquoted
        raise UsageError(f"MODEL_NAME={value!r} cannot name a model: use letters, digits, '.', '-' and '_'")
    return value


def _model_uri(value: str) -> str:
    if not MODEL_URI.fullmatch(value):
        raise UsageError(
            f"MODEL_URI={value!r} cannot be used: write models:/NAME@ALIAS, models:/NAME/VERSION "
            "or models:/NAME/Production"
        )
    return value


def _feed(value: str | None) -> Path | str | None:
    if value is None or "://" not in value:
        return Path(value).expanduser().absolute() if value else None
    if not _is_web_address(value):  # the message leaves the value out, which may hold a password
        raise UsageError("FEED cannot be used: give a folder, or an address that starts with http:// or https://")
    return value


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _ping_url(value: str | None) -> str | None:
    if value is None:
        return None
    if not _is_web_address(value) or re.search(r"\s", value):
        # The message leaves the value out, because whoever knows it can report successes.
        raise UsageError("PING_URL cannot be used: give an address that starts with http:// or https://")
    return value


def _formats(settings: Mapping[str, str]) -> frozenset[str]:
    names = frozenset(part.strip() for part in settings.get("ALLOW_MODEL_FORMATS", "").split(",") if part.strip())
    if unknown := names - set(MODEL_FORMATS):
        raise UsageError(
            f"ALLOW_MODEL_FORMATS={','.join(sorted(unknown))!r} is not known: "
            f"use some of {', '.join(MODEL_FORMATS)}, or leave it out (skops is always allowed)"
        )
    return names


def release() -> str:
    """The version of the release that this code is or follows; it is written in pyproject.toml alone."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _code_version() -> str:
    """The commit that is checked out or, without git, the release."""
    try:
        described = subprocess.run(
            ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--tags"],
            env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            capture_output=True, text=True, timeout=5, check=True,
        )  # fmt: skip
        return described.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return release()
