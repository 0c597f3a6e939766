"""Draws rides from a profile: the same window and profile give the same rides."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from job.rides.areas import numbers
from job.rides.ride import OUTCOME_COLUMNS, RIDE_COLUMNS, Batch, no_rejects
from job.simulator import scenarios
from job.simulator.levels import read
from job.simulator.profile import Profile, load_profile
from job.simulator.recorders import LONG_MILES, MIN_SIXTEENTH_MILES, SIXTEENTH

__all__ = ["Profile", "draw", "hour_weights", "load_profile", "spread", "uniforms", "windows"]

# Must never change: trip_ids of the same window are derived from it.
SIMULATED_RIDES = uuid.UUID("0f3c5a52-6d0b-5c1e-8a52-3f6c1d3f9b20")
WINDOW_SECONDS = 120
BATCH_RIDES = 100_000
MAX_RIDES, MEAN_RIDES = 10, 28_000 / 5_040  # per window; a week has 5,040 windows and 28,000 rides
# When the meter reports the outcome. Assumed, because the City does not publish it: most meters report within minutes,
# some when they are next online.
MEAN_DELAY_MINUTES, MAX_DELAY_MINUTES = 8.0, 120.0
SHORTEST_MINUTES, LONGEST_MINUTES = 1.5, 179.0

# The random draws of a ride. `present` decides whether the window has it or, in `spread`, in which window it starts.
DRAWS = (
    "present", "second", "pickup", "dropoff", "miles", "speed", "whole_minutes", "sixteenth", "slow", "extras",
    "tipped", "tip_rate", "company", "taxi", "delay",
)  # fmt: skip


def windows(starts: Sequence[datetime] | pd.DatetimeIndex, profile: Profile, scenario: str | None = None) -> Batch:
    """Draw the rides of these windows: 1 to 10 each, more at busy hours; each ride starts inside its window."""
    opens = pd.DatetimeIndex(pd.to_datetime(starts, utc=True)).as_unit("us")
    epoch = opens.as_unit("s").asi8
    shares = np.stack([uniforms(profile, int(second), MAX_RIDES) for second in epoch]) if len(epoch) else _no_draws()
    present = shares[:, :, DRAWS.index("present")] < _chance(opens, profile)[:, None]
    present[:, 0] = True
    window, number = np.nonzero(present)
    shares = shares[present]
    seconds = epoch[window] + np.floor(shares[:, DRAWS.index("second")] * WINDOW_SECONDS).astype(np.int64)
    drawn = draw(pd.DatetimeIndex(seconds.astype("datetime64[s]")).tz_localize("UTC"), shares, profile, scenario)
    opened = opens.strftime("%Y-%m-%dT%H:%MZ").to_numpy()[window]
    names = (f"{scenario or ''}/{opening}/{position}" for opening, position in zip(opened, number, strict=True))
    drawn["trip_id"] = pd.Series([str(uuid.uuid5(SIMULATED_RIDES, name)) for name in names], dtype="str")
    return Batch(
        rides=drawn[RIDE_COLUMNS],
        outcomes=drawn[OUTCOME_COLUMNS],
        rejected=no_rejects(),
        windows=pd.DataFrame({"window_start": opens, "rides": present.sum(axis=1)}),
    )


def draw(starts: pd.DatetimeIndex, shares: np.ndarray, profile: Profile, scenario: str | None = None) -> pd.DataFrame:
    """Draw a ride and its true duration for each start and its row of shares (0 to 1, a column for each of DRAWS)."""
    profile = scenarios.apply_to_profile(scenario, profile)
    place, zones = profile.place, numbers(profile.place)
    share = dict(zip(DRAWS, shares.T, strict=True))
    hour = starts.tz_convert(place.time_zone).hour.to_numpy()
    pickup = profile.pickup.pick(hour, share["pickup"])
    dropoff = profile.dropoff.pick(hour * len(zones) + pickup, share["dropoff"])
    pair = pickup * len(zones) + dropoff
    whole_minutes = share["whole_minutes"] < profile.whole_minutes_share[pickup]
    miles = read(profile.miles, profile.miles_curve[pair], share["miles"]) * profile.miles_scale[pair]
    miles = np.minimum(_recorded(np.maximum(miles, 0.1), whole_minutes, 10, 100), place.max_miles)
    pace = profile.hour_pace[(miles >= LONG_MILES).astype(int), hour] * profile.pair_pace[pair, hour]
    mph = pace * profile.speed.read(miles, share["speed"])
    minutes = _recorded(np.clip(miles / mph * 60, SHORTEST_MINUTES, LONGEST_MINUTES), whole_minutes, 1, 60)
    minutes = np.minimum(minutes, place.max_minutes)
    sixteenth = whole_minutes & (miles >= MIN_SIXTEENTH_MILES) & (share["sixteenth"] < profile.sixteenth_share)
    drawn = pd.DataFrame(
        {
            "source_trip_id": pd.Series(None, index=range(len(starts)), dtype=object),
            "pickup_community_area": np.where(pickup == 0, np.nan, zones[pickup]),
            "dropoff_community_area": np.where(dropoff == 0, np.nan, zones[dropoff]),
            "trip_start_timestamp": starts.as_unit("us"),
            "trip_miles": np.where(sixteenth, np.floor(miles * SIXTEENTH * 10 + 1e-9) / 10, miles),
            "actual_duration": minutes,
            "company": profile.company.pick(whole_minutes.astype(int), share["company"]),
            "taxi_share": share["taxi"],
            **_money(miles, minutes, zones[pickup], share, profile),
        }
    )
    drawn["due_at"] = drawn["trip_start_timestamp"] + _after(minutes, share["delay"])
    return scenarios.apply_to_records(scenario, drawn, profile)


def uniforms(profile: Profile, number: int, rows: int, stream: int = 0, lane: int = 0) -> np.ndarray:
    """Uniform shares (0 to 1), a row per ride and a column for each of DRAWS, seeded by the profile and the counters.

    Philox is counter-based, so any window is reached in one step, and its raw output is the same in every numpy.
    """
    counter = np.array([0, number, stream, lane], dtype=np.uint64)
    raw = np.random.Philox(key=int(profile.digest[:32], 16), counter=counter).random_raw(rows * len(DRAWS))
    return (raw >> np.uint64(11)).reshape(rows, len(DRAWS)) * 2.0**-53


def spread(
    rides: int, start: pd.Timestamp, end: pd.Timestamp, seed: int, profile: Profile, scenario: str | None = None
) -> Iterator[pd.DataFrame]:
    """Draw this many rides between start and end (UTC) in batches, busier hours having more of them."""
    name = f"{scenario}/{profile.digest}" if scenario else profile.digest
    step = pd.Timedelta(seconds=WINDOW_SECONDS)
    opens = pd.date_range(start, end, freq=step, inclusive="left").as_unit("s")
    lengths = np.diff(np.append(opens.asi8, int(np.ceil(end.timestamp()))))
    cumulated = np.cumsum(hour_weights(opens, profile) * lengths)
    for batch in range(0, rides, BATCH_RIDES):
        shares = uniforms(profile, batch // BATCH_RIDES, min(BATCH_RIDES, rides - batch), stream=seed + 1)
        slot = np.searchsorted(cumulated, shares[:, DRAWS.index("present")] * cumulated[-1], side="right")
        seconds = opens.asi8[slot] + np.floor(shares[:, DRAWS.index("second")] * lengths[slot]).astype(np.int64)
        drawn = draw(pd.DatetimeIndex(seconds.astype("datetime64[s]")).tz_localize("UTC"), shares, profile, scenario)
        yield drawn.assign(trip_id=[f"{name}/{seed}/{batch + row}" for row in range(len(drawn))])


def hour_weights(starts: pd.DatetimeIndex, profile: Profile) -> np.ndarray:
    """How busy the place is at these instants, relative to the week's mean hour."""
    local = starts.tz_convert(profile.place.time_zone)
    return profile.hours[(local.day_of_week >= 5).astype(int), local.hour]


def _no_draws() -> np.ndarray:
    return np.empty((0, MAX_RIDES, len(DRAWS)))


def _chance(opens: pd.DatetimeIndex, profile: Profile) -> np.ndarray:
    """The probability of each ride after a window's first.

    A window's mean number of rides is in proportion to its hour's weight, from 1 to MAX_RIDES, and MEAN_RIDES over the
    week.
    """
    days = np.array([5 / 7, 2 / 7])
    low, high = 0.0, 1000.0
    for _ in range(60):
        scale = (low + high) / 2
        mean = (np.clip(scale * profile.hours, 1, MAX_RIDES).mean(axis=1) * days).sum()
        low, high = (scale, high) if mean < MEAN_RIDES else (low, scale)
    return (np.clip(scale * hour_weights(opens, profile), 1, MAX_RIDES) - 1) / (MAX_RIDES - 1)


def _recorded(values: np.ndarray, coarse: np.ndarray, coarse_steps: int, fine_steps: int) -> np.ndarray:
    """Values as coarse and fine recorders round them: to a number of steps per unit, at least one step."""
    steps = np.where(coarse, coarse_steps, fine_steps)
    return np.maximum(np.round(values * steps), 1) / steps


def _money(
    miles: np.ndarray, minutes: np.ndarray, pickup: np.ndarray, share: dict[str, np.ndarray], profile: Profile
) -> dict[str, np.ndarray]:
    """The fare in steps of the tariff, extras, tips and the total; `pickup` holds zone numbers."""
    per_minute = profile.slow_usd_per_minute.read(miles / minutes * 60, share["slow"])
    tariff = profile.place.tariff
    metered = tariff.flag + tariff.per_mile * miles + per_minute * minutes
    fare = np.round(np.round(np.maximum(metered, tariff.flag) / tariff.step) * tariff.step, 2)
    extras = profile.extras.pick(np.isin(pickup, profile.place.airports).astype(int), share["extras"])
    rate = read(profile.tip_rate, np.zeros(len(fare), int), share["tip_rate"])
    tips = np.where(share["tipped"] < profile.tipped_share, np.round((fare + extras) * rate, 2), 0.0)
    return {"fare": fare, "extras": extras, "tips": tips, "trip_total": np.round(fare + extras + tips, 2)}


def _after(minutes: np.ndarray, share: np.ndarray) -> pd.TimedeltaIndex:
    """The time from a ride's start until its outcome is known: its duration plus the delay of the meter's report."""
    delay = np.minimum(-np.log1p(-share) * MEAN_DELAY_MINUTES, MAX_DELAY_MINUTES)
    return pd.TimedeltaIndex(np.round((minutes + delay) * 60).astype("timedelta64[s]"))
