"""What can go wrong, each as one sentence for a person: what, where, what to do."""


class JobError(Exception):
    """The job failed."""

    exit_code = 1


class UsageError(JobError):
    """The command or a setting is wrong."""

    exit_code = 2


class LockNotGot(JobError):
    """Another run holds the lock."""
