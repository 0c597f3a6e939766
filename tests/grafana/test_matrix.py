"""docs/dashboards.md, the dashboards' files and dbt's exposures agree on which panel reads which columns."""

import re

import pytest
import yaml

from tests.grafana.dashboards import DASHBOARDS, GRAFANA, dashboard, queries, rules

MARTS = GRAFANA.parent / "dbt_project" / "models" / "marts"
DOCUMENT = (GRAFANA.parent / "docs" / "dashboards.md").read_text()
BOARDS = {path.stem: dashboard(path)["title"] for path in DASHBOARDS}
# The columns of each mart, from its contract.
COLUMNS = {
    model["name"]: {column["name"] for column in model["columns"]}
    for path in sorted(MARTS.glob("*/*.yml"))
    for model in yaml.load(path.read_text(), yaml.CSafeLoader).get("models", [])
}
NO_COLUMNS = r"'[^']*'|\"[^\"]*\"|\$\w+|marts\.\w+"
Matrix = dict[str, list[tuple[str, str, list[str]]]]


def in_the_files() -> Matrix:
    """For each dashboard's title: panel, mart and columns of every query; once for queries that read the same."""
    matrix: Matrix = {title: [] for title in [*BOARDS.values(), "Alerts"]}
    titles = {f"alert {rule['uid']}": rule["title"] for rule in rules()}
    for query in queries():
        board, _, name = query.where.partition(": ")
        words = set(re.findall(r"[a-z0-9_]+", re.sub(NO_COLUMNS, " ", query.sql)))
        section = "Alerts" if query.form == "alert" else BOARDS[board]
        title = titles.get(query.where, re.sub(" [A-Z]$", "", name))
        for mart in re.findall(r"(?:from|join) marts\.(\w+)", query.sql):
            row = (title, mart, sorted(words & COLUMNS[mart]))
            matrix[section] += [row] if row not in matrix[section] else []
    return matrix


def documented() -> Matrix:
    """The same, from the tables in docs/dashboards.md."""
    matrix: Matrix = {}
    for section in re.split(r"^## ", DOCUMENT, flags=re.MULTILINE)[1:]:
        rows = re.findall(r"^\| ([^|]+) \| `(\w+)` \| ([^|]+) \|$", section, re.MULTILINE)
        if rows:
            matrix[section.splitlines()[0]] = [
                (title, mart, re.findall(r"`(\w+)`", columns)) for title, mart, columns in rows
            ]
    return matrix


@pytest.mark.parametrize("section", [*BOARDS.values(), "Alerts"])
def test_the_document_has_every_panel_with_its_columns(section: str) -> None:
    """It lists each panel, variable and annotation in the file's order, and each alert, and nothing else."""
    assert documented()[section] == in_the_files()[section]


def test_exposures_depend_on_the_marts_of_their_dashboards() -> None:
    """Each exposure depends on exactly the marts that its dashboard reads."""
    exposures = yaml.safe_load((MARTS / "exposures.yml").read_text())["exposures"]
    declared = {item["label"]: set(re.findall(r"ref\('(\w+)'\)", " ".join(item["depends_on"]))) for item in exposures}
    read = {title: {mart for _, mart, _ in rows} for title, rows in in_the_files().items() if title != "Alerts"}
    assert declared == read
