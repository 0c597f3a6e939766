"""What `make run` does: set up whatever is missing, run everything once, print what happened."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from job import log
from job.commands import dbt, init_db, observe, report, score, train
from job.commands.score import Scored
from job.config import Config
from job.place import Place
from job.registry.registry import Registry
from job.scoring import counted
from job.store import store
from job.store.reading import overview
from job.store.reading.overview import Overview, Rides

BAR = 30
LAST_DOLLAR = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Database, model, score, observe, marts, report, summary."""
    now = datetime.now(UTC)
    log.configure(config.log_format, quiet_console=True)
    with store.opened(config, "postgres") as administrator:
        if config.embedded:
            with _step("preparing the database"):
                init_db.execute(administrator)
        opened = administrator.logged_in_as("writer")
        registry = Registry(config)
        if train.first_needed(registry):
            with _step("training a first model on simulated rides"):
                train.execute(train.Request(), opened, registry, now)
        with _step("scoring every owed window"):
            scored = score.execute(score.Request(), opened, now)
        with _step("observing the outcomes that are due"):
            observe.execute(opened, datetime.now(UTC))
        with _step("building the marts"):
            dbt.execute(["run"], opened, quiet=True)
        with _step("drawing the dashboards"):
            page = config.home / "report.html"
            report.execute(report.Request(source="simulator"), opened, page, datetime.now(UTC))
        with opened.reading() as database:
            marts = overview.overview(database, now - timedelta(days=config.first_run_days), config.source)
    print("\n".join(_summary(scored, marts, config, page)))
    return 0


@contextmanager
def _step(name: str) -> Iterator[None]:
    """On a terminal, say which step takes how long."""
    began = time.monotonic()
    if sys.stderr.isatty():
        print(f"{name} …", end=" ", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # the error gets a line of its own
        raise
    if sys.stderr.isatty():
        print(f"\r\033[K{name}: {time.monotonic() - began:.1f} s", file=sys.stderr)


def _summary(scored: Scored, overview: Overview, config: Config, page: Path) -> Iterator[str]:
    """What was scored, what the marts hold, how good the model is, where the page is, what to try next."""
    yield ""
    yield f"Scored   {_scored(scored)}"
    if overview.rides:
        yield from _marts(overview, overview.rides, config.place)
    if overview.recorded:
        yield from _recorded(overview.recorded, config)
    yield ""
    yield from _model(scored)
    yield ""
    yield f"Report   {page}"
    yield "         all of it as a web page: open it in a browser"
    yield ""
    yield from _next(config)


def _scored(scored: Scored) -> str:
    if not scored.windows:
        return "nothing was owed: every closed window is scored already"
    return counted.sentence(scored.counts, scored.windows)


def _marts(overview: Overview, rides: Rides, place: Place) -> Iterator[str]:
    first, last = (f"{_local(time, place):%a %d %b %H:%M}" for time in (rides.first_interval, rides.last_interval))
    yield f"Marts    {rides.rides:,} rides from {first} to {last} ({place.name})"
    yield f"         predicted {rides.mean_minutes:.1f} minutes on average, over {rides.mean_miles:.1f} miles"
    (busy, most), (quiet, fewest) = overview.busiest_hours[0], overview.busiest_hours[-1]
    yield f"         busiest from {busy}:00 ({most:,.0f} rides), quietest from {quiet}:00 ({fewest:,.0f})"
    yield ""
    yield _row("Latest predictions", "start", "miles", "minutes", "90 % band")
    for ride in overview.latest:
        band = "" if ride.low is None or ride.high is None else f"{ride.low:.0f} to {ride.high:.0f}"
        pair = f"  {ride.pickup} → {ride.dropoff}"
        yield _row(pair, f"{_local(ride.start, place):%H:%M}", f"{ride.miles:.1f}", f"{ride.minutes:.1f}", band)
    yield ""
    yield _row("Top pickup and dropoff pairs", "rides", "fare", "minutes")
    for top in overview.top_pairs:
        fare = "" if top.mean_fare is None else f"${top.mean_fare:.2f}"
        yield _row(f"  {top.pickup} → {top.dropoff}", f"{top.rides:,}", fare, f"{top.mean_minutes:.1f}")
    yield ""
    yield "Fare per mile"
    yield from _histogram(overview.fare_per_mile)


def _recorded(rides: Rides, config: Config) -> Iterator[str]:
    first, last = (f"{_local(time, config.place):%d %b %Y}" for time in (rides.first_interval, rides.last_interval))
    yield ""
    yield f"Records  {rides.rides:,} real rides as well (source = '{config.source}'), from {first} to {last}"
    yield f"         predicted {rides.mean_minutes:.1f} minutes on average, over {rides.mean_miles:.1f} miles"


def _row(name: str, *columns: str) -> str:
    return (f"{name:<62.62}" + "".join(f"{column:>10}" for column in columns)).rstrip()


def _local(time: datetime, place: Place) -> datetime:
    return time.astimezone(place.tzinfo)


def _histogram(bins: list[tuple[float, int]]) -> Iterator[str]:
    """Two half-dollar bins to a line, the last one open."""
    dollars: dict[int, int] = {}
    for start, rides in bins:
        dollars[min(int(start), LAST_DOLLAR)] = dollars.get(min(int(start), LAST_DOLLAR), 0) + rides
    most = max(dollars.values(), default=1)
    for dollar, rides in sorted(dollars.items()):
        label = f"${dollar}" if dollar < LAST_DOLLAR else f"${dollar} and more"
        yield f"  {label:<14}{'█' * round(BAR * rides / most):<{BAR}} {rides:>7,}"


def _model(scored: Scored) -> Iterator[str]:
    model = scored.model
    yield f"Model    {model.name} version {model.version}" + (
        ", from the cache: the registry gave no model that loads" if scored.stale else ""
    )
    if "mae" in model.metrics:
        yield (
            f"         on held-out trips it was {model.metrics['mae']:.1f} minutes off on average, "
            f"{model.metrics['median_absolute_error']:.1f} for the median trip"
        )


def _next(config: Config) -> Iterator[str]:
    yield "Next     make live      a tick every two minutes"
    yield "         make psql      query the marts: select * from latest_predictions;"
    yield "         make status    whether everything is healthy, and what is owed"
    yield "         .venv/bin/python -m job score --trips FILE     score real records"
    if config.embedded:
        yield f"         everything is in {config.home}; delete it to start over"
