"""Measures the time, CPU time and memory of whole processes."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """What processes used: wall-clock seconds, seconds of CPU time, and peak memory in MiB."""

    seconds: float
    cpu: float
    peak_mib: float

    def __add__(self, after: "Usage") -> "Usage":
        """What one process and then another used."""
        return Usage(self.seconds + after.seconds, self.cpu + after.cpu, max(self.peak_mib, after.peak_mib))


def timed(command: Sequence[str], environment: Mapping[str, str]) -> Usage:
    """Run a command without showing its output; raises RuntimeError with the end of the output if it fails."""
    began = time.monotonic()
    with subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {output.decode()[-2000:]}")
    return Usage(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs: Sequence[Usage]) -> Usage:
    """The medians of what each run used."""
    return Usage(*(statistics.median(getattr(run, name) for run in runs) for name in ("seconds", "cpu", "peak_mib")))
