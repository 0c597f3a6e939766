"""Templates and files for contributors match the project."""

import re
from pathlib import Path

import pytest
import yaml

from job import config
from job.config import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
TEMPLATE = dict(re.findall(r"^`(dbt_project/\S+)`:\n\n```\w+\n(.*?)^```", CONTRIBUTING, re.MULTILINE | re.DOTALL))
[SQL] = [name for name in TEMPLATE if name.endswith(".sql")]
MART = yaml.safe_load(TEMPLATE[SQL.replace(".sql", ".yml")])
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCKS = {path.name for path in ROOT.glob("requirements*.lock")}


def test_the_template_has_all_that_a_mart_needs() -> None:
    """Its yml has the grain, a key that an increment can replace, described and typed columns, and a unit test."""
    [model], [unit_test] = MART["models"], MART["unit_tests"]
    assert model["name"] == unit_test["model"] == Path(SQL).stem
    assert model["description"].startswith("One row per hour, source and ")
    [key] = model["constraints"]
    assert (key["type"], key["columns"][:2]) == ("primary_key", ["hour_start", "source"])
    columns = [column["name"] for column in model["columns"]]
    assert all(column["data_type"] and column["description"].endswith(".") for column in model["columns"])
    assert set(key["columns"]) <= set(columns)
    assert all(list(row) == columns for row in unit_test["expect"]["rows"])
    assert f"- ref('{model['name']}')" in CONTRIBUTING
    assert f"| `{model['name']}` | {model['description'].removeprefix('One row per ').split('.')[0]} |" in CONTRIBUTING


def test_the_template_is_a_mart_of_its_own() -> None:
    """Following the recipe overwrites nothing."""
    assert not any((ROOT / name).exists() for name in TEMPLATE)


def test_every_folder_of_tests_is_described() -> None:
    """A contributor reads what each folder needs, and no removed folder is described."""
    table = CONTRIBUTING.split("## Tests")[1].split("| command |")[0]
    folders = {path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/**/test_*.py")}
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == folders


def test_hooks_download_nothing() -> None:
    """Every pre-commit hook is local and runs a tool of .venv."""
    assert [repository["repo"] for repository in HOOKS["repos"]] == ["local"]
    for hook in HOOKS["repos"][0]["hooks"]:
        assert hook["language"] == "system", hook["id"]
        assert hook["entry"].startswith(".venv/bin/"), hook["id"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read(path: Path) -> None:
    """It has the least permissions, a time limit per job, and one run per branch at a time."""
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert "concurrency" in workflow
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert "permissions" not in job


def test_every_lock_is_audited() -> None:
    """The weekly audit reads each lock file that is in the repository."""
    audit = yaml.safe_load((ROOT / ".github" / "workflows" / "audit.yml").read_text())
    assert set(audit["jobs"]["audit"]["strategy"]["matrix"]["lock"]) == LOCKS


def test_the_newest_release_in_the_changelog_is_this_one() -> None:
    """It is the version in pyproject.toml, with its date."""
    newest = re.findall(r"^## (?!Unreleased)(.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[0]
    assert re.fullmatch(rf"{re.escape(config.release())} - \d{{4}}-\d\d-\d\d", newest)


def test_citation_names_the_city() -> None:
    """The City of Chicago is the source of both data sets; the version stands in pyproject.toml alone."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert "version" not in citation
    assert {author["name"] for data in citation["references"] for author in data["authors"]} == {"City of Chicago"}
