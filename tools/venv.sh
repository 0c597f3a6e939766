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

# Installs with uv if it is on the PATH and has all the settings that are used, else with pip. Settings of pip (environment,
# pip.conf) and uv that say where packages come from and how to get there are used. Those that say where, whether or how
# to install are ignored, because they are for other projects.
install='
import os, re, shutil, subprocess, sys
from ast import literal_eval
# Each with the variable of uv that means the same. no-index is an option there; uv can do without the other three.
BOTH = {
    "index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS", "trusted-host": "UV_INSECURE_HOST", "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT", "timeout": "UV_HTTP_TIMEOUT", "default-timeout": "UV_HTTP_TIMEOUT",
    "no-index": None, "retries": None, "resume-retries": None, "cache-dir": None,
}
PIP_ONLY = {"proxy", "keyring-provider", "use-feature", "use-deprecated", "no-cache-dir"}
UV_USED = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_EXTRA_INDEX", "UV_FIND_LINKS", "UV_INSECURE_HOST", "UV_HTTP_",
           "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "UV_KEYRING_PROVIDER", "UV_CACHE_DIR")
plain = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
pip = [sys.executable, "-I", "-m", "pip"]
own = {name: os.environ[name] for name in ["PIP_CONFIG_FILE"] if name in os.environ}
# -vvv, because pip.conf may say quiet = 3. It adds other lines to the output.
files = subprocess.run([*pip, "-vvv", "config", "list"], env=plain | own, stdout=subprocess.PIPE, text=True).stdout
settings = [
    (option, literal_eval(value))
    for section in ("global", "install")
    for option, value in re.findall(rf"^{section}\.([a-z-]+)=(.+)$", files, re.MULTILINE)
]
settings += [(name[4:].lower().replace("_", "-"), os.environ[name]) for name in os.environ if name.startswith("PIP_")]
# An empty one does not count, as for pip itself.
used = {option: value for option, value in settings if option in BOTH.keys() | PIP_ONLY and value}
if bundle := os.environ.get("REQUESTS_CA_BUNDLE"):  # which uv does not read
    used.setdefault("cert", bundle)
install = ["install", "--require-hashes", "-r", sys.argv[1]]
if (uv := shutil.which("uv")) and not PIP_ONLY & used.keys():
    for_uv = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}  # as pip does; the second one is for an older uv
    for_uv |= {name: value for name, value in os.environ.items() if name.startswith(UV_USED)}
    for_uv |= {BOTH[option]: ("," if option == "find-links" else " ").join(value.split())
               for option, value in used.items() if BOTH[option]}
    # As pip does: any index may have a file with the right hash.
    options = ["--no-config", "--index-strategy", "unsafe-best-match", "--python", sys.executable]
    if used.get("no-index", "0").lower() not in ("0", "false", "no", "off"):
        options.append("--no-index")
    if subprocess.run([uv, "pip", *install, *options], env=plain | for_uv).returncode == 0:
        sys.exit()
    print("uv failed, trying pip", flush=True)
for_pip = {"PIP_" + option.upper().replace("-", "_"): value for option, value in used.items()}
os.execve(sys.executable, [*pip, *install, "--disable-pip-version-check", "--no-input"],
          plain | for_pip | {"PIP_CONFIG_FILE": os.devnull})
'

total=$(grep -c '^[a-z0-9].*==' "$lock")
echo "installing $total pinned packages into .venv (about a minute, only the first time)" >&2
log=.venv/.install.log
trap 'rm -f "$log"' EXIT
if [ -t 2 ]; then terminal=1; else terminal=0; fi
{ .venv/bin/python -I -c "$install" "$lock" 2>&1 || echo "pip failed"; } |
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
# If everything was installed into .venv, pip has nothing left to install.
if ! env -i PIP_CONFIG_FILE=/dev/null .venv/bin/python -I -m pip install --no-index --no-deps --dry-run -r "$lock" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "error: .venv lacks packages of $lock although they were installed; see the output above. Try again after: rm -rf .venv" >&2
    exit 1
fi
# The checkout is importable whatever the path says (PYTHONSAFEPATH leaves the current folder out).
.venv/bin/python -I -c 'import os, sysconfig; print(os.getcwd(), file=open(os.path.join(sysconfig.get_path("purelib"), "checkout.pth"), "w"))'
cp "$lock" "$stamp"
