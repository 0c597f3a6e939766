"""The large packages that commands and dbt import, for the process from which they are forked (tests/forks.py)."""

import functools
import gc
import json
import tempfile
from pathlib import Path
from types import CodeType
from typing import Any

import dbt.adapters.postgres
import dbt.cli.main
import distributed.nanny  # noqa: F401
import matplotlib.figure  # noqa: F401
import mlflow.artifacts
import mlflow.sklearn
import mlflow.store.model_registry.sqlalchemy_store
import mlflow.store.tracking.sqlalchemy_store  # noqa: F401
import parsedatetime
import pyarrow.csv
import pyarrow.parquet  # noqa: F401
import sklearn.ensemble  # noqa: F401
from dbt_common.behavior_flags import BehaviorFlagRendered
from dbt_common.clients.jinja import MacroFuzzEnvironment, get_template, template_cache
from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import get_event_manager

from job.commands import backtest, init_db, observe, promote, replay, rescore, score, simulate, tick, train  # noqa: F401
from job.registry import isolated, lookup, tracking  # noqa: F401
from tests import forks

MACROS = forks.ROOT / "dbt_project" / "macros"
PROJECT = {
    "dbt_project.yml": f"{{name: small, profile: small, macro-paths: [{json.dumps(str(MACROS))}]}}",
    "profiles.yml": """{small: {target: small, outputs: {small: {
        type: postgres, host: none, user: none, password: none, port: 1, dbname: none, schema: none}}}}""",
    "models/one.sql": "select 1 as one",
    "models/one.yml": """{
        sources: [{name: raw, tables: [{name: one, columns: [{name: one, data_tests: [not_null]}]}]}],
        models: [{name: one, columns: [{name: one, data_tests: [not_null]}]}],
        unit_tests: [{name: one_is_one, model: one, given: [], expect: {rows: [{one: 1}]}}],
        exposures: [{name: page, type: dashboard, owner: {name: none}, depends_on: ["ref('one')"]}]}""",
}
FLAGS = (
    "--quiet", "--no-write-json", "--log-level-file=none", "--no-send-anonymous-usage-stats",
    "--no-static-parser",  # it starts threads, which no fork would have
)  # fmt: skip


def shorten_runs() -> None:
    """Leave out the work of dbt that no test looks at, or that gives the same result each time.

    dbt searches all imported modules for the one in which each behavior flag is defined. It composes messages for
    debugging before it drops them. For the result of each query it makes a new parser of dates, and it compiles a
    template each time that it renders one.
    """
    BehaviorFlagRendered._default_source = staticmethod(lambda: "")
    parsedatetime.Constants = functools.cache(parsedatetime.Constants)
    make, fire, compile_template = BaseEvent.__init__, EventManager.fire_event, MacroFuzzEnvironment.compile
    compiled: dict[tuple[type[MacroFuzzEnvironment], str], CodeType] = {}

    def make_unless_dropped(event: BaseEvent, *others: Any, **named: Any) -> None:
        if not isinstance(event, DebugLevel) or _debug_is_logged():
            make(event, *others, **named)

    def fire_unless_dropped(
        manager: EventManager, event: BaseEvent, level: EventLevel | None = None, *others: Any, **named: Any
    ) -> None:
        if (level or event.level_tag()) != EventLevel.DEBUG or _debug_is_logged():
            fire(manager, event, level, *others, **named)

    def compile_once(environment: MacroFuzzEnvironment, source: str) -> CodeType:
        kind = (type(environment), source)
        if kind not in compiled:
            compiled[kind] = compile_template(environment, source)
        return compiled[kind]

    BaseEvent.__init__, EventManager.fire_event = make_unless_dropped, fire_unless_dropped
    MacroFuzzEnvironment.compile = compile_once


def _debug_is_logged() -> bool:
    return any(logger.level == EventLevel.DEBUG for logger in get_event_manager().loggers)


def warm_up() -> None:
    """Let dbt parse a small project, read what it has parsed, and compile all macros and models.

    dbt generates most of its code for reading and writing when it first needs it, which each fork would do again.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, text in PROJECT.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        for _ in range(2):
            places = [f"--{place}={folder}" for place in ("project-dir", "profiles-dir", "target-path", "log-path")]
            parsed = dbt.cli.main.dbtRunner().invoke([*FLAGS, "parse", *places])
            assert parsed.success, parsed.exception
    for macro in parsed.result.macros.values():
        template_cache.get_node_template(macro)
    for path in (forks.ROOT / "dbt_project" / "models").rglob("*.sql"):
        get_template(path.read_text().strip(), {})


shorten_runs()
warm_up()
gc.freeze()  # no fork need look at these objects again
