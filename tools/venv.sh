#!/bin/sh
# Creates .venv from a lock file: finds a supported Python, installs with hashes, shows progress.
# Usage: tools/venv.sh requirements.lock
set -eu
lock=$1
stamp=.venv/.installed-$(basename "$lock")
cmp -s "$lock" "$stamp" && exit 0

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
python=
for candidate in ${PYTHON:-python3.12 python3.13 python3.11 python3 python}; do
    if "$candidate" -c "$fits" 2>/dev/null; then python=$candidate && break; fi
done
if [ -z "$python" ]; then
    cat >&2 <<'TEXT'
error: no Python 3.11, 3.12 or 3.13 found (looked for python3.12, python3.13, python3.11, python3, python).
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

total=$(grep -c '^[a-z0-9].*==' "$lock")
echo "installing $total pinned packages into .venv (about a minute, only the first time)" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ -t 2 ]; then terminal=1; else terminal=0; fi
{ .venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes -r "$lock" 2>&1 || echo "pip failed"; } |
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
cp "$lock" "$stamp"
