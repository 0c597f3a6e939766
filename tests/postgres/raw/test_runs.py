"""The record of each run: started, completed, failed, abandoned, and never one that does not add up."""

import psycopg
import pytest
from psycopg.rows import dict_row

from job.config import Config
from job.errors import JobError
from job.store.raw import runs
from job.store.raw.runs import Figures
from tests.postgres.conftest import add_model, value


def record(database: psycopg.Connection) -> dict[str, object]:
    """The one run's record."""
    (found,) = database.cursor(row_factory=dict_row).execute("select * from raw.runs").fetchall()
    return found


def failing(writer: psycopg.Connection, settings: Config, error: BaseException) -> None:
    """A run that ends with the error."""
    with runs.recorded(writer, settings, {}, "score"):
        raise error


def test_a_run_is_there_as_soon_as_it_starts(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """Others see it running, with what it runs on; no figure is made up."""
    with runs.recorded(writer, settings, {}, "score", "simulator", "digest") as run_id:
        found = record(database)
        assert found["run_id"] == run_id
        assert {name: found[name] for name in ("command", "source", "profile_digest", "code_version", "status")} == {
            "command": "score", "source": "simulator", "profile_digest": "digest",
            "code_version": settings.code_version, "status": "running",
        }  # fmt: skip
        assert found["started_at"] is not None
        assert (found["finished_at"], found["error"], found["model_id"], found["records_read"]) == (None, None, None, 0)
        runs.succeed(writer, run_id)


def test_a_completed_run_has_its_figures_and_its_model(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """Figures are set, not added: each batch says what the run did so far."""
    model_id = add_model(database)
    with runs.recorded(writer, settings, {}, "score") as run_id:
        runs.use_model(writer, run_id, model_id, stale=True)
        first = Figures(records_read=6, rides_scored=3, rides_known=2, records_rejected=1, windows=2)
        runs.count(writer, run_id, first)
        runs.count(writer, run_id, first + Figures(records_read=4, rides_scored=4, windows=1))
        runs.succeed(writer, run_id)
    found = record(database)
    assert (found["status"], found["error"]) == ("succeeded", None)
    assert found["finished_at"] >= found["started_at"]  # type: ignore[operator]
    assert (found["model_id"], found["model_stale"]) == (model_id, True)
    names = ("records_read", "rides_scored", "rides_known", "records_rejected", "windows")
    assert [found[name] for name in names] == [10, 7, 2, 1, 3]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (JobError("the registry is away: start it"), "the registry is away: start it"),
        (ValueError("two\nlines"), "two lines"),
        (KeyError(), "KeyError"),
        (KeyboardInterrupt(), "interrupted"),
        (ValueError("NUL \0 in it"), "NUL � in it"),
        (OSError(b"/trips/\xff.csv".decode("utf-8", "surrogateescape")), "/trips/?.csv"),
    ],
    ids=["sentence", "lines", "no text", "interrupted", "NUL", "not UTF-8"],
)
def test_a_failed_run_says_why(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config, error: BaseException, said: str
) -> None:
    """In one line, whatever the error's text holds; the error goes on to who waits for it."""
    with pytest.raises(type(error)):
        failing(writer, settings, error)
    found = record(database)
    assert (found["status"], found["error"]) == ("failed", said)
    assert found["finished_at"] is not None


def test_what_was_committed_before_a_failure_stays(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """The figures are those of the batches that are there."""

    def fail_in_the_second_batch() -> None:
        with runs.recorded(writer, settings, {}, "score") as run_id:
            runs.count(writer, run_id, Figures(records_read=2, rides_scored=2))
            raise JobError("it cannot be read")

    with pytest.raises(JobError):
        fail_in_the_second_batch()
    found = record(database)
    assert (found["status"], found["records_read"], found["rides_scored"]) == ("failed", 2, 2)


def test_an_error_after_the_end_does_not_undo_it(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """The rows are committed; only what came after them went wrong."""

    def fail_after_the_end() -> None:
        with runs.recorded(writer, settings, {}, "score") as run_id:
            runs.succeed(writer, run_id)
            raise JobError("the log is full")

    with pytest.raises(JobError):
        fail_after_the_end()
    found = record(database)
    assert (found["status"], found["error"]) == ("succeeded", None)


def test_a_run_that_never_ended_is_abandoned_by_the_next(
    writer: psycopg.Connection, database: psycopg.Connection, settings: Config
) -> None:
    """As after a kill -9: failed, with the reason; ended ones are left alone."""
    for _ in range(2):
        with runs.recorded(writer, settings, {}, "score") as run_id:
            runs.succeed(writer, run_id)
    database.execute("update raw.runs set status = 'running', finished_at = null where run_id = 1")
    with runs.recorded(writer, settings, {}, "dbt") as run_id:
        runs.succeed(writer, run_id)
    found = database.execute("select status, split_part(error, ':', 1) from raw.runs order by run_id").fetchall()
    assert found == [("failed", "abandoned"), ("succeeded", None), ("succeeded", None)]
    assert value(database, "select finished_at >= started_at from raw.runs where run_id = 1")


def test_figures_that_do_not_add_up_are_refused(writer: psycopg.Connection, settings: Config) -> None:
    """The database checks: what was read is scored, known or rejected, and none of it is negative."""
    with runs.recorded(writer, settings, {}, "score") as run_id:
        for name in ("records_read", "rides_scored", "rides_known", "records_rejected"):
            with pytest.raises(psycopg.errors.CheckViolation, match="runs_account_for_every_record"):
                runs.count(writer, run_id, Figures(**{name: 1}))
        with pytest.raises(psycopg.errors.CheckViolation, match="runs_count_upwards"):
            runs.count(writer, run_id, Figures(rides_scored=1, rides_known=-1))


def test_a_record_that_contradicts_itself_is_refused(writer: psycopg.Connection, settings: Config) -> None:
    """Ended without an end, an end without a status, a word that is not on the list."""
    with runs.recorded(writer, settings, {}, "score"):
        for change in ("status = 'succeeded'", "finished_at = now()", "status = 'done'", "source = 'elsewhere'"):
            with pytest.raises(psycopg.errors.CheckViolation):
                writer.execute(f"update raw.runs set {change}".encode())


def test_figures_add_column_by_column() -> None:
    """Nothing is lost between batches."""
    assert Figures(10, 5, 3, 2, 1) + Figures(4, 1, 1, 2, 7) == Figures(14, 6, 4, 4, 8)
