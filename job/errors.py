"""Errors. Each message is one sentence for a person: what went wrong, where, and what to do."""

from job.redaction import redacted


class JobError(Exception):
    """The job failed. `run_id` is the failed run, if one was recorded. Its text has no passwords or tokens."""

    exit_code = 1
    run_id: int | None = None

    def __str__(self) -> str:
        return redacted(super().__str__())


class UsageError(JobError):
    """The command or a setting is wrong."""

    exit_code = 2


class LockNotAcquired(JobError):
    """Another run holds the lock."""


def sentence(error: JobError) -> str:
    """The error's message on one line, with the number of the failed run."""
    words = " ".join(str(error).split())
    return words if error.run_id is None else f"{words} (run {error.run_id})"
