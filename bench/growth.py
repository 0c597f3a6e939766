"""Draws how costs grow with the number of rides."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib import pyplot

from bench.marts import Measured


def draw(measured: Sequence[Measured], picture: Path) -> None:
    """Write the picture: times and bytes on logarithmic axes, with a line of what grows in proportion to the rides."""
    rides = [size.rides for size in measured]
    figure, (times, sizes) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for label, values in {
        "full refresh": [size.full_refresh for size in measured],
        "five queries on the raw table": [size.replaced for size in measured],
        "refresh after a tick": [size.tick for size in measured],
        "all panels of 90 days": [size.all_panels for size in measured],
    }.items():
        times.loglog(rides, values, marker="o", label=label)
    times.set(title="Processor time of PostgreSQL", xlabel="rides", ylabel="seconds")
    for label, values in {
        "raw": [size.raw_bytes / size.rides for size in measured],
        "marts": [size.mart_bytes / size.rides for size in measured],
    }.items():
        sizes.semilogx(rides, values, marker="o", label=label)
    sizes.set(title="Size", xlabel="rides", ylabel="bytes per ride")
    sizes.set_ylim(bottom=0)
    for axes in (times, sizes):
        axes.grid(alpha=0.3)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=2)
    figure.savefig(picture)
