#!/bin/sh
# Creates .venv from a lock file: finds a supported Python, installs with hashes, shows progress.
# Usage: tools/venv.sh requirements.lock
set -eu
lock=$1
stamp=.venv/.installed-$(basename "$lock")
cmp -s "$lock" "$stamp" && exit 0

# Python's own variables (PYTHONPATH, PYTHONHOME, …) were set for another project. PYTHON is ours: it names a Python.
for name in $(env | sed -n 's/^\(PYTHON[A-Z0-9_]\{1,\}\)=.*/\1/p') __PYVENV_LAUNCHER__; do unset "$name"; done

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
python=
candidates=${PYTHON:-python3.12 python3.13 python3.11 python3 python}
for candidate in $candidates; do
    if "$candidate" -c "$fits" 2>/dev/null; then python=$candidate && break; fi
done
if [ -z "$python" ]; then
    [ -z "${PYTHON:-}" ] || echo "PYTHON=$PYTHON is set, so no other Python was looked for" >&2
    echo "error: no Python 3.11, 3.12 or 3.13 found (looked for: $candidates)." >&2
    cat >&2 <<'TEXT'
  Debian, Ubuntu:  sudo apt-get install python3 python3-venv   (Debian 12 or later, Ubuntu 24.04 or later)
  macOS:           brew install python@3.12
  elsewhere:       https://www.python.org/downloads/
Or name one: make run PYTHON=/path/to/python3.12
TEXT
    exit 2
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "error: $python has no venv module: sudo apt-get install python3-venv (for its version)" >&2
    exit 2
fi

# An environment of an unsupported Python is replaced, not reused.
if ! .venv/bin/python -c "$fits" 2>/dev/null; then rm -rf .venv && "$python" -m venv .venv; fi

# pip with those of a person's settings that say where packages come from and how to get there (environment, pip.conf);
# settings of where, whether and how to install are for other projects.
pip='
import os, re, subprocess, sys
from ast import literal_eval
USED = ("index-url extra-index-url no-index find-links proxy cert client-cert trusted-host timeout default-timeout "
        "retries resume-retries keyring-provider use-feature use-deprecated cache-dir no-cache-dir").split()
plain = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
pip = [sys.executable, "-I", "-m", "pip"]
own = {name: os.environ[name] for name in ["PIP_CONFIG_FILE"] if name in os.environ}
# -vvv, because pip.conf may say quiet = 3. With it come other lines.
files = subprocess.run([*pip, "-vvv", "config", "list"], env=plain | own, stdout=subprocess.PIPE, text=True).stdout
settings = [
    (option, literal_eval(value))
    for section in ("global", "install")
    for option, value in re.findall(rf"^{section}\.([a-z-]+)=(.+)$", files, re.MULTILINE)
]
settings += [(name[4:].lower().replace("_", "-"), os.environ[name]) for name in os.environ if name.startswith("PIP_")]
# An empty one does not count, as for pip itself.
used = {"PIP_" + option.upper().replace("-", "_"): value for option, value in settings if option in USED and value}
os.execve(sys.executable, [*pip, *sys.argv[1:]], plain | used | {"PIP_CONFIG_FILE": os.devnull})
'

# Names the packages of the lock that .venv lacks, by the versions that it has; all, if pip did nothing at all.
check='
import sys
from importlib.metadata import PackageNotFoundError, version
from pip._vendor.packaging.requirements import Requirement
def lacks(wanted):
    try:
        return not wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return True
lines = [line.rstrip().rstrip("\\").split(" --hash")[0] for line in open(sys.argv[1], encoding="utf-8") if line[0].isalnum()]
wanted = [Requirement(line) for line in lines]
missing = [str(each) for each in wanted if (each.marker is None or each.marker.evaluate({"extra": ""})) and lacks(each)]
sys.exit(f"missing: {chr(44).join(missing[:5])} ({len(missing)} in all)" if missing else 0)
'

total=$(grep -c '^[a-z0-9].*==' "$lock")
echo "installing $total pinned packages into .venv (about a minute, only the first time)" >&2
log=.venv/.install.log
trap 'rm -f "$log"' EXIT
if [ -t 2 ]; then terminal=1; else terminal=0; fi
{ .venv/bin/python -I -c "$pip" install --disable-pip-version-check --no-input --require-hashes -r "$lock" 2>&1 || echo "pip failed"; } |
    tee "$log" |
    awk -v total="$total" -v terminal="$terminal" '
        !terminal { next }
        /^Collecting / { printf "\r  fetched %d of %d", ++n, total > "/dev/stderr" }
        /^Installing collected/ { printf "\r  unpacking …            " > "/dev/stderr" }
        END { if (terminal) printf "\r\033[K" > "/dev/stderr" }'
if tail -n 1 "$log" | grep -q '^pip failed$'; then
    grep -v '^Collecting\|^  Using\|^  Downloading' "$log" | tail -n 15 >&2
    echo "error: the packages of $lock could not be installed; see the output above. Installing needs network access once" >&2
    exit 1
fi
if ! .venv/bin/python -I -c "$check" "$lock"; then
    tail -n 15 "$log" >&2
    echo "error: pip succeeded, but .venv lacks packages of $lock; see the output above. Try again after: rm -rf .venv" >&2
    exit 1
fi
# The checkout is importable whatever the path says (PYTHONSAFEPATH leaves the current folder out).
.venv/bin/python -I -c 'import os, sysconfig; print(os.getcwd(), file=open(os.path.join(sysconfig.get_path("purelib"), "checkout.pth"), "w"))'
cp "$lock" "$stamp"
