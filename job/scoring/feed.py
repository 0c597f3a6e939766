"""What a tick reads besides simulated windows: the new files of an inbox, or the new records of a data set."""

import time
from datetime import datetime
from pathlib import Path

from job.city import following
from job.config import Config
from job.errors import JobError
from job.scoring.data_set import Followed
from job.scoring.inbox import FilesNotRead, Inbox
from job.store.raw import feeds
from job.store.store import Store

MOST_SECONDS = 120  # the schedule ends a tick after 300, and the marts have to be refreshed as well


def execute(setting: Path | str, store: Store, now: datetime) -> None:
    """Score what is new, in one recorded run; where nothing is new, no run is recorded.

    Raises JobError if the feed cannot be read, and FilesNotRead if files of an inbox cannot: once for each version.
    """
    deadline, feed = time.monotonic() + MOST_SECONDS, _parse(setting, store.config)
    with store.locked() as database:
        ledger = feeds.opened(database, feed.key, feed.kind)
        try:
            feed.read(ledger, store, now, deadline)
        except FilesNotRead:
            raise
        except JobError as error:
            ledger.failed(error)
            raise


def _parse(setting: Path | str, config: Config) -> Inbox | Followed:
    return (
        Inbox(setting)
        if isinstance(setting, Path)
        else Followed(following.followed(setting, config.city_app_token, config.place))
    )
