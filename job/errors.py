"""What can go wrong, each as one sentence for a person: what, where, what to do."""


class JobError(Exception):
    """The job failed; `run_id` is the number of the run that failed, if one was recorded."""

    exit_code = 1
    run_id: int | None = None


class UsageError(JobError):
    """The command or a setting is wrong."""

    exit_code = 2


class LockNotGot(JobError):
    """Another run holds the lock."""


def sentence(error: JobError) -> str:
    """The error on one line, with the number of the run that failed."""
    words = " ".join(str(error).split())
    return words if error.run_id is None else f"{words} (run {error.run_id})"
