"""A profile read from its file, its figures laid out as arrays to look up."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from job.errors import UsageError
from job.place import CHICAGO
from job.rides.areas import ENDS, NEARNESS, centroid_miles, nearness_bands
from job.rides.ride import AREAS
from job.simulator.choice import Choice, choice, choices, over_the_day
from job.simulator.levels import Bands, curve

SHIPPED = CHICAGO / "profile.json"
PLACES = AREAS + 1  # 0 is the empty area


@dataclass(frozen=True)
class Profile:
    """What rides are drawn from. Areas count from 0, the empty one; a pair is 78 * pickup + dropoff.

    hours: a row for weekdays, one for weekends. pickup: a case an hour; dropoff: a case per 78 * hour + pickup.
    A pair's miles are curve `miles_curve[pair]` of `miles` times `miles_scale[pair]`.
    extras: a case from elsewhere, one from an airport. company: a case with seconds, one with whole minutes.
    """

    digest: str
    hours: np.ndarray
    pickup: Choice
    dropoff: Choice
    miles: np.ndarray
    miles_curve: np.ndarray
    miles_scale: np.ndarray
    speed: Bands
    hour_pace: np.ndarray
    pair_pace: np.ndarray
    slow_usd_per_minute: Bands
    whole_minutes_share: np.ndarray
    sixteenth_share: float
    extras: Choice
    tipped_share: float
    tip_rate: np.ndarray
    company: Choice
    taxis: dict[str, int]


def load_profile(path: Path | None = None) -> Profile:
    """The profile in a file, or the shipped one. Raises UsageError when it is none."""
    path = path or SHIPPED
    try:
        content = path.read_bytes()
        return _profile(json.loads(content, parse_constant=_refuse), hashlib.sha256(content).hexdigest())
    except OSError as error:
        raise UsageError(f"profile {path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise UsageError(
            f"{path} is not a simulator profile ({type(error).__name__}: {error}): "
            "make one with `python -m job calibrate --trips … --output FILE`"
        ) from error


def _refuse(constant: str) -> None:
    raise ValueError(f"a figure is {constant}")


def _profile(figures: dict[str, Any], digest: str) -> Profile:
    hours = np.array([figures["hours"][days] for days in ("weekday", "weekend")]).reshape(2, 24)
    pickup = over_the_day(_by_area(figures["pickup_share"]), _area_hours(figures["pickup_hours"]), hours[0])
    companies = figures["companies"]
    seconds, whole_minutes = (
        {name: own["share"] for name, own in companies.items() if own["whole_minutes"] is kind} or {"": 1.0}
        for kind in (False, True)
    )
    return Profile(
        digest=digest,
        hours=hours,
        pickup=choice(pickup),
        dropoff=_dropoff(figures, hours[0][:, None] * pickup),
        **_miles(figures),
        speed=_bands(figures["speed_mph"], "miles"),
        hour_pace=np.array([figures["hour_pace"][miles] for miles in ("under_5_miles", "from_5_miles")]).reshape(2, 24),
        pair_pace=_pair_pace(figures),
        slow_usd_per_minute=_bands(figures["slow_usd_per_minute"], "mph"),
        whole_minutes_share=_by_area(figures["whole_minutes_share"]),
        sixteenth_share=float(figures["sixteenth_share"]),
        extras=choices([figures["extras_usd"]["elsewhere"], figures["extras_usd"]["airport"]], float),
        tipped_share=float(figures["tipped_share"]),
        tip_rate=curve(figures["tip_rate"])[None],
        company=choices([seconds, whole_minutes], str),
        taxis={"": 1} | {name: int(own["taxis"]) for name, own in companies.items()},
    )


def _dropoff(figures: dict[str, Any], pickups: np.ndarray) -> Choice:
    """Frequent pairs as they are; what is left of a pickup's rides goes to its other pairs by pull and nearness."""
    frequent = _by_pair(figures["pair_share"], 0.0).reshape(PLACES, PLACES)
    nearness = np.array([figures["pair_nearness"][end][band] for end in ENDS for band in NEARNESS])[nearness_bands()]
    rare = np.where(frequent > 0, 0.0, nearness * _by_area(figures["dropoff_pull"]))
    left = np.maximum(_by_area(figures["pickup_share"]) - frequent.sum(axis=1), 1e-6)
    shares = frequent + rare * (left / rare.sum(axis=1))[:, None]
    by_hour = over_the_day(shares, _area_hours(figures["dropoff_hours"])[:, None, :], pickups)
    return choice(by_hour.reshape(24 * PLACES, PLACES))


def _miles(figures: dict[str, Any]) -> dict[str, np.ndarray]:
    """Each pair's curve: its own, or one of those for rides within an area, with an empty end, or by detour."""
    pickup, dropoff = np.divmod(np.arange(PLACES * PLACES), PLACES)
    straight = centroid_miles(pickup, dropoff)
    detours, empty = figures["detour_ratio"], figures["empty_area_miles"]
    own = sorted(figures["pair_miles"])
    shared = [figures["same_area_miles"], empty["pickup"], empty["dropoff"], empty["both"]]
    shared += [band["levels"] for band in detours]
    nearest = np.abs(np.nan_to_num(straight)[:, None] - [band["centroid_miles"] for band in detours]).argmin(axis=1)
    row = np.select(
        [(pickup == 0) & (dropoff == 0), pickup == 0, dropoff == 0, pickup == dropoff], [3, 1, 2, 0], 4 + nearest
    )
    scale = np.where(row >= 4, straight, 1.0)
    for number, name in enumerate(own):
        row[_pair(name)], scale[_pair(name)] = len(shared) + number, 1.0
    curves = [curve(means or figures["same_area_miles"]) for means in shared]
    curves += [curve(figures["pair_miles"][name]) for name in own]
    return {"miles": np.array(curves), "miles_curve": row, "miles_scale": scale}


def _pair_pace(figures: dict[str, Any]) -> np.ndarray:
    """A row a pair, a column every three hours."""
    pickup, dropoff = (
        [figures[end].get(str(area), 1.0) for area in range(PLACES)] for end in ("pickup_pace", "dropoff_pace")
    )
    rows = np.repeat(np.outer(pickup, dropoff).reshape(-1, 1), 8, axis=1)
    for name, parts in figures["pair_pace"].items():
        rows[_pair(name)] *= parts
    return rows


def _bands(bands: list[dict[str, Any]], name: str) -> Bands:
    if not bands:
        raise ValueError(f"no levels by {name}")
    return Bands(np.array([band[name] for band in bands], float), np.array([curve(band["levels"]) for band in bands]))


def _area_hours(figure: dict[str, list[float]]) -> np.ndarray:
    """A row an hour, 1 for areas without figures."""
    ratios = np.ones((24, PLACES))
    for area, by_hour in figure.items():
        ratios[:, int(area)] = by_hour
    return ratios


def _by_area(figure: dict[str, float]) -> np.ndarray:
    return np.array([figure[str(area)] for area in range(PLACES)], float)


def _by_pair(figure: dict[str, float], otherwise: float) -> np.ndarray:
    values = np.full(PLACES * PLACES, otherwise)
    for name, value in figure.items():
        values[_pair(name)] = value
    return values


def _pair(name: str) -> int:
    pickup, dropoff = (int(area) for area in name.split("-"))
    if not (0 <= pickup < PLACES and 0 <= dropoff < PLACES):
        raise ValueError(f"pair {name} has an area that is not from 0 to {AREAS}")
    return pickup * PLACES + dropoff
