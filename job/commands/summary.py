"""A run's result as a newcomer reads it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from job.commands import score
from job.commands.score import Scored
from job.config import Config
from job.place import Place
from job.store.raw.runs import Figures
from job.store.reading.overview import Overview, Rides

BAR = 30
LAST_DOLLAR = 10


def lines(scored: Scored, overview: Overview, config: Config, report: Path) -> Iterator[str]:
    """What was scored, what the marts say, how good the model is, where the page is, what to try next."""
    yield ""
    yield f"Scored   {_scored(scored.figures)}"
    if overview.rides:
        yield from _marts(overview, overview.rides, config.place)
    if overview.city:
        yield from _city(overview.city, config.place)
    yield ""
    yield from _model(scored)
    yield ""
    yield f"Report   {report}"
    yield "         all of it as a web page: open it in a browser"
    yield ""
    yield from _next(config)


def _scored(figures: Figures) -> str:
    if not figures.records_read:
        return "nothing was owed: every closed window is scored already"
    return score.sentence(figures)


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


def _city(rides: Rides, place: Place) -> Iterator[str]:
    first, last = (f"{_local(time, place):%d %b %Y}" for time in (rides.first_interval, rides.last_interval))
    yield ""
    yield f"City     {rides.rides:,} of its real rides beside them (source = 'city'), from {first} to {last}"
    yield f"         predicted {rides.mean_minutes:.1f} minutes on average, over {rides.mean_miles:.1f} miles"


def _row(name: str, *columns: str) -> str:
    return (f"{name:<62.62}" + "".join(f"{column:>10}" for column in columns)).rstrip()


def _local(time: datetime, place: Place) -> datetime:
    return time.astimezone(place.zone)


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
        ", from the cache: the registry is away" if scored.stale else ""
    )
    if "mae" in model.metrics:
        yield (
            f"         on held-out trips it was {model.metrics['mae']:.1f} minutes off on average, "
            f"{model.metrics['median_absolute_error']:.1f} for the median trip"
        )


def _next(config: Config) -> Iterator[str]:
    yield "Next     make live      a tick every two minutes"
    yield "         make psql      look into the marts: select * from latest_predictions;"
    yield "         make status    is it healthy, what is owed"
    yield "         .venv/bin/python -m job score --trips FILE     score the City's real records"
    if config.embedded:
        yield f"         everything is in {config.home}; delete it to start over"
