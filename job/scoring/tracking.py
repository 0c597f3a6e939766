"""Scales the bands of a batch to the newest outcomes, those in the database and those of the batch itself."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from job.model import tracked_band
from job.model.features import kinds_of_rides
from job.model.tracked_band import HOUR, LOOK_BACK, NEWEST_RIDES, Past, Scale
from job.place import Place
from job.rides.ride import Batch
from job.rides.source import SourceName
from job.rides.times import EARLIEST
from job.store.reading import outcomes
from job.store.run import Run

HOURS_PER_QUERY = 24  # so that what a query returns stays small
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMES = {
    "trip_start_timestamp": "start", "kind": "kind", "predicted_duration": "predicted", "predicted_low": "low",
    "predicted_high": "high",
}  # fmt: skip


@dataclass
class Tracking:
    """The scales for rides of each hour and kind, computed when a run first meets the hour.

    Everything in the database is older than the run's own batches or written by them, since the run holds the lock.
    The newest rides that started before `_read_until` are therefore kept from one batch to the next.
    """

    run: Run
    source: SourceName
    model_id: int
    place: Place
    _scales: dict[int, list[Scale]] = field(default_factory=dict)
    _newest: Past = field(default_factory=Past.none)
    _read_until: datetime = EARLIEST

    def tracked(self, batch: Batch, predictions: pd.DataFrame) -> pd.DataFrame:
        """The new rides of the batch, with their bands scaled; the static bands and the scales are kept, too."""
        static_low, static_high = predictions["predicted_low"], predictions["predicted_high"]
        scale_low, scale_high = self._scales_of(batch, predictions)
        if not batch.outcomes.index.isin(predictions.index).all():  # earlier rides get an outcome with this batch
            self._forget()
        minutes = predictions["predicted_duration"].to_numpy()
        low, high = tracked_band.scaled(minutes, static_low.to_numpy(), static_high.to_numpy(), scale_low, scale_high)
        return predictions.assign(
            predicted_low=low, predicted_high=high, static_low=static_low, static_high=static_high,
            band_scale_low=scale_low, band_scale_high=scale_high,
        )  # fmt: skip

    def _scales_of(self, batch: Batch, predictions: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """The scales of each ride, below and above; NaN without a band."""
        if predictions["predicted_low"].isna().all():
            return np.full(len(predictions), np.nan), np.full(len(predictions), np.nan)
        row, hours = pd.factorize(_microseconds(predictions["trip_start_timestamp"]) // HOUR)
        new = sorted(hour for hour in hours.tolist() if hour not in self._scales)
        self._meet(new, _with_outcomes(batch, predictions))
        scales = np.array([self._scales[hour] for hour in hours.tolist()])[row, predictions["kind"]]
        return scales[:, 0], scales[:, 1]

    def _meet(self, hours: list[int], own: Past) -> None:
        """Compute the scales of these hours, which are ascending; `own` are the rides of the batch."""
        if hours and _time(hours[0]) < self._read_until:
            self._forget()
        late, own = own.divided(_microsecond(self._read_until))
        self._newest = self._newest.and_also(late).newest(NEWEST_RIDES)
        for first in range(0, len(hours), HOURS_PER_QUERY):
            chunk = hours[first : first + HOURS_PER_QUERY]
            times = [_time(hour) for hour in chunk]
            spans = [(max(start, end - LOOK_BACK), end) for start, end in pairwise([self._read_until, *times])]
            earlier, own = own.divided(_microsecond(times[-1]))
            past = self._newest.and_also(self._read(spans)).and_also(earlier)
            for hour in chunk:
                self._scales[hour] = tracked_band.scales(past, hour * HOUR)
            self._newest, self._read_until = past.newest(NEWEST_RIDES), times[-1]

    def _forget(self) -> None:
        self._newest, self._read_until = Past.none(), EARLIEST

    def _read(self, spans: list[tuple[datetime, datetime]]) -> Past:
        rides = outcomes.newest(self.run.database, self.source, self.model_id, spans)
        return Past.of(rides.assign(kind=kinds_of_rides(rides, self.place).codes))


def _with_outcomes(batch: Batch, predictions: pd.DataFrame) -> Past:
    """The new rides of a batch that have an outcome."""
    rows = predictions.index.get_indexer(batch.outcomes.index)
    observed, rides = batch.outcomes[rows >= 0], predictions[list(NAMES)].iloc[rows[rows >= 0]].rename(columns=NAMES)
    due_at = np.where(observed["due_at"].isna(), np.nan, _microseconds(observed["due_at"]))
    start = _microseconds(rides["start"])
    return Past.of(rides.assign(start=start, due_at=due_at, actual=observed["actual_duration"].to_numpy()))


def _microseconds(times: "pd.Series[pd.Timestamp]") -> np.ndarray:
    return times.dt.tz_convert(None).to_numpy().astype("datetime64[us]").astype(np.int64)


def _microsecond(time: datetime) -> int:
    return (time - EPOCH) // timedelta(microseconds=1)


def _time(hour: int) -> datetime:
    return EPOCH + timedelta(hours=hour)
