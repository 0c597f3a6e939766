"""Measures the time and memory of whole processes."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """What one process used: wall-clock seconds, and peak memory in MiB."""

    seconds: float
    peak_mib: float


def timed(command: Sequence[str], environment: Mapping[str, str]) -> Usage:
    """Run a command without showing its output; raises RuntimeError with the end of the output if it fails."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} failed: {output.decode()[-2000:]}")
    return Usage(time.monotonic() - began, usage.ru_maxrss / 1024)


def median(runs: Sequence[Usage]) -> float:
    """The median of the seconds."""
    return statistics.median(run.seconds for run in runs)
