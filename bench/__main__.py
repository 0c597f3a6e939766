"""Runs every measurement in turn, except bench.workers."""

import argparse
import os
import platform
from datetime import UTC, datetime

from bench import band, bulk, drift, marts, model, realism, warm_score, warm_tick

print(
    f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n"
)
warm_score.main()
print()
warm_tick.main()
print()
real, older = os.environ.get("REAL"), os.environ.get("OLDER")
bulk.main(real=real)
print()
marts.main()
print()
band.main()
print()
drift.main(real=real, older=older)
if real:
    print()
    realism.main(real)
    print()
    model.main(argparse.Namespace(train=[older, real] if older else [real], real=None, search=False))
else:
    print(
        "\nwith REAL=FILE, the simulator and the model are also measured on a day of the City's records; "
        "docs/realism.md shows how to download one"
    )
