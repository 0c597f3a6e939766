"""Which variables of Python, dbt and MLflow the job uses; it ignores all others, which were set for another project.

docs/environment.md describes them for users. Only the standard library is imported here, because `python -m job` needs
this module before it can rely on the path to anything else.
"""

from collections.abc import Mapping
from pathlib import Path

PYTHON_USED = frozenset({
    "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "PYTHONHASHSEED", "PYTHONFAULTHANDLER",
})  # fmt: skip
# DBT_ENV_… are a project's own variables by dbt's convention, and none of them changes what dbt does.
DBT_USED = ("DBT_TARGET_PATH", "DBT_LOG_PATH", "DBT_ENV_")
# They may hold secrets, which dbt's logs and artifacts cannot contain if it never receives them.
NOT_FOR_DBT = ("MLFLOW_", "AWS_", "CITY_APP_TOKEN", "FEED", "PING_URL")
# How to reach the server and the artifact store behind it, and with whose credentials.
MLFLOW_USED = (
    "MLFLOW_TRACKING_", "MLFLOW_WORKSPACE", "MLFLOW_ALLOW_FILE_STORE", "MLFLOW_ALLOW_HTTP_REDIRECTS", "MLFLOW_HTTP_",
    "MLFLOW_S3_", "MLFLOW_BOTO_", "MLFLOW_GCS_", "MLFLOW_KERBEROS_", "MLFLOW_PYARROW_EXTRA_CONF", "MLFLOW_MYSQL_SSL_",
    "MLFLOW_MULTIPART_", "MLFLOW_ENABLE_MULTIPART_", "MLFLOW_ENABLE_PROXY_MULTIPART_", "MLFLOW_DOWNLOAD_CHUNK_TIMEOUT",
    "MLFLOW_ARTIFACT_UPLOAD_DOWNLOAD_TIMEOUT",
)  # fmt: skip


def for_python(environ: Mapping[str, str], root: Path) -> dict[str, str]:
    """The environment without Python's variables that the job does not use; a PYTHONPATH becomes `root`."""
    path = {"PYTHONPATH": str(root)} if environ.get("PYTHONPATH") else {}
    foreign = {name for name in environ if name.startswith("PYTHON") and name not in PYTHON_USED | {"PYTHON"}}
    return {name: value for name, value in environ.items() if name not in foreign} | path


def for_dbt(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without variables that choose dbt's project, profile, target or flags, and without NOT_FOR_DBT.

    The password of PostgreSQL stays.
    """
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith(NOT_FOR_DBT) and (not name.startswith("DBT_") or name.startswith(DBT_USED))
    }


def foreign_to_mlflow(environ: Mapping[str, str]) -> set[str]:
    """MLflow's variables that the job ignores: all of them without MLFLOW_TRACKING_URI, as the registry is embedded."""
    used = MLFLOW_USED if environ.get("MLFLOW_TRACKING_URI", "").strip() else ()
    named = {name for name in environ if name.startswith(("MLFLOW_", "_MLFLOW_"))}
    return {name for name in named if not name.startswith(used)}
