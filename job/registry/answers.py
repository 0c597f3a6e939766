"""What the embedded registry answered, kept beside its file for as long as that is unchanged.

MLflow's import takes longer than anything else in a run that has its model in the cache. The file is not read instead,
because its tables are MLflow's own and change with its versions.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from job.registry.client import Found, NoSuchModel


def resolve(registry: Path, model_uri: str, ask: Callable[[str], Found]) -> Found:
    """The version that a MODEL_URI names, as kept or as `ask` answers. Raises NoSuchModel, and what `ask` raises."""
    file = registry.with_name(f".{registry.name}.answers")
    state = _state(registry)  # before asking: a later change counts as not seen
    answers = _kept(file, state)
    if model_uri not in answers:
        try:
            answers[model_uri] = asdict(ask(model_uri))
        except NoSuchModel as error:
            answers[model_uri] = str(error)
        _keep(file, {"state": state, "answers": answers})
    answer = answers[model_uri]
    if isinstance(answer, str):
        raise NoSuchModel(answer)
    return Found(**answer)


def _state(registry: Path) -> list[list[int]]:
    """What changes with every write: also that of SQLite's write-ahead log, where somebody has switched it on."""
    state = []
    for path in (registry, registry.with_name(f"{registry.name}-wal")):
        with suppress(OSError):
            found = path.stat()
            state.append([found.st_ino, found.st_size, found.st_mtime_ns])
    return state


def _kept(file: Path, state: list[list[int]]) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return dict(kept["answers"]) if kept["state"] == state else {}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _keep(file: Path, kept: dict[str, Any]) -> None:
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):  # asking again costs only time
        partial.write_text(json.dumps(kept), encoding="utf-8")
        partial.replace(file)
