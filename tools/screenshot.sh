#!/bin/sh
# Takes a screenshot of the top of a web page, 1400 by 1500 pixels. With 128 colours the file is a third of the size.
# Usage: tools/screenshot.sh page.html picture.png
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
    echo "error: no Chromium found (looked for chromium, chromium-browser, google-chrome): apt-get install chromium" >&2
    exit 2
fi
if [ ! -f "$1" ]; then
    echo "error: $1 does not exist: write it with make run or make report" >&2
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
