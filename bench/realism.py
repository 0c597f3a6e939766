"""Measures how similar simulated rides are to those of a real day.

By default a profile is calibrated on half the taxis of FILE, and rides drawn from it are compared with the other half;
the table shows the mean over several splits. The ceiling compares the two real halves. The floor compares the other
half with the first after each column of the first was shuffled independently. With --shipped or --profile, that profile
is compared with all of FILE, which should be a whole day other than the one it was calibrated on.

Only plausible trips count (`job.simulator.calibration.profile.usable`). One ride is simulated for every real ride, so
the simulated sample has the sampling noise of its own draws on top of that of the half it was calibrated on; the real
half has only its own. For pairs of areas, most of which have few rides, the draws are the larger part:
the first half itself, resampled with replacement, reaches only 0.962 of the ceiling. MANY times as many simulated rides
have hardly any noise of their own, so the table is followed by the similarity of their pairs.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from bench.similarity import AUC, card, independent, one_minus_tv, rank_correlations
from job import config, progress
from job.city import reading, sources
from job.place import Place
from job.simulator import draw
from job.simulator.calibration import profile

MANY = 10
MISSING = 0.02  # the limit of «hours are missing» in docs/drift.md
OF_THE_CEILING = 0.97
MOST_AUC, MOST_AUC_OTHER_DAY = 0.66, 0.74
OTHER_DAY = {
    "miles": 0.95, "minutes": 0.95, "fare": 0.93, "fare per mile": 0.95, "pickup": 0.90, "dropoff": 0.90,
    "pair": 0.78, "hour": 0.90,
}  # fmt: skip


def main(real: str, splits: int = 5, shipped: bool = False, path: Path | None = None) -> None:
    """Print the table."""
    place = config.parse(os.environ).place
    trips = profile.usable(reading.labelled_trips(sources.parse([real], None, place), place).trips, place)
    days = trips["trip_start_timestamp"].dt.tz_convert(place.time_zone).dt.strftime("%Y-%m-%d")
    print(f"{Path(real).name}: {len(trips):,} plausible trips, {' to '.join(sorted({days.min(), days.max()}))}")
    if shipped or path:
        print(f"{path or 'the shipped profile'}, compared with all of them")
        if warning := part_of_a_day(trips, draw.load_profile(place, path)):
            print(warning)
        print_card(*other_day(trips, place, path), OTHER_DAY)
    else:
        print(f"calibrated on half the taxis, compared with the other half; mean of {splits} splits")
        with progress.shown("splits scored") as show:
            scored = halves(trips, place, splits, show)
        print_card(*scored)


def halves(
    trips: pd.DataFrame, place: Place, splits: int, show: Callable[[int], None]
) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Compare over several splits: the mean card, the mean rank correlations, and the similarity of many pairs.

    The card has the columns simulated, ceiling and floor. The pairs are those of MANY times as many simulated rides.
    """
    cards, ranks, pairs = [], [], []
    for split in range(splits):
        half, other = parted(trips, split)
        ours = rides_of(simulated(calibrated(half, place), half, MANY, split))
        equally_many = ours.head(len(half))
        theirs, learned = rides_of(other), rides_of(half)
        cards.append(_cards(equally_many, learned, independent(learned, split), theirs, split))
        ranks.append(_ranks(equally_many, theirs))
        pairs.append(one_minus_tv(_pairs(ours), _pairs(theirs)))
        show(split + 1)
    return _mean(cards), _mean(ranks), float(np.mean(pairs))


def other_day(trips: pd.DataFrame, place: Place, path: Path | None) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """The same for a profile of other trips; the ceiling compares the halves of these trips with each other."""
    ours, theirs = rides_of(simulated(draw.load_profile(place, path), trips, MANY, 0)), rides_of(trips)
    equally_many = ours.head(len(theirs))
    half, other = (rides_of(part) for part in parted(trips, 0))
    cards = _cards(equally_many, half, independent(theirs, 0), theirs, 0)
    cards["ceiling"] = pd.Series(card(half, other, 0))
    return cards, _ranks(equally_many, theirs), one_minus_tv(_pairs(ours), _pairs(theirs))


def part_of_a_day(trips: pd.DataFrame, expected: draw.Profile) -> str | None:
    """A warning if no trip starts in hours that have more than MISSING of the profile's rides, else None.

    Simulated rides cover whole days, so part of a day cannot be compared with them.
    """
    empty = ~np.isin(np.arange(24), trips["hour"])
    weekend = trips["weekend"].mean()
    share = expected.hours[0] * (1 - weekend) + expected.hours[1] * weekend
    if share[empty].sum() <= MISSING * share.sum():
        return None
    return (
        f"no trip starts at {', '.join(map(str, np.flatnonzero(empty)))} o'clock, but simulated rides do: "
        "the hour and all that depends on it mean little; give whole days"
    )


def parted(trips: pd.DataFrame, split: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the trips by taxi into two halves, at random."""
    taxis = np.sort(trips["taxi_id"].unique())
    chosen = np.random.default_rng(split).permutation(taxis)[: len(taxis) // 2]
    first = trips["taxi_id"].isin(chosen)
    return trips[first].reset_index(drop=True), trips[~first].reset_index(drop=True)


def calibrated(trips: pd.DataFrame, place: Place) -> draw.Profile:
    """Calibrate a profile on these trips, then write and read it as `calibrate` and `simulate` do."""
    with tempfile.TemporaryDirectory(prefix="taxi-bench-") as folder:
        path = Path(folder) / "profile.json"
        path.write_text(profile.dumps(profile.compute(trips, place)), encoding="utf-8")
        return draw.load_profile(place, path)


def simulated(drawn_from: draw.Profile, trips: pd.DataFrame, times: int, seed: int) -> pd.DataFrame:
    """Simulate `times` times as many plausible rides as there are trips, over the same days."""
    starts = trips["trip_start_timestamp"].dt.tz_convert(drawn_from.place.time_zone)
    first, end = starts.min().normalize(), (starts.max() + pd.Timedelta(days=1)).normalize()
    count = times * len(trips)
    span = (first.tz_convert("UTC"), end.tz_convert("UTC"))
    drawn = pd.concat(draw.spread(count + count // 10, *span, seed, drawn_from), ignore_index=True)
    return profile.usable(drawn, drawn_from.place).head(count)


def rides_of(trips: pd.DataFrame) -> pd.DataFrame:
    """The compared columns, named as in the table; the miles as recorded, which the recorder may have truncated."""
    return pd.DataFrame(
        {
            "pickup": trips["pickup"], "dropoff": trips["dropoff"], "hour": trips["hour"],
            "miles": trips["trip_miles"], "fare": trips["fare"], "minutes": trips["actual_duration"],
        }
    )  # fmt: skip


def print_card(cards: pd.DataFrame, ranks: pd.DataFrame, pairs: float, bars: dict[str, float] | None = None) -> None:
    """Print the table, the rank correlations, and the pairs of MANY times as many simulated rides."""
    print(f"\n  {'':<22}{'simulated':>10}{'ceiling':>10}{'floor':>10}{'ratio':>10}{'bar':>10}")
    for name, row in cards.iterrows():
        ratio = "" if name == AUC else f"{row['simulated'] / row['ceiling']:.3f}"
        values = "".join(f"{row[column]:>10.3f}" for column in ("simulated", "ceiling", "floor"))
        print(f"  {name:<22}{values}{ratio:>10}{_bar(str(name), row, bars):>10}")
    print(f"\n  {'rank correlation of':<22}{'simulated':>10}{'real':>10}")
    for name, row in ranks.iterrows():
        print(f"  {name:<22}{row['simulated']:>10.3f}{row['real']:>10.3f}")
    ceiling = float(cards["ceiling"]["pair"])
    print(f"\n  pair, {MANY} times as many simulated rides: {pairs:.3f}, {pairs / ceiling:.3f} of the ceiling")


def _bar(name: str, row: pd.Series, bars: dict[str, float] | None) -> str:
    """The required value, with a ! if it is not reached."""
    if name == AUC:
        bar = MOST_AUC if bars is None else MOST_AUC_OTHER_DAY
        return f"≤ {bar:.2f}" + "!" * int(row["simulated"] > bar)
    bar = OF_THE_CEILING if bars is None else bars.get(name, 0.0)
    reached = row["simulated"] / row["ceiling"] if bars is None else row["simulated"]
    return f"≥ {bar:.2f}" + "!" * int(reached < bar) if bar else ""


def _cards(
    ours: pd.DataFrame, ceiling: pd.DataFrame, floor: pd.DataFrame, theirs: pd.DataFrame, seed: int
) -> pd.DataFrame:
    samples = {"simulated": ours, "ceiling": ceiling, "floor": floor}
    return pd.DataFrame({name: card(sample, theirs, seed) for name, sample in samples.items()})


def _ranks(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"simulated": rank_correlations(ours), "real": rank_correlations(theirs)})


def _pairs(rides: pd.DataFrame) -> pd.Series:
    return rides["pickup"].astype(str) + "-" + rides["dropoff"].astype(str)


def _mean(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return sum(frames[1:], frames[0]) / len(frames)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", required=True, metavar="FILE", help="the City's records of a day")
    parser.add_argument("--splits", type=int, default=5, help="how many random splits of the taxis (default 5)")
    parser.add_argument("--shipped", action="store_true", help="compare the shipped profile with FILE")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="compare this profile with FILE")
    given = parser.parse_args()
    main(given.real, given.splits, given.shipped, given.profile)
