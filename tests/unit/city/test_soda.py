"""Addresses of data sets: the forms that the City's site gives, and queries that can be read page by page."""

import pytest

from job.city import soda, sources
from job.city.api import DataSet
from job.city.download import Download
from job.errors import UsageError
from tests.rides import CHICAGO

HOST = "https://data.cityofchicago.org"
WHOLE = f"{HOST}/resource/wrvz-psew.json"


@pytest.mark.parametrize(
    "path",
    [
        "/resource/wrvz-psew", "/resource/wrvz-psew/", "/resource/wrvz-psew.json", "/resource/wrvz-psew.csv",
        "/resource/wrvz-psew.JSON", "/resource/WRVZ-PSEW.Csv/", "/resource/wrvz-psew.geojson", "/resource/wrvz%2Dpsew",
        "/resource/wrvz-psew.xml", "//resource/wrvz-psew.json", "/api/id/wrvz-psew", "/api/id/wrvz-psew.json",
        "/api/v3/views/wrvz-psew/query", "/api/v3/views/wrvz-psew/query.json", "/api/v3/views/wrvz-psew/query.csv",
        "/api/v3/views/wrvz-psew/export.csv?accessType=DOWNLOAD", "/d/wrvz-psew",
        "/Transportation/Taxi-Trips-2013-2023-/wrvz-psew", "/Transportation/Taxi-Trips-2013-2023-/wrvz-psew/about_data",
        "/Transportation/Taxi-Trips-2013-2023-/wrvz-psew/data_preview", "/en/dataset/Taxi-Trips/wrvz-psew/explore",
    ],
)  # fmt: skip
def test_forms_of_a_data_set(path: str) -> None:
    """All forms stand for the same pages of JSON."""
    (source,) = sources.parse([HOST + path], None, CHICAGO)
    assert isinstance(source, DataSet)
    assert source.url == WHOLE
    assert source.query.parameters == {"$order": "trip_id"}


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (f"{HOST}/resource/taxi-trips.JSON", f"{HOST}/resource/taxi-trips.json"),
        ("http://user:word@host:80/soda/resource/wrvz-psew", "http://user:word@host:80/soda/resource/wrvz-psew.json"),
    ],
)
def test_other_names_and_places(address: str, url: str) -> None:
    """A data set may have a name of its own, and the API another host, a user and a folder."""
    assert soda.json_address(address) == url


@pytest.mark.parametrize(
    "path",
    [
        "/api/views/wrvz-psew", "/api/views/wrvz-psew.json", "/api/views/wrvz-psew/rows.json",
        "/api/odata/v4/wrvz-psew",
        "/api/views/wrvz-psew/rows.xml?accessType=DOWNLOAD", "/api/views/wrvz-psew/rows.csv?$where=trip_miles>1",
        "/api/views/wrvz-psew/rows.csv?%24limit=10", "/OData.svc/wrvz-psew", "/api/geospatial/wrvz-psew?method=export",
        "/Transportation/Taxi-Trips/wrvz-psew/explore/query/SELECT%20*/page/filter", "/api/v3/views/wrvz-psew",
        "/foundry/data.cityofchicago.org/wrvz-psew",
    ],
)  # fmt: skip
def test_forms_that_are_not_read_to_the_end(path: str) -> None:
    """They are refused before any request, with a sentence that gives the form that is."""
    host = "https://dev.socrata.com" if "foundry" in path else HOST
    with pytest.raises(UsageError, match=rf"cannot be read to the end: give {WHOLE}$"):
        sources.parse([host + path], None, CHICAGO)


@pytest.mark.parametrize(
    "address",
    [
        f"{HOST}/api/views/wrvz-psew/rows.csv", f"{HOST}/api/views/wrvz-psew/rows.csv?accessType=DOWNLOAD&bom=true",
        "https://example.org/data/trips.csv", "https://example.org/data/trip-2022.csv?$where=1",
        "https://example.org/dataset/taxi/resource/0c1d-22/download/trips.csv", "https://example.org/resource/a.csv.gz",
    ],
)  # fmt: skip
def test_addresses_of_files(address: str) -> None:
    """A whole export is downloaded, and so is any file whose address only resembles the API's."""
    (source,) = sources.parse([address], None, CHICAGO)
    assert isinstance(source, Download)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("$query=select *", r"with \$query cannot be read page by page"),
        ("query=select *", "with query cannot be read page by page"),
        ("pageNumber=2", "with pageNumber cannot be read page by page"),
        ("$limit=many", r"with \$limit='many'"),
        ("$limit=", r"with \$limit=''"),
        ("$offset=-1", r"with \$offset='-1'"),
        ("$limit=" + "9" * 5_000, r"with \$limit='9+'"),
        ("$group=company", r"with \$group gives groups"),
        ("$were=trip_miles>1", r"with \$were cannot be read: use \$limit, \$offset, \$order"),
        ("%24where=a&$where=b", r"the parameter \$where twice"),
        ("company=A&company=B", "the parameter company twice"),
        ("=trip_miles>1", "without a name: put the address in single quotes"),
        ("$where=company='Taxi #1'", "a # in its query: write it as %23"),
    ],
)
def test_queries_that_are_refused(query: str, words: str) -> None:
    """A query that would not be sent as it is meant is refused before any request."""
    with pytest.raises(UsageError, match=words):
        sources.parse([f"{WHOLE}?{query}"], None, CHICAGO)


@pytest.mark.parametrize(
    ("select", "columns"),
    [
        ("*", None),
        (":id, *", None),
        ("trip_id, TRIP_MILES", ["trip_id", "trip_miles"]),
        ("trip_miles AS miles,`trip_id`,round(fare, 2) as fare", ["miles", "trip_id", "fare"]),
    ],
)
def test_the_columns_of_a_select(select: str, columns: list[str] | None) -> None:
    """They are known without a request, by the names that they get."""
    header = soda.Query.parse({"$select": select}, WHOLE).selected(WHOLE, CHICAGO)
    assert (header and list(header.columns)) == columns


def test_a_select_with_an_exception() -> None:
    """It is refused, because the columns that are left are not known."""
    with pytest.raises(UsageError, match="name the columns"):
        soda.Query.parse({"$select": "* (except trip_id)"}, WHOLE).selected(WHOLE, CHICAGO)


@pytest.mark.parametrize(
    ("order", "sent"),
    [("", "trip_id"), ("fare", "fare, trip_id"), ("fare,trip_id DESC", "fare,trip_id DESC"), (":id", ":id"),
     ("old_trip_id", "old_trip_id, trip_id")],
)  # fmt: skip
def test_a_stable_order(order: str, sent: str) -> None:
    """Each page is requested in an order without ties."""
    assert soda.Query.parse({"$order": order}, WHOLE).parameters["$order"] == sent
