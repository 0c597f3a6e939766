"""The place: zones, time zone, records, tariff and bounds of the city whose rides are scored, read from one folder."""

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
# The names of a record's columns in the job: those of Chicago's records.
COLUMNS = (
    "trip_id", "trip_start_timestamp", "trip_end_timestamp", "trip_seconds", "trip_miles", "pickup_community_area",
    "dropoff_community_area", "fare", "extras", "tolls", "tips", "trip_total", "taxi_id", "company",
)  # fmt: skip


@dataclass(frozen=True)
class Zone:
    """A zone that rides start and end in; its centroid is in degrees."""

    number: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Tariff:
    """How fares are made, in US dollars: the flag, the price of a mile, and the step to which they are rounded.

    The rest of a fare is charged for time in slow traffic.
    """

    flag: float
    per_mile: float
    step: float


@dataclass(frozen=True)
class Place:
    """A city as the job knows it.

    zones: by ascending number, each at least 1; 0 stands for an empty zone (outside the city or withheld).
    airports: numbers of zones. outside: numbers in records that stand for an empty zone.
    columns: pairs of a column's name in the city's records and its name in COLUMNS.
    identity: the columns that identify a trip where records have no trip_id; empty if they have one.
    max_miles, max_minutes, max_dollars: the bounds of an accepted record.
    profile: the file that the simulator draws from.
    """

    name: str
    time_zone: str
    zones: tuple[Zone, ...]
    airports: tuple[int, ...]
    outside: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    identity: tuple[str, ...]
    tariff: Tariff
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
        """The smallest power of ten above every zone's number, so that base * pickup + dropoff identifies a pair."""
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
        _check_columns(place)
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
    return Place(
        name=_setting(settings, "name", str, "a string"),
        time_zone=_setting(settings, "time_zone", str, "a string, such as America/Chicago"),
        zones=tuple(sorted(zones, key=lambda zone: zone.number)),
        airports=_list(settings, "airports", int, "a list of zone numbers, which may be empty"),
        outside=_list({"outside": []} | settings, "outside", int, "a list of numbers that are not zones"),
        columns=tuple(_setting({"columns": {}} | settings, "columns", Mapping, "a table").items()),
        identity=_list({"identity": []} | settings, "identity", str, "a list of columns"),
        tariff=Tariff(**_amounts(settings, "tariff", ("flag", "per_mile", "step"))),
        **{
            f"max_{name}": value
            for name, value in _amounts(settings, "bounds", ("miles", "minutes", "dollars")).items()
        },
        profile=profile,
    )


def _setting(settings: Mapping[str, Any], name: str, kind: type, described: str) -> Any:
    if not isinstance(settings.get(name), kind):
        problem = "is missing" if name not in settings else f"is {settings[name]!r}"
        raise ValueError(f"{name} in place.toml {problem}: it must be {described}")
    return settings[name]


def _list(settings: Mapping[str, Any], name: str, kind: type, described: str) -> tuple[Any, ...]:
    values = _setting(settings, name, list, described)
    if not all(type(value) is kind for value in values):  # true is an int
        raise ValueError(f"{name} in place.toml is {values}: it must be {described}")
    return tuple(values)


def _amounts(settings: Mapping[str, Any], table: str, names: tuple[str, ...]) -> dict[str, float]:
    """The numbers of a table, all of them positive."""
    values = _setting(settings, table, Mapping, "a table")
    for name in names:
        value = values.get(name, math.nan)
        if type(value) not in (int, float) or not 0 < value < math.inf:  # NaN is in no range
            raise ValueError(f"{table} in place.toml has no positive number for {name}")
    return {name: float(values[name]) for name in names}


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
    if both := set(place.outside) & {zone.number for zone in place.zones}:
        raise ValueError(f"outside in place.toml has {min(both)}, which is a zone in zones.csv")
    try:
        ZoneInfo(place.time_zone)
    except (KeyError, OSError, ValueError) as error:  # unknown, a directory, or not a name
        raise ValueError(f"time_zone {place.time_zone!r} in place.toml is not in the IANA database") from error


def _check_columns(place: Place) -> None:
    for name in (*dict(place.columns).values(), *place.identity):
        if name not in COLUMNS:
            raise ValueError(f"place.toml names the column {name!r}: it must be one of {', '.join(COLUMNS)}")
