"""Keeps the answers of the embedded registry in a file next to it, which is valid until the registry changes.

MLflow's import takes longer than anything else in a run that has its model in the cache. The registry's own file is not
read instead, because its tables are MLflow's and change with its versions.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from job.registry.client import NoSuchModel, Version

Answer = Version | str  # a version, or why there is none


def resolve(registry: Path, model_uri: str, ask: Callable[[str], Version]) -> Version:
    """The version that a MODEL_URI names, as kept or as `ask` answers. Raises NoSuchModel, and what `ask` raises."""
    file = registry.with_name(f".{registry.name}.answers")
    state = _state(registry)  # before asking, so that a change during the question is noticed
    answers = _kept(file, state)
    if model_uri not in answers:
        try:
            answers[model_uri] = ask(model_uri)
        except NoSuchModel as error:
            answers[model_uri] = str(error)
        _keep(file, state, answers)
    answer = answers[model_uri]
    if isinstance(answer, str):
        raise NoSuchModel(answer)
    return answer


def _state(registry: Path) -> list[list[int]]:
    """What changes with every write to the file, or to SQLite's write-ahead log if somebody has switched it on."""
    state = []
    for path in (registry, registry.with_name(f"{registry.name}-wal")):
        with suppress(OSError):
            stat = path.stat()
            state.append([stat.st_ino, stat.st_size, stat.st_mtime_ns])
    return state


def _kept(file: Path, state: list[list[int]]) -> dict[str, Answer]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["state"] != state:
            return {}
        return {uri: given if isinstance(given, str) else Version(**given) for uri, given in kept["answers"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _keep(file: Path, state: list[list[int]], answers: dict[str, Answer]) -> None:
    written = {uri: answer if isinstance(answer, str) else asdict(answer) for uri, answer in answers.items()}
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):  # asking again costs only time
        partial.write_text(json.dumps({"state": state, "answers": written}), encoding="utf-8")
        partial.replace(file)
