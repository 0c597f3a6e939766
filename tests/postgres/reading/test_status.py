"""The status of the job: raw.job_status, further facts, and the text that a person reads."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from job import config
from job.commands import init_db
from job.commands.status import described
from job.store.reading import health, status
from job.store.reading.health import Failure, LastDay, ServedModel
from job.store.store import Store
from tests.postgres.conftest import add_model, value

NOW = datetime(2026, 1, 31, 8, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WINDOW = timedelta(minutes=2)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SETTINGS = {"catch_up_hours": 1, "first_run_days": 1, "unhealthy_after_minutes": 10}


def add_run(database: psycopg.Connection, finished_at: datetime, status: str = "succeeded", **columns: object) -> int:
    """Insert a scoring run of one minute that ended then, with SETTINGS."""
    values = {
        "command": "score", "source": "simulator", "started_at": finished_at - MINUTE, "status": status,
        "finished_at": None if status == "running" else finished_at, "code_version": "test",
    } | SETTINGS | columns  # fmt: skip
    added = value(
        database,
        f"insert into raw.runs ({', '.join(values)}) values ({', '.join(['%s'] * len(values))}) returning run_id",
        *values.values(),
    )
    assert isinstance(added, int)
    return added


def add_windows(database: psycopg.Connection, run_id: int, first: datetime, last: datetime) -> None:
    """Insert the windows from `first` to `last` into the ledger."""
    database.execute(
        "insert into raw.windows select start, %s, 1 from generate_series(%s, %s, interval '2 minutes') as start",
        [run_id, first, last],
    )


def last_success(database: psycopg.Connection, now: datetime = NOW) -> datetime | None:
    """The last success that counts."""
    return health.job_status(database, now).last_success_at


def test_before_the_first_run_everything_is_empty(writer: psycopg.Connection) -> None:
    """The job is unhealthy, since nothing has succeeded; the windows of the first days are owed."""
    assert status.gather(writer, NOW) == status.Status(
        healthy=False, unhealthy_after_minutes=10, last_success=None, last_success_age_minutes=None,
        last_marts_refresh=None, catch_up_hours=24, windows_owed=14 * 720 - 1, windows_skipped=0, feeds=[],
        last_24_hours=LastDay(0, 0, 0, 0, 0), model=None, last_failure=None, quality=None, alerts=None, why=[],
        warnings=[],
    )  # fmt: skip


def test_before_the_first_run_the_settings_are_those_of_init_db(
    writer: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Running init-db again with other settings replaces them; those of a run take precedence from then on."""
    for name, setting in {"CATCH_UP_HOURS": "2", "FIRST_RUN_DAYS": "1", "UNHEALTHY_AFTER": "3.5"}.items():
        monkeypatch.setenv(name, setting)
    with monkeypatch.context() as patch:
        patch.setenv("PGUSER", "postgres")
        init_db.execute(Store(config.parse(os.environ), {}))
    found = health.job_status(writer, NOW)
    assert (found.catch_up_hours, found.unhealthy_after_minutes, found.windows_owed) == (2, 3.5, 719)
    add_run(writer, NOW - 5 * MINUTE)
    found = health.job_status(writer, NOW)
    assert (found.catch_up_hours, found.unhealthy_after_minutes, found.is_healthy) == (1, 10, True)


def test_the_settings_are_those_of_the_last_run(writer: psycopg.Connection) -> None:
    """Any command counts, even while it runs; runs from before settings were recorded do not."""
    add_run(writer, NOW - 5 * MINUTE)
    add_run(writer, NOW, "running", command="dbt", catch_up_hours=3, unhealthy_after_minutes=4)
    add_run(writer, NOW, catch_up_hours=None, first_run_days=None, unhealthy_after_minutes=None, source="city")
    found = health.job_status(writer, NOW + 5 * MINUTE)
    assert (found.catch_up_hours, found.unhealthy_after_minutes, found.is_healthy) == (3, 4, False)


def test_the_environment_of_the_reader_does_not_matter(
    writer: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people with different settings read the same status."""
    add_run(writer, NOW - 5 * MINUTE, windows=1)
    found = []
    for hours, minutes in (("1", "10"), ("0", "1"), ("72", "10000")):
        monkeypatch.setenv("CATCH_UP_HOURS", hours)
        monkeypatch.setenv("UNHEALTHY_AFTER", minutes)
        with Store(config.parse(os.environ), {}).reading() as reading:
            found.append(status.gather(reading, NOW))
    assert found[0] == found[1] == found[2]
    assert (found[0].healthy, found[0].catch_up_hours) == (True, 1)


@pytest.mark.parametrize(
    ("age", "healthy"),
    [
        (timedelta(0), True),
        (10 * MINUTE, True),
        (10 * MINUTE + timedelta(seconds=1), False),
        (timedelta(days=9), False),
    ],
)
def test_the_job_is_healthy_for_unhealthy_after_minutes(
    writer: psycopg.Connection, age: timedelta, healthy: bool
) -> None:
    """It is healthy up to and including that many minutes after a success."""
    add_run(writer, NOW - age)
    found = status.gather(writer, NOW)
    assert (found.healthy, found.last_success) == (healthy, NOW - age)


def test_only_a_scoring_run_that_succeeded_makes_the_job_healthy(writer: psycopg.Connection) -> None:
    """A refresh, a failed run or a run under way does not."""
    add_run(writer, NOW - 60 * MINUTE)
    add_run(writer, NOW - 3 * MINUTE, command="dbt")
    add_run(writer, NOW - 2 * MINUTE, "failed", error="no")
    add_run(writer, NOW - MINUTE, "running")
    found = status.gather(writer, NOW)
    assert (found.healthy, found.last_success_age_minutes) == (False, 60.0)
    assert found.last_marts_refresh == NOW - 3 * MINUTE


def test_the_last_success_is_the_run_that_ended_last(writer: psycopg.Connection) -> None:
    """This may differ from the run that started last."""
    add_run(writer, NOW - MINUTE, started_at=NOW - 60 * MINUTE)
    add_run(writer, NOW - 5 * MINUTE)
    assert last_success(writer) == NOW - MINUTE
    assert health.last_refreshed(writer) is None


def test_records_scored_by_hand_do_not_hide_a_dead_schedule(writer: psycopg.Connection) -> None:
    """If windows were scored within a day, only their runs count; otherwise any scoring run does."""
    add_run(writer, NOW, source="city")
    assert last_success(writer) == NOW
    add_run(writer, NOW - 60 * MINUTE)
    assert last_success(writer) == NOW - 60 * MINUTE
    assert last_success(writer, NOW + timedelta(days=1)) == NOW


def test_without_windows_to_score_any_scoring_run_counts(writer: psycopg.Connection) -> None:
    """With CATCH_UP_HOURS=0 nothing is owed or skipped, and an earlier window does not hide scored records."""
    add_run(writer, NOW - timedelta(hours=3), windows=719)
    add_run(writer, NOW - 2 * MINUTE, source="city", catch_up_hours=0)
    found = status.gather(writer, NOW)
    assert (found.healthy, found.windows_owed, found.windows_skipped) == (True, 0, 0)
    assert found.last_success == NOW - 2 * MINUTE


def test_owed_and_skipped_windows_follow_from_the_ledger(writer: psycopg.Connection) -> None:
    """The windows of the last hour are owed; those of the two hours before are skipped."""
    first = add_run(writer, NOW - timedelta(hours=3), started_at=NOW - timedelta(hours=3), windows=719)
    add_windows(writer, first, datetime(2026, 1, 30, 5, 4, tzinfo=UTC), datetime(2026, 1, 31, 5, 0, tzinfo=UTC))
    found = health.job_status(writer, NOW)
    assert (found.windows_owed, found.windows_skipped) == (29, 61)
    assert found.oldest_owed == datetime(2026, 1, 31, 7, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Ledger:
    """A random history: when runs that scored windows started, which windows were scored, and the settings."""

    as_of: datetime
    runs: list[datetime]
    scored: set[datetime]
    catch_up_hours: int
    first_run_days: int

    @classmethod
    def drawn(cls, seed: int) -> "Ledger":
        draw = random.Random(seed)
        newest = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)

        def instant(days: float) -> datetime:
            """Any instant within this many days before the newest, often the exact end of a window."""
            at = newest - timedelta(days=draw.uniform(0, days))
            return at - (at - EPOCH) % WINDOW if draw.random() < 0.5 else at

        days = draw.choice([0.1, 1, 4])
        density = draw.choice([0, 0.5, 0.9, 1])
        around = [newest + number * WINDOW for number in range(-720 * 6, 30)]
        return cls(
            as_of=draw.choice([newest, newest + timedelta(microseconds=draw.randrange(120_000_000))]),
            runs=[instant(days) for _ in range(draw.choice([0, 1, 3]))],
            scored={start for start in around if draw.random() < density},
            catch_up_hours=draw.choice([0, 1, 5, 24, 48]),
            first_run_days=draw.choice([1, 2]),
        )

    def add_to(self, database: psycopg.Connection) -> None:
        settings = {"catch_up_hours": self.catch_up_hours, "first_run_days": self.first_run_days}
        for started_at in self.runs:
            add_run(database, started_at + MINUTE, windows=1, **settings)
        # Runs that are not the first one, however early: of the City's records, and without a window.
        early = self.as_of - timedelta(days=5)
        add_run(database, early, source="city", **settings)
        last = add_run(database, early, **settings)
        database.execute("insert into raw.windows select unnest(%s::timestamptz[]), %s, 1", [sorted(self.scored), last])

    def unscored(self) -> Iterator[datetime]:
        """Every closed window of the last ten days that was not scored, the newest first."""
        start = self.as_of - (self.as_of - EPOCH) % WINDOW
        for _ in range(720 * 10):
            start -= WINDOW
            if start not in self.scored:
                yield start

    def is_owed(self, start: datetime) -> bool:
        """Whether the window must be scored: within the hours to catch up, or one of the first days."""
        first_run = min(self.runs, default=self.as_of)
        is_recent = start > self.as_of - timedelta(hours=self.catch_up_hours)
        is_of_first_days = first_run - timedelta(days=self.first_run_days) < start <= first_run - WINDOW
        return self.catch_up_hours > 0 and (is_recent or is_of_first_days)

    def is_skipped(self, start: datetime) -> bool:
        """Whether the window closed after the first run started, and is too old to be owed."""
        is_since_first_run = bool(self.runs) and start + WINDOW > min(self.runs)
        return self.catch_up_hours > 0 and is_since_first_run and not self.is_owed(start)


def test_owed_and_skipped_windows_are_counted_as_by_hand(database: psycopg.Connection) -> None:
    """For random ledgers the SQL functions agree with a count of each single window."""
    outcomes = set()
    for seed in range(30):
        ledger = Ledger.drawn(seed)
        unscored = list(ledger.unscored())
        owed = sorted(filter(ledger.is_owed, unscored))
        skipped = sum(map(ledger.is_skipped, unscored))
        with database.transaction(force_rollback=True):
            ledger.add_to(database)
            found = health.job_status(database, ledger.as_of)
            arguments = (ledger.as_of, ledger.catch_up_hours, ledger.first_run_days)
            starts = [start for (start,) in database.execute("select raw.owed_windows(%s, %s, %s)", arguments)]
        assert starts == owed, seed
        assert (found.windows_owed, found.oldest_owed) == (len(owed), min(owed, default=None)), seed
        assert found.windows_skipped == skipped, seed
        outcomes.add((bool(owed), bool(skipped)))
    assert outcomes >= {(False, False), (True, False), (True, True)}


def test_the_last_failure_is_of_any_command(writer: psycopg.Connection) -> None:
    """A later success does not hide it."""
    assert health.last_failure(writer) is None
    add_run(writer, NOW - 9 * MINUTE, "failed", error="older")
    run_id = add_run(writer, NOW - 5 * MINUTE, "failed", command="dbt", error="dbt run ended with exit code 1")
    add_run(writer, NOW)
    assert health.last_failure(writer) == Failure(run_id, "dbt", NOW - 5 * MINUTE, "dbt run ended with exit code 1")


def test_a_command_is_failing_until_it_succeeds(writer: psycopg.Connection) -> None:
    """The latest run of each command within a day decides."""
    add_run(writer, NOW - 9 * MINUTE, "failed", error="older")
    dbt = add_run(writer, NOW - 5 * MINUTE, "failed", command="dbt", error="exit code 1")
    add_run(writer, NOW - timedelta(days=1), "failed", command="observe", error="yesterday's")
    add_run(writer, NOW - MINUTE)
    add_run(writer, NOW, "running", command="dbt")
    assert health.failing(writer, NOW) == [Failure(dbt, "dbt", NOW - 5 * MINUTE, "exit code 1")]


def test_the_model_is_stale_since_the_first_run_without_the_registry(writer: psycopg.Connection) -> None:
    """A scoring run that reached the registry ends the outage; a failed run does not matter."""
    assert health.stale_since(writer) is None
    add_run(writer, NOW - 9 * MINUTE, model_stale=True)
    add_run(writer, NOW - 8 * MINUTE)
    assert health.stale_since(writer) is None
    add_run(writer, NOW - 5 * MINUTE, model_stale=True)
    add_run(writer, NOW - 4 * MINUTE, "failed", error="no")
    add_run(writer, NOW - 3 * MINUTE, model_stale=True)
    assert health.stale_since(writer) == NOW - 5 * MINUTE


def test_the_error_of_the_challenger_is_that_of_the_latest_scoring(writer: psycopg.Connection) -> None:
    """It is gone once the challenger scores again."""
    assert health.challenger_error(writer) is None
    add_run(writer, NOW - 2 * MINUTE, challenger_error="it is a pickle")
    add_run(writer, NOW, command="dbt")
    assert health.challenger_error(writer) == "it is a pickle"
    add_run(writer, NOW - MINUTE)
    assert health.challenger_error(writer) is None


def test_the_model_is_that_of_the_latest_success(writer: psycopg.Connection, database: psycopg.Connection) -> None:
    """It has its validation error and whether it was stale; failed runs and rescorings do not count."""
    first, second = add_model(database), add_model(database)
    database.execute("update raw.models set version = '2', metrics = '{}' where model_id = %s", [second])
    add_run(writer, NOW - 9 * MINUTE, model_id=first)
    add_run(writer, NOW - 5 * MINUTE, "failed", model_id=second)
    add_run(writer, NOW - 4 * MINUTE, command="rescore", source=None, model_id=second)
    add_run(writer, NOW, command="dbt", source=None)
    assert health.served_model(writer) == ServedModel("taxi", "1", stale=False, mae=3.5, promoted_since=None)
    add_run(writer, NOW, model_id=second, model_stale=True)
    assert health.served_model(writer) == ServedModel("taxi", "2", stale=True, mae=None, promoted_since=None)


def test_a_promotion_since_the_latest_success_is_shown(
    writer: psycopg.Connection, database: psycopg.Connection
) -> None:
    """The newest promotion of the same model is shown, unless it is to the version that scored."""
    add_run(writer, NOW, model_id=add_model(database))
    promote = "insert into raw.model_promotions (promoted_at, name, to_version, why) values (%s, %s, %s, 'test')"
    for after, name, version, shown in [
        (-MINUTE, "taxi", "2", None), (MINUTE, "other", "9", None), (MINUTE, "taxi", "3", "3"),
        (2 * MINUTE, "taxi", "1", None),
    ]:  # fmt: skip
        writer.execute(promote, [NOW + after, name, version])
        found = health.served_model(writer)
        assert found
        assert found.promoted_since == shown


def test_the_last_day_sums_the_runs_that_started_within_it(writer: psycopg.Connection) -> None:
    """Runs of all commands count, even failed ones with their committed batches, but not rescorings."""
    day = timedelta(days=1)
    add_run(writer, NOW, started_at=NOW - day, records_read=1000, rides_scored=1000)
    add_run(writer, NOW, "failed", started_at=NOW - 2 * day)
    add_run(writer, NOW, records_read=6, rides_scored=3, rides_known=2, records_rejected=1)
    add_run(writer, NOW, "failed", records_read=4, rides_scored=3, records_rejected=1)
    add_run(writer, NOW, "failed", command="dbt")
    add_run(writer, NOW, command="rescore", source=None, records_read=9, rides_scored=9)
    assert health.last_day(writer, NOW) == LastDay(10, 6, 2, 2, 2)


def test_a_person_reads_the_status_line_by_line(writer: psycopg.Connection, database: psycopg.Connection) -> None:
    """Each fact has a label, and a missing one is explained."""
    empty = described(status.gather(writer, NOW), "here")
    assert "UNHEALTHY: no success within 10 minutes" in empty
    assert "none has scored yet" in empty
    assert "windows:         10,079 owed; none was skipped\n" in empty
    run_id = add_run(writer, NOW - 5 * MINUTE, "failed", error="the registry is away")
    add_run(writer, NOW - MINUTE, model_id=add_model(database), model_stale=True, records_read=1234, rides_scored=1234)
    writer.execute("insert into raw.model_promotions (name, to_version, why) values ('taxi', '2', 'better')")
    full = described(status.gather(writer, NOW), "here")
    assert "health:          healthy" in full
    assert "last success:    2026-01-31 08:01:03 UTC" in full
    assert "1,234 rides scored" in full
    assert "taxi version 1 (3.50 min off on average when validated), from the cache: the registry gave no" in full
    assert "no model that loads; since then version 2 was promoted\n" in full
    assert f"2026-01-31 07:57:03 UTC, run {run_id} (score): the registry is away" in full
    assert "quality:         unknown: the mart prediction_quality cannot be read" in full
    assert "alerts:          unknown: the mart alerts_by_day cannot be read" in full
    assert "warning:" not in full
    add_run(writer, NOW, "failed", command="dbt", error="exit code 1", unhealthy_after_minutes=2.5)
    warned = described(status.gather(writer, NOW + 3 * MINUTE), "here")
    assert "warning:         `dbt` failed when it last ran (run 3): exit code 1" in warned
    assert "UNHEALTHY: no success within 2.5 minutes" in warned
    assert "None" not in empty + full + warned


def test_a_person_reads_how_old_skipped_windows_are(writer: psycopg.Connection) -> None:
    """Their age limit is that of the last run's settings."""
    add_run(writer, NOW - timedelta(hours=3), started_at=NOW - timedelta(hours=3), windows=1, catch_up_hours=2)
    assert "31 skipped, since they are over 2 h old" in described(status.gather(writer, NOW), "here")
