"""A run's result as a newcomer reads it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from job.commands import score
from job.commands.score import Scored
from job.config import Config
from job.rides.ride import CHICAGO
from job.store.marts import Overview
from job.store.runs import Figures

BAR = 30
LAST_DOLLAR = 10


def lines(scored: Scored, overview: Overview, config: Config) -> Iterator[str]:
    """What was scored, what the marts say, how good the model is, what to try next."""
    yield ""
    yield f"Scored   {_scored(scored.figures)}"
    if overview.rides:
        yield from _marts(overview)
    yield ""
    yield from _model(scored)
    yield ""
    yield from _next(config)


def _scored(figures: Figures) -> str:
    if not figures.records_read:
        return "nothing was owed: every closed window is scored already"
    return score.sentence(figures)


def _marts(overview: Overview) -> Iterator[str]:
    rides = overview.rides
    assert rides is not None
    first, last = (
        f"{time.astimezone(ZoneInfo(CHICAGO)):%a %d %b %H:%M}" for time in (rides.first_interval, rides.last_interval)
    )
    yield f"Marts    {rides.rides:,} rides from {first} to {last} (Chicago)"
    yield f"         predicted {rides.mean_minutes:.1f} minutes on average, over {rides.mean_miles:.1f} miles"
    busiest, quietest = overview.busiest_hours[0], overview.busiest_hours[-1]
    yield (
        f"         busiest from {busiest[0]}:00 ({busiest[1]:,.0f} rides), "
        f"quietest from {quietest[0]}:00 ({quietest[1]:,.0f})"
    )
    yield ""
    yield "Top pickup and dropoff pairs                                  rides   minutes      fare"
    for pair in overview.top_pairs:
        fare = "" if pair.mean_fare is None else f"${pair.mean_fare:.2f}"
        yield f"  {pair.pickup + ' → ' + pair.dropoff:<60.60}{pair.rides:>5,}{pair.mean_minutes:>10.1f}{fare:>10}"
    yield ""
    yield "Fare per mile"
    yield from _histogram(overview.fare_per_mile)


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
