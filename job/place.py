"""The place: zones, airports, time zone and bounds of the city whose rides are scored, read from one folder."""

import csv
import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from job.errors import UsageError

CHICAGO = Path(__file__).parent / "chicago"
MAX_ZONE = 999_999


@dataclass(frozen=True)
class Zone:
    """A zone that rides start and end in; its centroid is in degrees."""

    number: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Place:
    """A city as the job knows it.

    zones: by ascending number, each at least 1; 0 stands for an empty zone (outside the city or withheld).
    airports: numbers of zones. max_miles, max_minutes, max_dollars: the bounds of an accepted record.
    profile: the file that the simulator draws from.
    """

    name: str
    time_zone: str
    zones: tuple[Zone, ...]
    airports: tuple[int, ...]
    max_miles: float
    max_minutes: float
    max_dollars: float
    profile: Path

    @property
    def tzinfo(self) -> ZoneInfo:
        """The time zone as Python's own type."""
        return ZoneInfo(self.time_zone)

    @property
    def last_zone(self) -> int:
        """The largest number of a zone."""
        return self.zones[-1].number

    @property
    def pair_base(self) -> int:
        """The smallest power of ten above every zone: base * pickup + dropoff is another number for each pair."""
        return int(10 ** len(str(self.last_zone)))


def load(folder: Path) -> Place:
    """Read place.toml and zones.csv from a folder. Raises UsageError if one is missing or has an invalid value."""
    try:
        settings = tomllib.loads((folder / "place.toml").read_text(encoding="utf-8"))
        with (folder / "zones.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            zones = [_zone(row, rows.line_num) for row in rows]
        place = _place(settings, zones, folder / "profile.json")
        _check(place)
    except OSError as error:
        raise UsageError(f"PLACE: {error.filename} cannot be read: {error.strerror or error}") from error
    except (ValueError, csv.Error) as error:
        raise UsageError(f"PLACE: {folder} does not describe a place: {error}. job/chicago is an example") from error
    return place


def _zone(row: dict[str, Any], line: int) -> Zone:
    try:
        return Zone(int(row["zone"]), row["name"].strip(), float(row["latitude"]), float(row["longitude"]))
    except (KeyError, AttributeError, TypeError, ValueError) as error:  # no such column, a short line, or no number
        raise ValueError(
            f"line {line} of zones.csv needs a zone (a whole number), a name, a latitude and a longitude"
        ) from error


def _place(settings: dict[str, Any], zones: list[Zone], profile: Path) -> Place:
    bounds = _setting(settings, "bounds", Mapping, "a table")
    airports = _setting(settings, "airports", list, "a list of zone numbers, which may be empty")
    if not all(type(number) is int for number in airports):
        raise ValueError(f"airports in place.toml is {airports}: it must be a list of zone numbers")
    return Place(
        name=_setting(settings, "name", str, "a text"),
        time_zone=_setting(settings, "time_zone", str, "a text, such as America/Chicago"),
        zones=tuple(sorted(zones, key=lambda zone: zone.number)),
        airports=tuple(airports),
        **{f"max_{name}": _bound(bounds, name) for name in ("miles", "minutes", "dollars")},
        profile=profile,
    )


def _setting(settings: Mapping[str, Any], name: str, kind: type, described: str) -> Any:
    if not isinstance(settings.get(name), kind):
        problem = "is missing" if name not in settings else f"is {settings[name]!r}"
        raise ValueError(f"{name} in place.toml {problem}: it must be {described}")
    return settings[name]


def _bound(bounds: Mapping[str, Any], name: str) -> float:
    value = bounds.get(name, math.nan)
    if type(value) not in (int, float) or not 0 < value < math.inf:  # true is an int, and NaN is in no range
        raise ValueError(f"bounds in place.toml has no positive number for {name}")
    return float(value)


def _check(place: Place) -> None:
    """Raise ValueError for what would fail later with a less helpful message."""
    if not place.name.strip():
        raise ValueError("name in place.toml is empty")
    if not place.zones:
        raise ValueError("zones.csv has no zone")
    for zone in place.zones:
        if not 1 <= zone.number <= MAX_ZONE:
            raise ValueError(f"zone {zone.number} in zones.csv is not from 1 to {MAX_ZONE:,}")
        if not (zone.name and abs(zone.latitude) <= 90 and abs(zone.longitude) <= 180):
            raise ValueError(f"zone {zone.number} in zones.csv needs a name and a centroid in degrees")
    number, times = Counter(zone.number for zone in place.zones).most_common(1)[0]
    if times > 1:
        raise ValueError(f"zones.csv has {times} zones with the number {number}: each needs its own")
    if unknown := set(place.airports) - {zone.number for zone in place.zones}:
        raise ValueError(f"airports in place.toml has {min(unknown)}, which is not a zone in zones.csv")
    try:
        ZoneInfo(place.time_zone)
    except (KeyError, OSError, ValueError) as error:  # unknown, a directory, or not a name
        raise ValueError(f"time_zone {place.time_zone!r} in place.toml is not in the IANA database") from error
