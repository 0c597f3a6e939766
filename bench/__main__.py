"""Every measurement, one after the other."""

import os
import platform
from datetime import UTC, datetime

from bench import bulk, warm_score

print(
    f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n"
)
warm_score.main()
print()
bulk.main()
