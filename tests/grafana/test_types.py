"""The dashboards' JSON against the types of the Grafana that compose starts: `@grafana/schema` and TypeScript from npm.

Skipped where npm or its registry is not available.
"""

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.grafana.dashboards import DASHBOARDS, GRAFANA, dashboard

COMPOSE = yaml.safe_load((GRAFANA.parent / "docker-compose.yml").read_text())
VERSION = COMPOSE["services"]["grafana"]["image"].removeprefix("grafana/grafana:")
TYPESCRIPT = "5.9.3"
PANELS = ("barchart", "stat", "table", "timeseries", "xychart")
# Properties of a query and of a variable that the PostgreSQL plugin defines.
OWN = {"definition", "editorMode", "format", "rawQuery", "rawSql"}
# An option of fields since Grafana 10.2 that only the types of schema v2 have.
OWN |= {"fieldMinMax"}
# JSON has no enums, and Grafana fills in the options that a panel leaves out.
HEADER = """\
import type { Dashboard, FieldConfig } from "@grafana/schema";
type Plain<T> = T extends string ? `${T}` : T extends (infer I)[] ? Plain<I>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type Given<T> = Plain<Partial<T>>;
"""
IMPORT = 'import type * as {0} from "@grafana/schema/dist/types/raw/composable/{0}/panelcfg/x/types.gen";\n'
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext"]
OPTIONS += ["--moduleResolution", "node10"]  # the types of panels are not among the package's exports


@pytest.fixture(scope="module")
def packages(request: pytest.FixtureRequest) -> Path:
    """A folder of pytest's cache with the packages of exactly these versions."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = request.config.cache.mkdir(f"grafana-schema-{VERSION}")
    install = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", "--prefer-offline"]
    bounded = ["--fetch-retries=0", "--fetch-timeout=20000"]
    versions = [f"@grafana/schema@{VERSION}", f"typescript@{TYPESCRIPT}"]
    (folder / "package.json").write_text('{"private": true}')
    done = subprocess.run(
        [*install, *bounded, *versions], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    if "ETARGET" in done.stderr:
        pytest.fail(f"the registry has no such version: {done.stderr}")
    if done.returncode:
        pytest.skip(f"npm cannot install {' and '.join(versions)}: {done.stderr.strip().splitlines()[:2]}")
    return folder


def declarations(board: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Types and the values that must have them.

    A panel's options and custom field options depend on its kind, and a dashboard's own type lets anything pass there.
    Each property of an override is checked as the field option that it sets.
    """
    yield "Plain<Dashboard>", without_own(board)
    for panel in board["panels"]:
        kind, fields = panel["type"], panel["fieldConfig"]
        yield f"Given<{kind}.Options>", panel["options"]
        changed = [change for override in fields["overrides"] for change in override["properties"]]
        configs = [fields["defaults"], *(nested(change["id"].split("."), change["value"]) for change in changed)]
        for config in configs:
            custom = config.get("custom", {})
            yield "Given<FieldConfig>", without_own({name: value for name, value in config.items() if name != "custom"})
            yield f"Given<{kind}.FieldConfig>" if kind != "stat" else "Record<string, never>", custom


def without_own(value: Any) -> Any:
    """The value without the properties that the types of `@grafana/schema` lack."""
    if isinstance(value, dict):
        return {name: without_own(below) for name, below in value.items() if name not in OWN}
    return [without_own(item) for item in value] if isinstance(value, list) else value


def nested(path: list[str], value: object) -> dict[str, Any]:
    """A value under its path, as in {"custom": {"width": 90}}."""
    return {path[0]: value if len(path) == 1 else nested(path[1:], value)}


def mistakes(boards: list[dict[str, Any]], packages: Path) -> list[str]:
    """What the compiler says about the dashboards."""
    typed = enumerate(itertools.chain.from_iterable(map(declarations, boards)))
    values = (f"const value{number}: {kind} = {json.dumps(value)};\n" for number, (kind, value) in typed)
    source = packages / "dashboards.ts"
    source.write_text(HEADER + "".join(map(IMPORT.format, PANELS)) + "".join(values))
    compiler = packages / "node_modules" / ".bin" / "tsc"
    done = subprocess.run(
        [compiler, *OPTIONS, source], cwd=packages, capture_output=True, text=True, check=False, timeout=120
    )
    return re.findall(r"error TS\d+: (.*)", done.stdout + done.stderr)


def test_dashboards_have_the_types_of_their_grafana(packages: Path) -> None:
    """Every property exists in this version and has a valid value."""
    assert mistakes([dashboard(path) for path in DASHBOARDS], packages) == []


def test_unknown_and_invalid_properties_are_found(packages: Path) -> None:
    """Those of the dashboard, of a panel's options, of its fields and of an override, each once."""
    board = dashboard(GRAFANA / "dashboards" / "rides.json")
    table = next(panel for panel in board["panels"] if panel["type"] == "table")
    table["options"]["footer"] = {"show": False}  # moved to the fields in Grafana 12.2
    table["fieldConfig"]["defaults"]["custom"]["align"] = "middle"
    table["fieldConfig"]["overrides"] = [
        {
            "matcher": {"id": "byName", "options": "rides"},
            "properties": [{"id": "custom.width", "value": "wide"}, {"id": "unitt", "value": "m"}],
        }
    ]
    board["refreshed"] = "1m"
    found = mistakes([board], packages)
    words = ["refreshed", "footer", "middle", "'string' is not assignable to type 'number'", "unitt"]
    assert [word for word in words if sum(word in mistake for mistake in found) != 1] == []
    assert len(found) == len(words)
