"""`backtest`: two versions on the same past rides; the result is printed and kept in MLflow."""

import json
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlflow
import psycopg
import pytest

from job.config import MODEL_NAME
from job.registry.registry import Registry
from job.store.raw import rides
from tests.commands.conftest import API_CSV, Job, counts, forget_settings, in_a_process
from tests.models import register_constant, settings
from tests.servers import Server, created, created_template

TEMPLATE, CONSTANT = "template_scored", "2"

# Three hours on a Saturday, and one week later.
WEEKS = ("2026-01-31T20:00Z..2026-01-31T22:58Z", "2026-02-07T20:00Z..2026-02-07T22:58Z")
PERIOD = ("--from", "2026-01-31T08:00Z", "--to", "2026-02-14T08:00Z")
ELSEWHERE = {"first_start": "2025-01-01T00:00:00+00:00", "last_start": "2025-01-08T00:00:00+00:00"}
IMPLAUSIBLE = """
    (actual_duration <= 1 or actual_duration >= 180 or not trip_miles / actual_duration * 60 between 0.5 and 80)
"""
RIDES = f"""
select count(*), count(*) filter (where {IMPLAUSIBLE})
from raw.ride_predictions inner join raw.ride_outcomes using (trip_id)
where trip_start_timestamp >= %s and trip_start_timestamp < %s
"""


@pytest.fixture(scope="module")
def installation(server: Server, trained_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A TAXI_HOME, and a template of its database, with rides of two weeks and their outcomes.

    Version 1, in production, is a forest, and version 2 predicts 12 minutes. Both have learned from rides of another
    year.
    """
    home = tmp_path_factory.mktemp("scored")
    shutil.copy(trained_home / "mlflow.db", home)
    with created_template(server, TEMPLATE), pytest.MonkeyPatch.context() as patch:
        forget_settings(patch, home)
        patch.setenv("TAXI_HOME", str(home))
        patch.setenv("MLFLOW_TRACKING_URI", "")
        for window in WEEKS:
            assert in_a_process("score", "--window", window).code == 0
        assert in_a_process("observe").code == 0
        register_constant(mlflow.MlflowClient(settings().tracking_uri), 12.0)
        for version in ("1", CONSTANT):
            Registry(settings()).add_tags(version, ELSEWHERE)
    return home


@pytest.fixture
def database(
    server: Server, installation: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[psycopg.Connection]:
    """A copy of its database."""
    monkeypatch.setenv("TAXI_HOME", str(tmp_path / "home"))
    with created(server, monkeypatch, TEMPLATE) as connection:
        yield connection


@pytest.fixture
def scored(home: Path, installation: Path) -> str:
    """A copy of its TAXI_HOME; the candidate's version."""
    shutil.copytree(installation, home, dirs_exist_ok=True)
    return CONSTANT


def backtests() -> list[Any]:
    """The MLflow runs of backtests, newest first."""
    client = mlflow.MlflowClient(settings().tracking_uri)
    experiment = client.get_experiment_by_name("chicago-taxi-duration-backtests")
    return list(client.search_runs([experiment.experiment_id])) if experiment else []


def quoted(version: str) -> str | None:
    """The version's tag that quotes its newest backtest."""
    return Registry(settings()).tags(version).get("backtest")


def result(job: Job, *arguments: str) -> dict[str, Any]:
    """Run a backtest that succeeds with nothing but its log on stderr, and return its JSON."""
    done = job("backtest", *arguments, *PERIOD, "--json")
    assert (done.code, done.messages) == (0, [])
    return json.loads(done.out)  # type: ignore[no-any-return]


def test_a_worse_candidate_gets_the_verdict_worse(database: psycopg.Connection, scored: str, job: Job) -> None:
    """It is worse than the production version in each week and overall, and nothing is written to the database."""
    before = counts(database)
    done = job("backtest", scored, *PERIOD)
    assert (done.code, done.messages) == (0, [])
    assert re.search(r"^2026-01-31 02:00 .* worse\n2026-02-07 02:00 .* worse\n +all .* worse$", done.out, re.MULTILINE)
    assert "version 2: worse than version 1: mean error " in done.out
    assert "of 2 weeks better in 0, worse in 2" in done.out
    assert [event["verdict"] for event in done.named("backtest.completed")] == ["worse"]
    assert counts(database) == before


def test_a_better_candidate_gets_the_verdict_better(database: psycopg.Connection, scored: str, job: Job) -> None:
    """It is better than the version named with --against; both errors agree with the predictions in the database."""
    compared = result(job, "1", "--against", scored)
    assert [week["verdict"] for week in compared["weeks"]] == ["better", "better"]
    overall = compared["overall"]
    assert (overall["verdict"], overall["no_verdict_why"]) == ("better", None)
    assert overall["low"] < overall["candidate"]["mae"] - overall["champion"]["mae"] < overall["high"] < 0
    errors = database.execute(f"""
        select
            count(*), avg(abs(predicted_duration - actual_duration)), avg(predicted_duration - actual_duration),
            avg((actual_duration between static_low and static_high)::int)::float8,
            avg(abs(12 - actual_duration)), avg(12 - actual_duration)
        from raw.ride_predictions inner join raw.ride_outcomes using (trip_id)
        where not {IMPLAUSIBLE}
    """).fetchone()
    sides = [overall["rides"], *overall["candidate"].values(), *overall["champion"].values()]
    assert sides == [*map(pytest.approx, errors or ()), None]  # the constant has no band
    segments = compared["segments"]
    assert {segment["dimension"] for segment in segments} <= {"areas", "hour", "miles"}
    differences = [abs(segment["candidate"]["mae"] - segment["champion"]["mae"]) for segment in segments]
    assert differences == sorted(differences, reverse=True)
    assert min(segment["rides"] for segment in segments) >= 300


def test_a_backtest_is_kept_in_mlflow_and_quoted_by_promote(
    database: psycopg.Connection, scored: str, job: Job
) -> None:
    """It is a run with text, JSON and picture; the newest one replaces the one before in the version's tag."""
    job("backtest", scored, *PERIOD)
    (first,) = backtests()
    done = job("backtest", scored, *PERIOD)
    newest, _ = backtests()
    assert done.out.endswith(f"kept in MLflow as run {newest.info.run_id}\n")
    client = mlflow.MlflowClient(settings().tracking_uri)
    kept = {item.path for item in client.list_artifacts(newest.info.run_id)}
    assert kept == {"backtest.json", "backtest.png", "backtest.txt"}
    assert (newest.data.params["candidate"], newest.data.params["champion"]) == (scored, "1")
    assert newest.data.tags["verdict"] == "worse"
    assert newest.data.metrics.keys() == {
        "candidate_mae", "candidate_bias", "champion_mae", "champion_bias", "champion_coverage",
    }  # fmt: skip
    assert quoted(scored) == f"{newest.data.tags['why']}; MLflow run {newest.info.run_id}"
    assert first.info.run_id != newest.info.run_id
    assert job("promote", scored).out.endswith(f"its newest backtest: {quoted(scored)}\n")


@pytest.mark.parametrize("version", ["1", "2"])
def test_rides_that_either_version_learned_from_are_left_out(
    database: psycopg.Connection, scored: str, job: Job, version: str
) -> None:
    """They are counted, and so are those of implausible duration or speed; each ride is in one of the counts."""
    learned = {"first_start": "2026-01-31T20:00:00+00:00", "last_start": "2026-01-31T20:29:59+00:00"}
    Registry(settings()).add_tags(version, learned)
    database.execute(
        "update raw.ride_outcomes set actual_duration = 500 from raw.ride_predictions as rides "
        "where rides.trip_id = ride_outcomes.trip_id and extract(minute from trip_start_timestamp) in (10, 40)"
    )
    seen = database.execute(RIDES, ("2026-01-31T20:00Z", "2026-01-31T20:30Z")).fetchone()
    later = database.execute(RIDES, ("2026-01-31T20:30Z", "2026-02-01T00:00Z")).fetchone()
    second = database.execute(RIDES, ("2026-02-07T20:00Z", "2026-02-14T08:00Z")).fetchone()
    assert seen
    assert later
    assert second
    first, last = result(job, scored)["weeks"]
    assert (first["seen"], first["implausible"], first["rides"]) == (seen[0], later[1], later[0] - later[1])
    assert (last["seen"], last["implausible"], last["rides"]) == (0, second[1], second[0] - second[1])
    assert min(first["seen"], first["implausible"], last["implausible"]) > 10


def test_a_period_that_a_version_learned_from_is_counted_without_a_verdict(
    database: psycopg.Connection, scored: str, job: Job
) -> None:
    """No ride is left to compare on, and the result says so."""
    Registry(settings()).add_tags(scored, {"last_start": "2026-12-31T00:00:00+00:00"})
    overall = result(job, scored)["overall"]
    assert (overall["rides"], overall["seen"]) == (0, counts(database)["ride_outcomes"])
    assert (overall["verdict"], overall["no_verdict_why"]) == (None, "fewer than 300 rides")
    assert "no verdict against version 1: fewer than 300 rides" in job("backtest", scored, *PERIOD).out


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_version_that_does_not_say_what_it_learned_from_gets_no_verdict(
    database: psycopg.Connection, scored: str, job: Job, version: str
) -> None:
    """The errors are shown, with the reason."""
    mlflow.MlflowClient(settings().tracking_uri).delete_model_version_tag(MODEL_NAME, version, "last_start")
    compared = result(job, scored)
    periods = [*compared["weeks"], compared["overall"]]
    why = f"version {version} has no tags first_start and last_start, so it may have learned from these rides"
    assert {(period["verdict"], period["no_verdict_why"]) for period in periods} == {(None, why)}
    assert all(period["candidate"]["mae"] > 0 for period in periods)
    assert compared["why"] == f"no verdict against version 1: {why}"
    assert (quoted(scored) or "").startswith(compared["why"])


def test_the_result_does_not_depend_on_the_batches(
    database: psycopg.Connection, scored: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors and counts are the same to rounding, whatever the batch size; the interval hardly moves."""
    whole = result(job, scored)["overall"]
    monkeypatch.setattr(rides, "BATCH_RIDES", 37)
    parts = result(job, scored)["overall"]
    assert {name: parts[name] for name in ("rides", "seen", "implausible", "verdict")} == {
        name: whole[name] for name in ("rides", "seen", "implausible", "verdict")
    }
    for role in ("candidate", "champion"):
        assert parts[role] == {name: value and pytest.approx(value) for name, value in whole[role].items()}
    assert parts["low"] == pytest.approx(whole["low"], rel=0.1)
    assert parts["high"] == pytest.approx(whole["high"], rel=0.1)


def test_runs_go_on_during_a_backtest(
    database: psycopg.Connection, scored: str, job: Job, locked_by_another: psycopg.Connection
) -> None:
    """It neither takes nor waits for the lock."""
    assert result(job, scored)["overall"]["verdict"] == "worse"


def test_the_source_must_be_named_if_there_are_two(database: psycopg.Connection, scored: str, job: Job) -> None:
    """Rides of the simulator and the City are never compared together."""
    assert job("score", "--trips", API_CSV).code == 0
    long = ("--from", "2013-01-01", "--to", "2026-03-01")
    refused = job("backtest", scored, *long)
    assert (refused.code, refused.error) == (
        2, "there are rides of simulator and city in this period: choose one with --source",
    )  # fmt: skip
    city = job("backtest", scored, *long, "--source", "city", "--json")
    assert (city.code, json.loads(city.out)["overall"]["rides"]) == (0, 2)
    assert backtests()[0].data.params["source"] == "city"


@pytest.mark.parametrize(("source", "words"), [((), "any source"), (("--source", "city"), "the city")])
def test_a_period_without_known_durations_is_refused(
    database: psycopg.Connection, scored: str, job: Job, source: tuple[str, ...], words: str
) -> None:
    """The sentence names the source and the period, and no backtest is kept."""
    refused = job("backtest", scored, "--from", "2026-03-01", "--to", "2026-03-02", *source)
    assert refused.code == 1
    assert refused.error.startswith(f"no ride of {words} that started from 2026-03-01T06:00:00+00:00 until ")
    assert (refused.out, backtests()) == ("", [])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["two", *PERIOD], 2, "version 'two' cannot be used"),
        (["1", "--against", "two", *PERIOD], 2, "version 'two' cannot be used"),
        (["1", *PERIOD], 2, "version 1 would be compared with itself: name another version with --against"),
        (["99", *PERIOD], 1, "99"),
        (["1", "--against", "99", *PERIOD], 1, "99"),
        (["1", "--from", "today", "--to", "2026-01-31"], 2, "--from 'today' cannot be read"),
        (["1", "--from", "2026-01-31", "--to", "2026-01-31T06:00Z"], 2, "--to 2026-01-31T06:00Z is not after --from"),
    ],
)
def test_wrong_versions_and_periods_are_refused(
    database: psycopg.Connection, home: Path, job: Job, arguments: list[str], code: int, words: str
) -> None:
    """Each is one sentence, and no backtest is kept."""
    refused = job("backtest", *arguments)
    assert refused.code == code
    assert words in refused.error
    assert backtests() == []


def test_there_may_be_no_production_version(database: psycopg.Connection, home: Path, job: Job) -> None:
    """The sentence says how to name another version."""
    mlflow.MlflowClient(settings().tracking_uri).delete_registered_model_alias(MODEL_NAME, "production")
    refused = job("backtest", "1", *PERIOD)
    assert refused.code == 1
    assert "no production version to compare with: name another one with --against" in refused.error


@pytest.mark.parametrize("time", ["yesterday", "2026-01-31T08:00:00"])
def test_tags_that_are_not_times_are_refused(database: psycopg.Connection, scored: str, job: Job, time: str) -> None:
    """A person may have edited them: the sentence quotes the value."""
    Registry(settings()).add_tags(scored, {"first_start": time})
    refused = job("backtest", scored, *PERIOD)
    assert refused.code == 1
    assert "the tags first_start and last_start of a version must be times such as" in refused.error
    assert time in refused.error


INTERRUPTED = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background commands with SIGINT ignored
from {module} import {name}
original = {name}.{function}
def interrupted(*arguments, **named):
    os.kill(os.getpid(), {signal})
    return original(*arguments, **named)
{name}.{function} = interrupted
"""


@pytest.mark.parametrize(
    ("module", "name", "function", "statuses"),
    [("job.model", "tally", "by_week", []), ("job.model", "backtest_report", "picture", ["FAILED"])],
    ids=["while it compares", "while it is kept"],
)
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_backtest_is_not_quoted(
    database: psycopg.Connection, scored: str, sent: int, code: int, module: str, name: str, function: str,
    statuses: list[str],
) -> None:  # fmt: skip
    """It leaves no tag, and no run in MLflow that seems complete."""
    before = INTERRUPTED.format(module=module, name=name, function=function, signal=int(sent))
    ended = in_a_process("backtest", scored, *PERIOD, before=before)
    assert (ended.code, len(ended.messages)) == (code, 1)
    assert [run.info.status for run in backtests()] == statuses
    assert quoted(scored) is None


def test_the_result_is_printed_even_if_the_registry_goes_away(
    database: psycopg.Connection, scored: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result is printed before it is kept; the exit code is 1."""

    def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError("connection refused")

    monkeypatch.setattr(mlflow, "start_run", away)
    done = job("backtest", scored, *PERIOD)
    assert (done.code, quoted(scored)) == (1, None)
    assert "version 2: worse than version 1" in done.out
    assert "does not answer: connection refused" in done.error
