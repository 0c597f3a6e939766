"""Setting up: `init-db` and `train` that are killed, and several instances on one server."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from job.store.connection import create_database
from tests.conftest import Server
from tests.faults.conftest import Jobs
from tests.faults.ledger import Contents, Tally, contents, running
from tests.faults.processes import Fault, small_batches
from tests.faults.test_kills import CODES
from tests.models import settings

SCHEMA = """
select md5(string_agg(part, e'\n' order by part)) from (
    select format('%s.%s.%s %s %s', table_schema, table_name, column_name, data_type, column_default)
    from information_schema.columns where table_schema in ('raw', 'staging', 'marts')
    union all
    select format('%s %s', oid::regclass, relacl) from pg_class where relnamespace = 'raw'::regnamespace
    union all
    select format('%s %s %s', oid::regprocedure, md5(prosrc), proacl) from pg_proc
    where pronamespace = 'raw'::regnamespace
    union all
    select migration_id from raw._yoyo_migration
) as parts (part)
"""
AT_ONCE = (
    (["dbt", "run"], ["dbt", "run"]),
    (["dbt", "run", "--full-refresh"], ["tick"]),
    (["tick"], ["dbt", "run", "--full-refresh"]),
)
MARTS = """
select
    (select count(*) from raw.ride_predictions) as scored,
    (select coalesce(sum(rides), 0) from marts.rides_per_interval) as in_marts,
    (select string_agg(distinct tableowner::text, ', ') from pg_tables where schemaname = 'marts') as owners
"""
PROMOTED = "select to_version from raw.model_promotions order by promoted_at desc, to_version desc limit 1"


def little_history() -> None:
    """Train in seconds: on two days, with few trees."""
    from job.commands import train
    from job.model import fit

    small_batches()
    train.HISTORY_DAYS = 2
    fit.FOREST["n_estimators"] = 3


@pytest.mark.rounds(2)
def test_kill_of_init_db(jobs: Jobs, tally: Tally, random: Random, rounds: int) -> None:
    """Running it again completes the schema."""
    jobs.environ["PGUSER"] = "postgres"
    jobs.create("template0")
    reference = jobs.good("init-db")
    with jobs.connected() as connection:
        expected = connection.execute(SCHEMA.encode()).fetchone()
    for _ in range(rounds):
        fault = Fault.drawn(random, reference.round_trips, reference.seconds)
        jobs.create("template0")
        ended = jobs("init-db", fault=fault)
        tally.tried += 1
        tally.require(ended.code in CODES and not ended.has_crashed, f"{fault}: {ended.code} {ended.error}")
        again = jobs("init-db")
        tally.require(again.code == 0, f"{fault}, again: {again.code} {again.error}")
        with jobs.connected() as connection:
            schema = connection.execute(SCHEMA.encode()).fetchone()
        tally.half_done += schema != expected
        tally.require(schema == expected, f"{fault}: another schema")


@pytest.mark.rounds(0.5)
def test_kill_of_train(jobs: Jobs, tally: Tally, random: Random, rounds: int) -> None:
    """Production is a version that loads, before and after another `train`, and the record of promotions names it."""
    jobs.prepare = little_history
    reference = jobs.good("train", "--promote")
    for _ in range(rounds):
        fault = Fault.drawn(random, reference.round_trips, reference.seconds)
        ended = jobs("train", "--promote", fault=fault)
        tally.tried += 1
        tally.require(ended.code in CODES and not ended.has_crashed, f"{fault}: {ended.code} {ended.error}")
        for command in (["score"], ["train", "--promote"], ["score"]):
            again = jobs(*command)
            tally.require(again.code == 0, f"{fault}, {command}: {again.code} {again.error}")
        with jobs.connected() as connection:
            tally.look_for_halves(connection, fault)
            tally.require(not running(connection), f"{fault}: a run is still running")
            promoted = connection.execute(PROMOTED).fetchone()
            used = connection.execute("select version from raw.models order by model_id desc limit 1").fetchone()
        tally.half_done += promoted != used
        tally.require(promoted == used, f"{fault}: {promoted} was promoted, {used} scores")


def instances(jobs: Jobs, turn: int = 0) -> list[Jobs]:
    """Three instances on one server, in new folders each turn: two share their roles, the third's have a prefix."""
    three = []
    for number, prefix in enumerate(["", "", "other_"]):
        environ = {"ROLE_PREFIX": prefix, "PGUSER": f"{prefix}taxi_writer"}
        folder = jobs.folder / f"{turn}_{number}"
        folder.mkdir()
        one = Jobs(jobs.server, folder, jobs.home, f"test_faults_{turn}_{number}", environ=environ)
        one.create("template0")
        three.append(one)
    return three


def at_once(several: list[Jobs], tally: Tally, *arguments: str, **environ: str) -> None:
    """Run a command in every instance at once."""
    for started in [one.start(*arguments, **environ) for one in several]:
        done = started.wait()
        tally.require(done.code == 0, f"{arguments}: {done.code} {done.error}")


@pytest.mark.rounds(0.2)
def test_instances_on_one_server(jobs: Jobs, tally: Tally, rounds: int) -> None:
    """They are set up at once and tick at once and in turn, and each holds what a single instance holds."""
    expected: Contents = {}
    for several in ([jobs], *(instances(jobs, turn) for turn in range(rounds))):
        tally.tried += 1
        at_once(several, tally, "init-db", PGUSER="postgres")
        at_once(several, tally, "tick")
        for one in several:
            one.stop_clock()
            at_once([one], tally, "tick")
            with one.connected() as connection:
                expected = expected or contents(connection)
                tally.look_for_halves(connection, one.name)
                tally.compare(expected, contents(connection), one.name)
            one.drop()


def with_marts() -> None:
    """Stop the clock, but let ticks refresh the marts."""
    from job.commands import dbt

    refresh = dbt.refresh
    small_batches()
    dbt.refresh = refresh


@pytest.mark.rounds(0.1)
@pytest.mark.timeout(900)
def test_marts_of_two_instances_on_one_server(jobs: Jobs, tally: Tally, rounds: int) -> None:
    """Refreshed and rebuilt at once, with one TAXI_HOME: each instance has the marts of its own rides and roles."""
    _, *two = instances(jobs)
    for number, one in enumerate(two, start=1):
        one.prepare = with_marts
        one.good("init-db", PGUSER="postgres")
        one.good("score", "--window", f"2026-03-02T10:00Z..2026-03-02T1{number}:00Z")
    for commands in AT_ONCE * rounds:
        tally.tried += 1
        for started in [one.start(*command) for one, command in zip(two, commands, strict=True)]:
            done = started.wait(limit=600)
            tally.require(done.code == 0, f"{commands}: {done.code} {done.error}")
        for one in two:
            with one.connected() as connection:
                tally.look_for_halves(connection, commands)
                scored, in_marts, owners = connection.execute(MARTS.encode()).fetchone() or (0, 0, "")
            tally.lost += in_marts < scored
            tally.doubled += in_marts > scored
            tally.require(in_marts == scored > 0, f"{commands}: {scored} rides, {in_marts} in the marts")
            tally.require(owners == f"{one.environ['ROLE_PREFIX']}taxi_dbt", f"{commands}: owned by {owners}")
    for one in two:
        one.drop()


def test_embedded_database_made_at_once(server: Server, tally: Tally, rounds: int) -> None:
    """Six sessions that create it at once, as first runs in one TAXI_HOME may, do not collide."""
    info = {"host": server.host, "port": server.port, "user": "postgres", "dbname": "test_at_once"}
    for _ in range(rounds):
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda _: create_database(settings(), info), range(6)))
        tally.tried += 1
        with server.connect() as admin:
            admin.execute("drop database test_at_once with (force)")
