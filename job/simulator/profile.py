"""Reads a profile from its file, with its parameters as arrays for lookup."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from job.errors import UsageError
from job.place import Place
from job.rides.areas import ENDS, NEARNESS, centroid_miles, nearness_bands, numbers
from job.simulator.choice import Choice, choice, choices, over_the_day
from job.simulator.levels import Bands, curve
from job.simulator.recorders import PACE_HOURS


@dataclass(frozen=True)
class Profile:
    """The parameters from which a place's rides are drawn.

    Zones are indexes as in `job.rides.areas`; with n of them, the empty one included, a pair is n * pickup + dropoff.
    hours: a row for weekdays and one for weekends. pickup: a case per hour; dropoff: a case per n * hour + pickup.
    miles: curves; a pair's miles are those of curve `miles_curve[pair]`, times `miles_scale[pair]`.
    pair_pace: a row per pair, a column per hour.
    extras: case 0 from elsewhere, case 1 from an airport. company: case 0 records seconds, case 1 whole minutes.
    """

    place: Place
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


def load_profile(place: Place, path: Path | None = None) -> Profile:
    """Read a profile of the place from a file (default: the place's own). Raises UsageError if it is not valid."""
    path = path or place.profile
    try:
        content = path.read_bytes()
        return _profile(json.loads(content, parse_constant=_refuse), hashlib.sha256(content).hexdigest(), place)
    except OSError as error:
        raise UsageError(f"profile {path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise UsageError(
            f"{path} is not a simulator profile of {place.name} ({type(error).__name__}: {error}): "
            "make one with `python -m job calibrate --trips … --output FILE`"
        ) from error


def _refuse(constant: str) -> None:
    raise ValueError(f"a value is {constant}")


def _profile(parameters: dict[str, Any], digest: str, place: Place) -> Profile:
    hours = np.array([parameters["hours"][days] for days in ("weekday", "weekend")]).reshape(2, 24)
    pickup = over_the_day(
        _by_area(parameters["pickup_share"], place), _area_hours(parameters["pickup_hours"], place), hours[0]
    )
    companies, hour_pace = parameters["companies"], parameters["hour_pace"]
    seconds, whole_minutes = (
        {name: own["share"] for name, own in companies.items() if own["whole_minutes"] is kind} or {"": 1.0}
        for kind in (False, True)
    )
    return Profile(
        place=place,
        digest=digest,
        hours=hours,
        pickup=choice(pickup),
        dropoff=_dropoff(parameters, hours[0][:, None] * pickup, place),
        **_miles(parameters, place),
        speed=_bands(parameters["speed_mph"], "miles"),
        hour_pace=np.array([hour_pace["under_5_miles"], hour_pace["from_5_miles"]]).reshape(2, 24),
        pair_pace=_pair_pace(parameters, place),
        slow_usd_per_minute=_bands(parameters["slow_usd_per_minute"], "mph"),
        whole_minutes_share=_by_area(parameters["whole_minutes_share"], place),
        sixteenth_share=float(parameters["sixteenth_share"]),
        extras=choices([parameters["extras_usd"]["elsewhere"], parameters["extras_usd"]["airport"]], float),
        tipped_share=float(parameters["tipped_share"]),
        tip_rate=curve(parameters["tip_rate"])[None],
        company=choices([seconds, whole_minutes], str),
        taxis={"": 1} | {name: int(own["taxis"]) for name, own in companies.items()},
    )


def _dropoff(parameters: dict[str, Any], pickups: np.ndarray, place: Place) -> Choice:
    """The dropoff shares of each pickup: frequent pairs' own, the rest split over other pairs by pull and nearness."""
    frequent = _by_pair(parameters["pair_share"], place)
    nearness = np.array([parameters["pair_nearness"][end][band] for end in ENDS for band in NEARNESS])
    rare = np.where(frequent > 0, 0.0, nearness[nearness_bands(place)] * _by_area(parameters["dropoff_pull"], place))
    left = np.maximum(_by_area(parameters["pickup_share"], place) - frequent.sum(axis=1), 1e-6)
    # If all pairs of a pickup are frequent, as in a place with few zones, `rare` is zero: avoid dividing by it.
    shares = frequent + rare * (left / np.maximum(rare.sum(axis=1), 1e-12))[:, None]
    by_hour = over_the_day(shares, _area_hours(parameters["dropoff_hours"], place)[:, None, :], pickups)
    return choice(by_hour.reshape(-1, len(frequent)))


def _miles(parameters: dict[str, Any], place: Place) -> dict[str, np.ndarray]:
    """Each pair's curve of miles: its own or a shared one (same zone, empty zone, or detour by distance)."""
    pickup, dropoff = (end.ravel() for end in np.meshgrid(numbers(place), numbers(place), indexing="ij"))
    straight = centroid_miles(pickup, dropoff, place)
    detours, empty = parameters["detour_ratio"], parameters["empty_area_miles"]
    own = sorted(parameters["pair_miles"])
    shared = [parameters["same_area_miles"], empty["pickup"], empty["dropoff"], empty["both"]]
    shared += [band["levels"] for band in detours]
    nearest = np.abs(np.nan_to_num(straight)[:, None] - [band["centroid_miles"] for band in detours]).argmin(axis=1)
    row = np.select(
        [(pickup == 0) & (dropoff == 0), pickup == 0, dropoff == 0, pickup == dropoff], [3, 1, 2, 0], 4 + nearest
    )
    scale = np.where(row >= 4, straight, 1.0)
    for number, pair in enumerate(_pairs(own, place)):
        row[pair], scale[pair] = len(shared) + number, 1.0
    curves = [curve(means or parameters["same_area_miles"]) for means in shared]
    curves += [curve(parameters["pair_miles"][name]) for name in own]
    return {"miles": np.array(curves), "miles_curve": row, "miles_scale": scale}


def _pair_pace(parameters: dict[str, Any], place: Place) -> np.ndarray:
    """The pace of each pair (rows) in each hour (columns); the file has one for each period of PACE_HOURS."""
    pickup, dropoff = (
        [parameters[end].get(str(zone), 1.0) for zone in numbers(place)] for end in ("pickup_pace", "dropoff_pace")
    )
    rows = np.repeat(np.outer(pickup, dropoff).reshape(-1, 1), 24, axis=1)
    for pair, parts in zip(_pairs(parameters["pair_pace"], place), parameters["pair_pace"].values(), strict=True):
        rows[pair] *= np.repeat(parts, PACE_HOURS)
    return rows


def _bands(bands: list[dict[str, Any]], name: str) -> Bands:
    if not bands:
        raise ValueError(f"no levels by {name}")
    return Bands(np.array([band[name] for band in bands], float), np.array([curve(band["levels"]) for band in bands]))


def _area_hours(ratios_by_zone: dict[str, list[float]], place: Place) -> np.ndarray:
    """The hourly ratios of each zone: a row per hour; 1 for zones without ratios."""
    zones = numbers(place)
    ratios = np.ones((24, len(zones)))
    for index, zone in enumerate(zones):
        ratios[:, index] = ratios_by_zone.get(str(zone), 1.0)
    return ratios


def _by_area(values: dict[str, float], place: Place) -> np.ndarray:
    names = [str(zone) for zone in numbers(place)]
    if values.keys() != set(names):
        raise ValueError(f"it has other zones than {place.name}")
    return np.array([values[name] for name in names], float)


def _by_pair(shares: dict[str, float], place: Place) -> np.ndarray:
    """A row per pickup, a column per dropoff, 0 for pairs that are not listed."""
    size = len(numbers(place))
    matrix = np.zeros(size * size)
    matrix[_pairs(shares, place)] = list(shares.values())
    return matrix.reshape(size, size)


def _pairs(names: Iterable[str], place: Place) -> list[int]:
    """The indexes of pairs, given names such as 8-32 that consist of two zone numbers."""
    index = {str(zone): position for position, zone in enumerate(numbers(place))}
    pairs = []
    for name in names:
        pickup, _, dropoff = name.partition("-")
        if not {pickup, dropoff} <= index.keys():
            raise ValueError(f"pair {name} names a zone that {place.name} does not have")
        pairs.append(index[pickup] * len(index) + index[dropoff])
    return pairs
