"""The place: zones, airports, time zone and bounds of the city whose rides are scored, read from one folder."""

import csv
import math
import tomllib
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
    def zone(self) -> ZoneInfo:
        """The time zone as Python's own type."""
        return ZoneInfo(self.time_zone)

    @property
    def last_zone(self) -> int:
        """The largest number of a zone."""
        return self.zones[-1].number


def load(folder: Path) -> Place:
    """Read place.toml and zones.csv from a folder. Raises UsageError for what is missing or cannot be right."""
    try:
        settings = tomllib.loads((folder / "place.toml").read_text(encoding="utf-8"))
        with (folder / "zones.csv").open(encoding="utf-8", newline="") as file:
            zones = tuple(sorted(map(_zone, csv.DictReader(file)), key=lambda zone: zone.number))
        place = Place(
            name=str(settings["name"]),
            time_zone=str(settings["time_zone"]),
            zones=zones,
            airports=tuple(map(int, settings["airports"])),
            **{f"max_{name}": float(settings["bounds"][name]) for name in ("miles", "minutes", "dollars")},
            profile=folder / "profile.json",
        )
        _check(place)
    except OSError as error:
        raise UsageError(f"PLACE: {error.filename} cannot be read: {error.strerror or error}") from error
    except (KeyError, TypeError, ValueError) as error:
        reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"PLACE: {folder} does not describe a place: {reason}. job/chicago is an example") from error
    return place


def _zone(row: dict[str, Any]) -> Zone:
    return Zone(int(row["zone"]), row["name"].strip(), float(row["latitude"]), float(row["longitude"]))


def _check(place: Place) -> None:
    """Raise ValueError for what would be wrong later, and less clear."""
    numbers = [zone.number for zone in place.zones]
    if not numbers or len(set(numbers)) < len(numbers):
        raise ValueError("zones.csv needs at least one zone, and each number once")
    if not 1 <= numbers[0] <= numbers[-1] <= MAX_ZONE:
        raise ValueError(f"a zone's number is from 1 to {MAX_ZONE:,}")
    for zone in place.zones:
        if not (zone.name and abs(zone.latitude) <= 90 and abs(zone.longitude) <= 180):
            raise ValueError(f"zone {zone.number} needs a name and a centroid in degrees")
    if unknown := set(place.airports) - set(numbers):
        raise ValueError(f"airports has {min(unknown)}, which is not in zones.csv")
    if not all(0 < bound < math.inf for bound in (place.max_miles, place.max_minutes, place.max_dollars)):
        raise ValueError("bounds are positive numbers")
    try:
        ZoneInfo(place.time_zone)
    except (KeyError, OSError, ValueError) as error:  # unknown, a directory, or not a name
        raise ValueError(f"time_zone {place.time_zone!r} is not in the IANA database") from error
