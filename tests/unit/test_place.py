"""The place, read from its folder."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from job import config, place
from job.config import ROOT
from job.errors import UsageError
from job.model.features import inputs
from job.place import MAX_ZONE, Place, Zone
from tests import places
from tests.places import PLACE_TOML, ZONES_CSV
from tests.rides import CHICAGO, ride


def test_chicago_has_77_zones_two_airports_and_a_profile() -> None:
    """The shipped place is complete."""
    assert [zone.number for zone in CHICAGO.zones] == list(range(1, 78))
    assert CHICAGO.airports == (56, 76)
    assert (CHICAGO.name, CHICAGO.tzinfo.key) == ("Chicago", "America/Chicago")
    assert (CHICAGO.max_miles, CHICAGO.max_minutes, CHICAGO.max_dollars) == (250, 1440, 100_000)
    assert CHICAGO.profile.exists()


def test_the_setting_place_names_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the place is Chicago; a relative path is relative to the working directory."""
    places.write(tmp_path / "adelaide")
    monkeypatch.chdir(tmp_path)
    chosen = config.parse({"PLACE": "adelaide"}).place
    assert chosen.name == "Adelaide"
    assert chosen.profile == tmp_path / "adelaide" / "profile.json"
    assert config.parse({}).place == config.parse({"PLACE": " "}).place == CHICAGO


def test_zones_are_sorted_by_number(tmp_path: Path) -> None:
    """Lines may be in any order, and the file may begin with the byte order mark that spreadsheets write."""
    header, *lines = ZONES_CSV.splitlines()
    mixed = "\ufeff" + "\n".join([header, *reversed(lines)])
    assert place.load(places.write(tmp_path / "place", zones_csv=mixed)).zones == (
        place.load(places.write(tmp_path / "sorted")).zones
    )


def test_a_place_may_have_no_airport(tmp_path: Path) -> None:
    """An empty list says so."""
    no_airports = PLACE_TOML.replace("[250]", "[]")
    assert place.load(places.write(tmp_path / "place", no_airports)).airports == ()


@pytest.mark.parametrize("name", ["place.toml", "zones.csv"])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    """The error names the setting and the file."""
    folder = places.write(tmp_path / "place")
    (folder / name).unlink()
    with pytest.raises(UsageError, match=rf"^PLACE: .*{name} cannot be read: No such file or directory$"):
        place.load(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A misspelled setting is found at once."""
    with pytest.raises(UsageError, match=r"^PLACE: .*nowhere/place\.toml cannot be read"):
        config.parse({"PLACE": str(tmp_path / "nowhere")})


@pytest.mark.parametrize(
    ("valid", "invalid", "message"),
    [
        ('name = "Adelaide"\n', "", "name in place.toml is missing: it must be a string"),
        ('"Adelaide"', "5", "name in place.toml is 5: it must be a string"),
        ('"Adelaide"', '" "', "name in place.toml is empty"),
        ('"Adelaide"', "Adelaide", "Invalid value (at line 1, column 8)"),
        ("airports = [250]\n", "", "airports in place.toml is missing: it must be a list of zone numbers"),
        ("[250]", '"250"', "airports in place.toml is '250': it must be a list of zone numbers"),
        ("[250]", "[250.5]", "airports in place.toml is [250.5]: it must be a list of zone numbers"),
        ("[250]", "[250, 251]", "airports in place.toml has 251, which is not a zone in zones.csv"),
        ("[bounds]", "[limits]", "bounds in place.toml is missing: it must be a table"),
        ("miles = 12\n", "", "bounds in place.toml has no positive number for miles"),
        ("miles = 12", "miles = nan", "bounds in place.toml has no positive number for miles"),
        ("miles = 12", "miles = inf", "bounds in place.toml has no positive number for miles"),
        ("minutes = 40", "minutes = 0", "bounds in place.toml has no positive number for minutes"),
        ("minutes = 40", "minutes = true", "bounds in place.toml has no positive number for minutes"),
        ("dollars = 500", 'dollars = "500"', "bounds in place.toml has no positive number for dollars"),
        ("[tariff]", "[fares]", "tariff in place.toml is missing: it must be a table"),
        ("flag = 3.25", "flag = 0", "tariff in place.toml has no positive number for flag"),
        ("airports", "outside = [250]\nairports", "outside in place.toml has 250, which is a zone in zones.csv"),
        ("airports", "outside = 9\nairports", "outside in place.toml is 9: it must be a list of numbers"),
        ("airports", "columns = 5\nairports", "columns in place.toml is 5: it must be a table"),
        ("airports", 'identity = ["taxi"]\nairports', "place.toml names the column 'taxi': it must be one of trip_id,"),
        ("[bounds]", '[columns]\nkm = "miles"\n[bounds]', "place.toml names the column 'miles': it must be one of"),
        ("Australia/Adelaide", "Adelaide", "time_zone 'Adelaide' in place.toml is not in the IANA database"),
        ("Australia/Adelaide", "Australia", "time_zone 'Australia' in place.toml is not in the IANA database"),
        ("Australia/Adelaide", "../zone", "time_zone '../zone' in place.toml is not in the IANA database"),
        ('"Australia/Adelaide"', "9.5", "time_zone in place.toml is 9.5: it must be a string"),
    ],
)  # fmt: skip
def test_an_invalid_place_toml_gives_one_clear_error(valid: str, invalid: str, message: str, tmp_path: Path) -> None:
    """It names the folder, the key and the reason."""
    assert valid in PLACE_TOML
    refused(places.write(tmp_path / "place", place_toml=PLACE_TOML.replace(valid, invalid)), message)


@pytest.mark.parametrize(
    ("valid", "invalid", "message"),
    [
        ("zone,", "area,", "line 2 of zones.csv needs a zone (a whole number), a name, a latitude and a longitude"),
        ("\n3,", "\n3.5,", "line 2 of zones.csv needs a zone"),
        ("\n3,", "\n,", "line 2 of zones.csv needs a zone"),
        ("5,North Adelaide,-34.9067,138.5927", "5", "line 3 of zones.csv needs a zone"),
        ("-34.9067,", "south,", "line 3 of zones.csv needs a zone"),
        ("\n5,North", "\n3,North", "zones.csv has 2 zones with the number 3: each needs its own"),
        ("North Adelaide", " ", "zone 5 in zones.csv needs a name and a centroid in degrees"),
        ("-34.9067,", "nan,", "zone 5 in zones.csv needs a name and a centroid in degrees"),
        ("-34.9067,138.5927", "138.5927,-34.9067", "zone 5 in zones.csv needs a name and a centroid in degrees"),
        ("\n3,", "\n0,", "zone 0 in zones.csv is not from 1 to 999,999"),
        ("\n3,", "\n1000000,", "zone 1000000 in zones.csv is not from 1 to 999,999"),
        (ZONES_CSV.partition("\n")[2], "", "zones.csv has no zone"),
        (ZONES_CSV, "", "zones.csv has no zone"),
        ("North", "N" * 200_000, "field larger than field limit (131072)"),
    ],
)  # fmt: skip
def test_an_invalid_zones_csv_gives_one_clear_error(valid: str, invalid: str, message: str, tmp_path: Path) -> None:
    """It names the folder, the line or the zone, and the reason."""
    assert valid in ZONES_CSV
    refused(places.write(tmp_path / "place", zones_csv=ZONES_CSV.replace(valid, invalid)), message)


@pytest.mark.parametrize("name", ["place.toml", "zones.csv"])
def test_a_file_that_is_not_utf8_gives_one_clear_error(name: str, tmp_path: Path) -> None:
    """Older spreadsheets save such files."""
    folder = places.write(tmp_path / "place")
    (folder / name).write_bytes((folder / name).read_bytes() + "é".encode("latin-1"))
    refused(folder, "'utf-8' codec can't decode byte 0xe9")


def refused(folder: Path, message: str) -> None:
    """Assert that the folder is refused with this message, in one sentence."""
    with pytest.raises(UsageError, match=re.escape(f"PLACE: {folder} does not describe a place: {message}")) as error:
        place.load(folder)
    assert str(error.value).endswith(". job/chicago is an example")
    assert "\n" not in str(error.value)


def with_zones(numbers: list[int]) -> Place:
    """Chicago with other zones, none of them an airport."""
    zones = tuple(Zone(number, str(number), 41.0, -87.0) for number in sorted(numbers))
    return replace(CHICAGO, zones=zones, airports=())


def pairs(city: Place) -> "pd.Series[float]":
    """The pair of a ride between any two zones, the empty one included."""
    ends = [0, *(zone.number for zone in city.zones)]
    pickup, dropoff = (np.array(end, float) for end in zip(*product(ends, ends), strict=True))
    rides = ride().iloc[[0] * len(pickup)].assign(pickup_community_area=pickup, dropoff_community_area=dropoff)
    return inputs(rides, city)["area_pair"]


@given(st.sets(st.integers(1, MAX_ZONE) | st.integers(1, 1_100), min_size=1, max_size=9))
def test_every_pair_of_any_zones_has_a_number_of_its_own(numbers: set[int]) -> None:
    """However large the numbers of a place's zones are, no two pairs are the same to a model."""
    assert pairs(with_zones(list(numbers))).is_unique


@pytest.mark.parametrize(
    ("last", "base"), [(9, 10), (10, 100), (99, 100), (100, 1_000), (265, 1_000), (999_999, 10**6)]
)
def test_the_base_of_a_pair_is_the_smallest_power_of_ten_above_every_zone(last: int, base: int) -> None:
    """A person can therefore read both zones in the number of their pair."""
    assert with_zones([1, last]).pair_base == base


def test_chicagos_pairs_are_what_registered_models_learned() -> None:
    """100 * pickup + dropoff: features version 1 stays valid."""
    assert pairs(CHICAGO).tolist() == [100 * pickup + dropoff for pickup in range(78) for dropoff in range(78)]


def test_only_the_place_names_its_zones_and_its_time_zone() -> None:
    """No other module contains Chicago's time zone, number of zones or airports."""
    job = ROOT / "job"
    named = {
        str(path.relative_to(job))
        for path in [*job.rglob("*.py"), *job.rglob("*.sql")]
        if re.search(r"America/Chicago|\b(56|76|77)\b", path.read_text(encoding="utf-8"))
    }
    assert named == {"place.py"}
