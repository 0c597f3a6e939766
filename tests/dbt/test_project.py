"""Rules for the project's files and manifest, many of them from dbt-project-evaluator; no database is needed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dbt.conftest import LIVE, PROJECT

MOST_PARENTS = 7  # dbt-project-evaluator's own limit
MOST_VIEWS_IN_A_ROW = 3
SUBJECTS = {"rides", "quality", "operations"}
UPGRADING = (PROJECT.parent / "docs" / "upgrading-dbt.md").read_text()
Node = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(parsed_project: Path) -> Node:
    """What dbt makes of the project, without a connection."""
    return json.loads((parsed_project / "manifest.json").read_text())


def models(manifest: Node, folder: str = "") -> list[Node]:
    """The models of a folder, or all."""
    selected = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["path"].startswith(folder)
    ]
    assert selected
    return selected


def data_tests_of(manifest: Node, node: Node) -> list[Node]:
    """A model's data tests."""
    return [
        test
        for test in manifest["nodes"].values()
        if test["resource_type"] == "test" and test.get("attached_node") == node["unique_id"]
    ]


def bare(code: str) -> str:
    """SQL without jinja, comments and the «from» of extract()."""
    return re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|--[^\n]*|extract\(\w+ from", " ", code, flags=re.DOTALL)


def sql_texts(manifest: Node) -> Iterator[tuple[str, str]]:
    """Every SQL text of the project with its name: files, and queries in yml."""
    for path in PROJECT.rglob("*.sql"):
        yield str(path.relative_to(PROJECT)), bare(path.read_text())
    for source in manifest["sources"].values():
        yield source["name"], bare(source["config"]["loaded_at_query"] or "")


def test_only_staging_reads_sources_and_only_sources(manifest: Node) -> None:
    """A staging model reads one source table; all others read models."""
    for model in models(manifest):
        on_sources = [name for name in model["depends_on"]["nodes"] if name.startswith("source.")]
        if model["path"].startswith("staging"):
            assert len(on_sources) == 1 == len(model["depends_on"]["nodes"]), model["name"]
        else:
            assert not on_sources, model["name"]
            assert model["depends_on"]["nodes"], model["name"]


def test_no_staging_model_calculates(manifest: Node) -> None:
    """A staging model has one row per row of its table."""
    for model in models(manifest, "staging"):
        assert not re.search(r"\b(join|where|group by|distinct|union|limit|with)\b", bare(model["raw_code"]))


def test_no_relation_is_named_by_hand(manifest: Node) -> None:
    """Models, macros, tests and freshness queries reach relations by ref(), source() and this."""
    for name, code in sql_texts(manifest):
        if name != "macros/local_time.sql":  # functions of the place, which are no relations
            assert not re.search(r"\b(raw|staging|marts)\.", code), name
        assert not re.search(r"\b(from|join)\s+\"?\w+\"?\.", code), name


def test_the_place_is_defined_elsewhere(manifest: Node) -> None:
    """The project contains no time zone, source, range of zones or seed, because raw defines the place."""
    for name, code in sql_texts(manifest):
        assert not re.search(r"America/|'simulator'|between 1 and", code), name
    assert not any(node["resource_type"] == "seed" for node in manifest["nodes"].values())


def test_every_source_is_used_and_described(manifest: Node) -> None:
    """Each raw table is declared once, is described, and is read by a model."""
    used = {name for model in models(manifest) for name in model["depends_on"]["nodes"]}
    for name, source in manifest["sources"].items():
        assert name in used
        assert source["description"].startswith("One row"), name
    relations = [(source["schema"], source["identifier"]) for source in manifest["sources"].values()]
    assert len(set(relations)) == len(relations)
    assert {schema for schema, _ in relations} == {"raw"}


def test_names_and_folders_say_the_layer(manifest: Node) -> None:
    """Staging models are stg_<source>__<table>, intermediate ones int_…; a mart is in its subject's folder."""
    for model in models(manifest):
        layer, *folders, _ = model["path"].split("/")
        if layer == "marts":
            assert set(folders) <= SUBJECTS, model["path"]
            assert len(folders) == 1
            assert not model["name"].startswith(("stg_", "int_"))
        else:
            assert folders == (["scoring"] if layer == "staging" else [])
            assert model["name"].startswith({"staging": "stg_scoring__", "intermediate": "int_"}[layer])
        assert model["schema"] == ("marts" if layer == "marts" else "staging")


def test_no_file_sets_what_its_folder_sets() -> None:
    """A model's file sets its key, indexes and hooks; everything else is set in dbt_project.yml."""
    for path in (PROJECT / "models").rglob("*.sql"):
        for call in re.findall(r"\{\{ config\((.*?)\) \}\}", path.read_text(), re.DOTALL):
            assert set(re.findall(r"(\w+)=[\['\"]", call)) <= {"unique_key", "indexes", "post_hook"}, path
    for path in (PROJECT / "models" / "marts").rglob("*.yml"):
        assert "config:" not in path.read_text(), path


def test_every_model_and_column_is_described_and_typed(manifest: Node) -> None:
    """Each model has a description with its grain, and each column a description and a type."""
    for model in models(manifest):
        assert model["description"].startswith("One row"), model["name"]
        assert model["columns"], model["name"]
        for column in model["columns"].values():
            assert column["description"], (model["name"], column["name"])
            assert column["data_type"], (model["name"], column["name"])


def test_booleans_are_named_as_such(manifest: Node) -> None:
    """Boolean columns start with is_, and no other columns do."""
    for model in models(manifest):
        for column in model["columns"].values():
            is_boolean = column["data_type"] == "boolean"
            assert is_boolean == column["name"].startswith("is_"), (model["name"], column["name"])


def test_a_model_is_known_by_name_and_version(manifest: Node) -> None:
    """A mart with a model's id has its name and its version too, because two models may have the same version."""
    for mart in models(manifest, "marts"):
        for column in mart["columns"]:
            if column.endswith("model_id"):
                stem = column.removesuffix("_id")
                assert {f"{stem}_name", f"{stem}_version"} <= mart["columns"].keys(), mart["name"]


def test_each_model_has_its_yml_beside_it() -> None:
    """Each model has one yml file of the same name in the same folder."""
    for path in (PROJECT / "models").rglob("*.sql"):
        assert path.with_suffix(".yml").exists(), path


def test_every_mart_has_a_contract_and_a_reader(manifest: Node) -> None:
    """Marts enforce their contract, and the reader may select from them."""
    for mart in models(manifest, "marts"):
        assert mart["config"]["contract"]["enforced"], mart["name"]
        assert mart["config"]["grants"] == {"select": ["taxi_reader"]}, mart["name"]


def test_every_key_is_enforced_or_tested_and_never_both(manifest: Node) -> None:
    """A table has a primary key and no test of it; a view in staging or marts has a test unless it is live."""
    for model in models(manifest):
        tests = [test["test_metadata"] for test in data_tests_of(manifest, model)]
        kinds = {test["name"] for test in tests}
        if model["config"]["materialized"] == "incremental":
            (key,) = model["constraints"]
            assert key["type"] == "primary_key", model["name"]
            assert key["columns"][: len(model["config"]["unique_key"])] == model["config"]["unique_key"]
            assert not kinds & {"unique", "unique_combination", "not_null"}, model["name"]
        elif model["path"].startswith("staging"):
            assert kinds == {"enforced_key"} or model["description"].startswith("One row, live"), model["name"]
        elif model["path"].startswith("marts"):
            assert not model["constraints"], model["name"]
            assert kinds & {"unique", "unique_combination"} or model["description"].startswith("One row, live")


def test_every_calculation_has_a_unit_test(manifest: Node) -> None:
    """Every model beyond staging has a dbt unit test, except for the live views, which pytest queries."""
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    calculating = {model["name"] for model in models(manifest) if not model["path"].startswith("staging")}
    assert calculating - tested == LIVE


def test_no_model_has_too_many_parents(manifest: Node) -> None:
    """A model that reads many others should be split."""
    for model in models(manifest):
        assert len(set(model["depends_on"]["nodes"])) <= MOST_PARENTS, model["name"]


def test_no_chain_of_views_is_long(manifest: Node) -> None:
    """A query of a mart passes through few views before it reaches a table."""

    def length(name: str) -> int:
        node = manifest["nodes"].get(name)
        if node is None or node["config"]["materialized"] != "view":
            return 0
        return 1 + max(length(parent) for parent in node["depends_on"]["nodes"])

    assert max(length(model["unique_id"]) for model in models(manifest)) <= MOST_VIEWS_IN_A_ROW


def test_only_live_views_read_the_clock(manifest: Node) -> None:
    """Stored models do not depend on the time of a refresh, so a full refresh equals the increments."""
    reading = {
        model["name"] for model in models(manifest) if re.search(r"current_timestamp|now\(\)", model["raw_code"])
    }
    status = "model.chicago_taxi.stg_scoring__job_status"
    reading |= {model["name"] for model in models(manifest) if status in model["depends_on"]["nodes"]}
    assert reading == LIVE
    assert all(model["config"]["materialized"] == "view" for model in models(manifest) if model["name"] in LIVE)


def test_views_are_flattened_into_what_reads_them(manifest: Node) -> None:
    """Views that are read by index have no WITH, which would keep PostgreSQL from using the index."""
    for folder in ("staging", "intermediate/int_scored_rides", "marts/operations/job_runs"):
        assert not any("with " in model["raw_code"].split("#}")[-1] for model in models(manifest, folder))


def test_every_mart_is_shown_on_a_dashboard(manifest: Node) -> None:
    """Exposures name every mart and nothing else, and their owner is not a person."""
    exposures = manifest["exposures"].values()
    assert {exposure["name"] for exposure in exposures} == {"rides", "operations", "model_quality"}
    shown = {name for exposure in exposures for name in exposure["depends_on"]["nodes"]}
    assert shown == {mart["unique_id"] for mart in models(manifest, "marts")}
    for exposure in exposures:
        assert (exposure["owner"]["name"], exposure["owner"]["email"]) == ("The maintainers of this repository", None)


def test_overrides_of_dbt_are_in_their_folder_and_in_the_document(manifest: Node) -> None:
    """An override states what it replaces, for which version it was written, and when it can be removed."""
    dbts = {macro["name"] for macro in manifest["macros"].values() if macro["package_name"] != "chicago_taxi"}
    dbts |= {f"postgres__{name}" for name in dbts} | {"materialization_view_postgres"}
    ours = [macro for macro in manifest["macros"].values() if macro["package_name"] == "chicago_taxi"]
    overrides = {macro["original_file_path"] for macro in ours if macro["name"] in dbts}
    assert overrides == {
        str(path.relative_to(PROJECT)) for path in (PROJECT / "macros" / "overrides").glob("*.sql")
    }  # fmt: skip
    for path in overrides:
        reasons = (PROJECT / path).read_text().split("#}")[0]
        assert all(words in reasons for words in ("Replaces ", "dbt-core 1.11", "Why: ", "It can go when "))
        assert f"`{Path(path).name}`" in UPGRADING
