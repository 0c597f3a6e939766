"""Rules over the project's manifest, after dbt-project-evaluator; no database."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.dbt.conftest import LIVE, PROJECT, Dbt


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What dbt makes of the project, without a connection."""
    dbt = Dbt(tmp_path_factory.mktemp("manifest"))
    dbt("parse", PGHOST="nowhere.invalid")
    return json.loads((dbt.output / "target" / "manifest.json").read_text())


def models(manifest: dict[str, Any], folder: str = "") -> list[dict[str, Any]]:
    """The models of a folder, or all."""
    found = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["path"].startswith(folder)
    ]
    assert found
    return found


def data_tests_of(manifest: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    """A model's data tests."""
    return [
        test
        for test in manifest["nodes"].values()
        if test["resource_type"] == "test" and test.get("attached_node") == node["unique_id"]
    ]


def test_only_staging_reads_sources_and_only_sources(manifest: dict[str, Any]) -> None:
    """A staging model stands on one source table; everything else stands on models and seeds."""
    for model in models(manifest):
        on_sources = [name for name in model["depends_on"]["nodes"] if name.startswith("source.")]
        if model["path"].startswith("staging"):
            assert len(on_sources) == 1 == len(model["depends_on"]["nodes"]), model["name"]
        else:
            assert not on_sources, model["name"]


def test_no_model_names_a_table_itself(manifest: dict[str, Any]) -> None:
    """Models reach tables by ref() and source() alone."""
    for model in models(manifest):
        for schema in ("raw.", "staging.", "marts."):
            assert f" {schema}" not in model["raw_code"], model["name"]


def test_every_source_is_used_and_described(manifest: dict[str, Any]) -> None:
    """A source that no model reads is taken out."""
    used = {name for model in models(manifest) for name in model["depends_on"]["nodes"]}
    for name, source in manifest["sources"].items():
        assert name in used
        assert source["description"]
        assert source["schema"] == "raw"


def test_names_say_the_layer(manifest: dict[str, Any]) -> None:
    """Staging models are stg_<source>__<table>, intermediate ones int_…; marts carry the dashboard's names."""
    for model in models(manifest):
        layer = model["path"].split("/")[0]
        prefix = {"staging": "stg_scoring__", "intermediate": "int_", "marts": ""}[layer]
        assert model["name"].startswith(prefix)
        assert model["schema"] == ("marts" if layer == "marts" else "staging")
        assert layer != "marts" or not model["name"].startswith(("stg_", "int_"))


def test_every_model_and_column_is_described_and_typed(manifest: dict[str, Any]) -> None:
    """A description that says the grain for each model, and a description and a type for each column."""
    for model in models(manifest):
        assert model["description"].startswith("One row"), model["name"]
        assert model["columns"], model["name"]
        for column in model["columns"].values():
            assert column["description"], (model["name"], column["name"])
            assert column["data_type"], (model["name"], column["name"])


def test_each_model_has_its_yml_beside_it() -> None:
    """One yml per model, named as the model."""
    for path in (PROJECT / "models").rglob("*.sql"):
        assert path.with_suffix(".yml").exists(), path


def test_every_mart_has_contract_reader_and_key(manifest: dict[str, Any]) -> None:
    """Marts enforce their contract, are granted to the reader, and test their key, or have one row."""
    for mart in models(manifest, "marts"):
        assert mart["config"]["contract"]["enforced"], mart["name"]
        assert mart["config"]["grants"] == {"select": ["taxi_reader"]}, mart["name"]
        kinds = {test["test_metadata"]["name"] for test in data_tests_of(manifest, mart)}
        assert kinds & {"unique", "unique_combination"} or mart["description"].startswith("One row, live"), mart["name"]


def test_every_calculation_has_a_unit_test(manifest: dict[str, Any]) -> None:
    """Every model beyond staging has a dbt unit test, but for the live views, which pytest asks."""
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    calculating = {model["name"] for model in models(manifest) if not model["path"].startswith("staging")}
    assert calculating - tested == LIVE


def test_only_live_views_ask_for_the_time(manifest: dict[str, Any]) -> None:
    """A full refresh gives what increments gave, since no stored model asks what time it is."""
    asking = {model["name"] for model in models(manifest) if re.search(r"current_timestamp|now\(\)", model["raw_code"])}
    assert asking == LIVE
    assert all(model["config"]["materialized"] == "view" for model in models(manifest) if model["name"] in LIVE)


def test_views_melt_into_what_reads_them(manifest: dict[str, Any]) -> None:
    """Those on a raw table have no WITH, which would keep PostgreSQL from using indexes behind them."""
    for folder in ("staging", "intermediate", "marts/job_runs"):
        assert not any("with " in model["raw_code"].split("#}")[-1] for model in models(manifest, folder))


def test_every_mart_is_shown_on_a_dashboard(manifest: dict[str, Any]) -> None:
    """Exposures name marts only, and every mart is on one."""
    exposures = manifest["exposures"].values()
    assert {exposure["name"] for exposure in exposures} == {"rides", "operations", "model_quality"}
    shown = {name for exposure in exposures for name in exposure["depends_on"]["nodes"]}
    assert shown == {mart["unique_id"] for mart in models(manifest, "marts")}


def test_the_seed_has_chicagos_77_areas() -> None:
    """Numbers 1 to 77, each once, with a name and a place in Chicago."""
    with Path(PROJECT / "seeds" / "community_areas.csv").open() as file:
        areas = list(csv.DictReader(file))
    assert sorted(int(area["community_area"]) for area in areas) == list(range(1, 78))
    assert len({area["name"] for area in areas}) == 77
    assert all(41.6 < float(area["latitude"]) < 42.1 and -88 < float(area["longitude"]) < -87.5 for area in areas)
