"""The stack's passwords: generated at the first start and kept in one folder (a volume) per service that reads them.

Without arguments, missing passwords are generated. With `show`, those that people need are printed.
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
# Grafana expands $, and libpq's passfile gives : and \ a special meaning.
USABLE = re.compile(r"[A-Za-z0-9._~-]+")
# Each password and the variable that can set it.
NAMES = {
    "postgres": "POSTGRES_PASSWORD",
    "owner": "TAXI_OWNER_PASSWORD",
    "writer": "TAXI_WRITER_PASSWORD",
    "reader": "TAXI_READER_PASSWORD",
    "mlflow": "MLFLOW_DATABASE_PASSWORD",
    "grafana": "GRAFANA_ADMIN_PASSWORD",
}
# Each service: the uid that its program runs as, and its files; `pgpass` is a libpq passfile.
READERS = {
    "init": (10001, {name: name for name in NAMES}),
    "postgres": (999, {"postgres": "postgres"}),
    "job": (10001, {"pgpass": "writer"}),
    "mlflow": (10002, {"pgpass": "mlflow"}),
    "grafana": (472, {"admin": "grafana", "reader": "reader"}),
}


def main(arguments: list[str]) -> None:
    """Generate the passwords, or show them."""
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
    """The password given in a file or variable, else the existing one, else a new one."""
    existing, given = FOLDER / "init" / name, GIVEN / name
    if given.exists():
        chosen = given.read_text(encoding="utf-8").strip()
    else:
        chosen = os.environ.get(NAMES[name], "").strip() or (
            existing.read_text(encoding="utf-8") if existing.exists() else ""
        )
    if chosen and not USABLE.fullmatch(chosen):
        sys.exit(
            f"error: the password in {NAMES[name]} (or /given/{name}) cannot be used: use letters, digits and ._~- only"
        )
    return chosen or "".join(secrets.choice(CHARACTERS) for _ in range(32))


def write(path: Path, content: str, user: int) -> None:
    """Replace the file atomically; only this user can read it."""
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    partial = path.with_name(f".{path.name}")
    partial.unlink(missing_ok=True)
    partial.touch(0o600)
    partial.write_text(content, encoding="utf-8")
    partial.chmod(0o400)
    os.chown(partial, user, user)
    partial.replace(path)


def show() -> None:
    """Print the addresses and logins of the services."""
    if not (FOLDER / "init" / "reader").exists():
        sys.exit("error: there are no passwords yet: `docker compose up` creates them")
    prefix = os.environ.get("ROLE_PREFIX", "")
    passwords = {name: (FOLDER / "init" / name).read_text(encoding="utf-8") for name in NAMES}
    names = ("GRAFANA", "MLFLOW", "ADMINER", "POSTGRES", "JOB")
    grafana, mlflow, adminer, postgres, job = (os.environ[f"{name}_PORT"] for name in names)
    print(f"Grafana     http://localhost:{grafana}  no login to view; to edit, log in as admin: {passwords['grafana']}")
    print(f"MLflow      http://localhost:{mlflow}  no login")
    print(f"Adminer     http://localhost:{adminer}/?pgsql=postgres&db=taxi")
    print(f"PostgreSQL  127.0.0.1:{postgres}, database taxi; here and in Adminer log in as")
    print(f"            {prefix}taxi_reader (the marts): {passwords['reader']}")
    print(f"            {prefix}taxi_owner (the raw tables): {passwords['owner']}")
    print(f"the job     http://localhost:{job}/health and /metrics of the schedule; `make status` shows more")


if __name__ == "__main__":
    main(sys.argv[1:])
