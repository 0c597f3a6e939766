#!/bin/sh
# A picture of a web page's first screens, 1400 pixels wide, in 128 colours: a third of the size for the README.
# Usage: tools/screenshot.sh page.html picture.png
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
    echo "error: no chromium here (looked for chromium, chromium-browser, google-chrome): apt-get install chromium" >&2
    exit 2
fi
if [ ! -f "$1" ]; then
    echo "error: $1 is not there: make run, or make report, writes it" >&2
    exit 2
fi
mkdir -p "$(dirname "$2")"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
"$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" --window-size=1400,1500 \
    --virtual-time-budget=10000 --screenshot="$(realpath -m "$2")" "file://$(realpath "$1")" 2>/dev/null
.venv/bin/python -c "import sys; from PIL import Image
picture = Image.open(sys.argv[1]).convert('RGB').quantize(128, dither=Image.Dither.NONE)
picture.save(sys.argv[1], optimize=True)" "$2"
echo "$2: $(wc -c <"$2") bytes"
