"""The documentation agrees with the program."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from psycopg import pq

from job.commands import COMMANDS
from job.config import ROOT, SETTINGS
from job.model.features import INPUTS
from job.rides.ride import REASONS, RECORD_COLUMNS
from job.simulator import scenarios
from tests.rides import CHICAGO

README = (ROOT / "README.md").read_text()
REFERENCE, MODEL, REALISM = ((ROOT / "docs" / f"{name}.md").read_text() for name in ("reference", "model", "realism"))
RECORDS = (ROOT / "docs" / "records.md").read_text()
MARTS = (ROOT / "docs" / "marts.md").read_text()
PAGES = sorted((ROOT / "docs").glob("*.md"))
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *PAGES]
STACK_PAGE = (ROOT / "docs" / "stack.md").read_text()
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
OURS = sorted(set(re.findall(r'settings(?:\.get\(|, )"([A-Z_]+)"', (ROOT / "job" / "config.py").read_text())))
STACK = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))  # the variables that docker-compose.yml reads


def test_every_setting_of_the_stack_is_documented() -> None:
    """.env.example shows each with its default; docs/stack.md names those that only the stack has."""
    for name in STACK:
        assert re.search(rf"^# {name}=", EXAMPLE, re.MULTILINE), name
        assert name in OURS or f"`{name}`" in STACK_PAGE, name
    for name, default in re.findall(r"\$\{([A-Z_]+):-([^}]+)\}", COMPOSE):
        assert f"# {name}={default}\n" in EXAMPLE


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_documented(name: str) -> None:
    """docs/reference.md and .env.example name each setting."""
    assert f"| `{name}`" in REFERENCE
    assert re.search(rf"^# {name}=", EXAMPLE, re.MULTILINE)


def test_a_documented_setting_is_never_refused_as_a_misspelling() -> None:
    """The check for misspelled names in `.env` accepts every setting that the job reads or .env.example shows."""
    assert set(OURS) | set(re.findall(r"^# ([A-Z_]+)=", EXAMPLE, re.MULTILINE)) <= set(SETTINGS) | STACK


def test_every_variable_of_libpq_is_documented() -> None:
    """docs/reference.md says what each does here, by its name or its first letters."""
    section = REFERENCE.partition("## libpq's variables")[2].partition("\n## ")[0]
    documented = re.findall(r"`(PG[A-Z]+(?:_[A-Z]+)?)(…?)`", section)
    names = [option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar]
    for name in [*names, "PGDATA"]:
        assert any(name == start or (rest and name.startswith(start)) for start, rest in documented), name


def test_no_removed_setting_is_documented() -> None:
    """Every setting in docs/reference.md and .env.example is one that the job or the stack reads."""
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", REFERENCE, re.MULTILINE))
    documented |= {name for name in re.findall(r"^# ([A-Z_]+)=", EXAMPLE, re.MULTILINE) if not name.startswith("PG")}
    assert documented <= set(OURS) | STACK


def test_every_command_is_documented() -> None:
    """docs/reference.md lists each command."""
    table = REFERENCE.split("## Commands")[1].split("## ")[0]
    assert all(re.search(rf"`{command}\b", table) for command in COMMANDS)


def test_every_scenario_is_documented() -> None:
    """The table in docs/realism.md lists exactly the scenarios that exist."""
    table = REALISM.split("## Scenarios")[1]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == set(scenarios.NAMES)


def test_every_input_is_documented() -> None:
    """docs/model.md lists each input that a model may use."""
    table = MODEL.split("## Inputs")[1].split("## ")[0]
    assert all(f"`{name}`" in table for name in INPUTS)


def test_every_reason_and_column_is_documented() -> None:
    """docs/records.md gives each reason in the program's own words, each column, and the bounds of Chicago."""
    for reason, meaning in REASONS.items():
        assert f"| `{reason}` | {meaning} |" in RECORDS
    assert all(f"`{column}`" in RECORDS for column in RECORD_COLUMNS)
    assert f"up to {CHICAGO.max_miles:g}" in RECORDS
    assert f"up to {CHICAGO.max_dollars:,.0f}" in RECORDS


def models(layer: str) -> list[dict[str, Any]]:
    """The models of a layer, as described in their yml files."""
    files = sorted((ROOT / "dbt_project" / "models" / layer).glob("*/*.yml"))
    return [model for path in files for model in yaml.load(path.read_text(), yaml.CSafeLoader).get("models", [])]


def marts() -> list[dict[str, Any]]:
    """The marts, as described in their yml files."""
    return models("marts")


def key_of(mart: dict[str, Any]) -> list[str]:
    """The primary key of a table, or for a view the columns that its yml tests as a key."""
    for constraint in mart.get("constraints", []):
        return list(constraint["columns"])
    for test in mart.get("data_tests", []):
        for name in ("unique_combination", "enforced_key"):
            if isinstance(test, dict) and name in test:
                return list(test[name]["arguments"]["columns"])
    return [column["name"] for column in mart["columns"] if "unique" in column.get("data_tests", [])]


@pytest.mark.parametrize("mart", marts(), ids=lambda mart: mart["name"])
def test_every_mart_is_documented(mart: dict[str, Any]) -> None:
    """docs/marts.md has a row for each mart, with its grain in the words of its yml, and its key."""
    row = re.search(rf"^\| `{mart['name']}` \| (.*?) ?\| (.*?) ?\| ", MARTS, re.MULTILINE)
    assert row, f"docs/marts.md has no row for {mart['name']}"
    assert mart["description"].startswith(f"One row per {row[1]}" if row[1] else "One row")
    assert re.findall("`(.*?)`", row[2]) == key_of(mart)


def test_no_removed_mart_is_documented() -> None:
    """docs/marts.md lists exactly the marts that exist."""
    table = MARTS.split("## ")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)) == {mart["name"] for mart in marts()}


def raw_tables() -> dict[str, set[str]]:
    """The columns of each raw table, as the migrations leave them."""
    migrations = sorted((ROOT / "job" / "store" / "schema" / "migrations").glob("*.sql"))
    text = "\n".join(path.read_text() for path in migrations)
    tables = {
        table: set(re.findall(r"^    (?!primary|constraint|check)([a-z_]+) [a-z]", body, re.MULTILINE))
        for table, body in re.findall(r"create table if not exists raw\.(\w+) \((.*?)\n\);", text, re.DOTALL)
    }
    for table, body in re.findall(r"alter table raw\.(\w+)(.*?);", text, re.DOTALL):
        tables[table] |= set(re.findall(r"add column if not exists (\w+)", body))
    return tables


def named_in_the_glossary() -> list[tuple[str, str]]:
    """Each `table` or `table.column` in the last column of the glossary; without a column, its name is empty."""
    places = re.findall(r"^\| .* \| .* \| ?(.*?) ?\|$", GLOSSARY, re.MULTILINE)
    return [match for place in places for match in re.findall(r"`(\w+)(?:\.(\w+))?`", place)]


def test_every_table_and_column_in_the_glossary_exists() -> None:
    """Each is in the raw schema, in staging or in the marts."""
    columns = raw_tables()
    for model in models("marts") + models("staging"):
        columns.setdefault(model["name"], set()).update(column["name"] for column in model["columns"])
    assert [table for table, _ in named_in_the_glossary() if table not in columns] == []
    missing = [f"{table}.{name}" for table, name in named_in_the_glossary() if name and name not in columns[table]]
    assert missing == []


def test_every_raw_table_and_every_key_is_in_the_glossary() -> None:
    """The keys of tables, staging views and marts are terms of the project."""
    named = named_in_the_glossary()
    assert raw_tables().keys() - {table for table, _ in named} == set()
    keys = {column for model in models("marts") + models("staging") for column in key_of(model)}
    assert len(keys) > 20
    assert keys - {column for _, column in named} == set()


def test_make_alone_lists_every_target_that_the_readme_names() -> None:
    """The targets in the README exist and have a description."""
    listed = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", README, re.MULTILINE))
    assert {a or b for a, b in named} <= set(re.findall(r"^  make ([a-z-]+)", listed, re.MULTILINE))


def anchors(document: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub derives them."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link names a file that exists, and a heading of it where it has an anchor."""
    for target, anchor in re.findall(r"\]\((?!http)([^)#]*)#?([^)]*)\)", document.read_text()):
        page = document.parent / target if target else document
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), f"{target}#{anchor}"


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_a_page_opens_with_the_question_that_it_answers(document: Path) -> None:
    """The first line below the title is a question."""
    title, blank, first = document.read_text().split("\n")[:3]
    assert title.startswith("# ")
    assert not blank
    assert first.endswith("?")


def test_the_locks_name_no_registry() -> None:
    """A lock has hashes for every package and no address of a package index."""
    locks = list(ROOT.glob("requirements*.lock"))
    assert len(locks) == 4
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text
        assert "--index-url" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
