"""The stack's passwords: made at the first start and kept, in one folder (a volume) for each service that reads some.

Without arguments: make what is missing. `show`: print the ones that people need.
"""

import os
import re
import secrets
import string
import sys
from pathlib import Path

FOLDER = Path("/passwords")
GIVEN = Path("/given")
CHARACTERS = string.ascii_letters + string.digits
# Grafana expands $, libpq's passfile has : and \ as signs of its own.
USABLE = re.compile(r"[A-Za-z0-9._~-]+")
# Each password, and the variable that sets it.
NAMES = {
    "postgres": "POSTGRES_PASSWORD",
    "owner": "TAXI_OWNER_PASSWORD",
    "writer": "TAXI_WRITER_PASSWORD",
    "reader": "TAXI_READER_PASSWORD",
    "mlflow": "MLFLOW_DATABASE_PASSWORD",
    "grafana": "GRAFANA_ADMIN_PASSWORD",
}
# Each service: the user that its program runs as, and its files; `pgpass` is the password in the form of libpq's file.
READERS = {
    "init": (10001, {name: name for name in NAMES}),
    "postgres": (999, {"postgres": "postgres"}),
    "job": (10001, {"pgpass": "writer"}),
    "mlflow": (10002, {"pgpass": "mlflow"}),
    "grafana": (472, {"admin": "grafana", "reader": "reader"}),
}


def main(arguments: list[str]) -> None:
    """Make, or show."""
    if arguments == ["show"]:
        show()
        return
    passwords = {name: password(name) for name in NAMES}
    for service, (user, files) in READERS.items():
        for file, name in files.items():
            content = f"*:*:*:*:{passwords[name]}\n" if file == "pgpass" else passwords[name]
            write(FOLDER / service / file, content, user)
        os.chown(FOLDER / service, user, user)
        (FOLDER / service).chmod(0o500)


def password(name: str) -> str:
    """Yours from a file or a variable, else the one there was, else a new one."""
    kept, given = FOLDER / "init" / name, GIVEN / name
    if given.exists():
        found = given.read_text().strip()
    else:
        found = os.environ.get(NAMES[name], "").strip() or (kept.read_text() if kept.exists() else "")
    if found and not USABLE.fullmatch(found):
        sys.exit(
            f"error: the password in {NAMES[name]} (or /given/{name}) cannot be used: letters, digits, . _ ~ and - only"
        )
    return found or "".join(secrets.choice(CHARACTERS) for _ in range(32))


def write(path: Path, content: str, user: int) -> None:
    """Replace the file, whole or not at all, readable to one user alone."""
    if path.exists() and path.read_text() == content:
        return
    partial = path.with_name(f".{path.name}")
    partial.unlink(missing_ok=True)
    partial.touch(0o600)
    partial.write_text(content)
    partial.chmod(0o400)
    os.chown(partial, user, user)
    partial.replace(path)


def show() -> None:
    """What opens where, as whom."""
    if not (FOLDER / "init" / "reader").exists():
        sys.exit("error: there are no passwords yet: `docker compose up` makes them")
    prefix = os.environ.get("ROLE_PREFIX", "")
    found = {name: (FOLDER / "init" / name).read_text() for name in NAMES}
    names = ("GRAFANA", "MLFLOW", "ADMINER", "POSTGRES", "JOB")
    grafana, mlflow, adminer, postgres, job = (os.environ[f"{name}_PORT"] for name in names)
    print(f"Grafana     http://localhost:{grafana}  to look at, no login; to edit, as admin: {found['grafana']}")
    print(f"MLflow      http://localhost:{mlflow}  no login")
    print(f"Adminer     http://localhost:{adminer}/?pgsql=postgres&db=taxi")
    print(f"PostgreSQL  127.0.0.1:{postgres}, database taxi; here and in Adminer as")
    print(f"            {prefix}taxi_reader (the marts): {found['reader']}")
    print(f"            {prefix}taxi_owner (the raw tables): {found['owner']}")
    print(f"the job     http://localhost:{job}/health and /metrics, of its schedule; `make status` tells more")


if __name__ == "__main__":
    main(sys.argv[1:])
