-- Who may do what. Applied after the migrations, each time, by the owner of the tables.

grant usage on schema raw to {writer}, {dbt};
grant select on all tables in schema raw to {writer}, {dbt};
grant insert on
raw.models, raw.runs, raw.ride_predictions, raw.windows, raw.model_promotions,
raw.rejected_records, raw.pending_outcomes, raw.ride_outcomes, raw.shadow_predictions,
raw.training_bins, raw.input_counts, raw.feeds, raw.feed_files, raw.sources
to {writer};
-- A run is inserted when it starts and updated with its counts and its end.
grant update (
    finished_at, status, records_read, rides_scored, rides_known, records_rejected, windows, model_id, model_stale,
    challenger_error, error
) on raw.runs to {writer};
-- An outcome that has become known is marked as observed.
grant update (batch_id) on raw.pending_outcomes to {writer};
-- A rejected record is marked by the run that accepted it after a fix.
grant update (replayed_by) on raw.rejected_records to {writer};
-- A feed moves on with each batch.
grant update (
    looked_at, checked_at, ended_at, error, records, newest_start, run_id, cursor_start, cursor_trip_id,
    overlap_began_at, overlap_start, overlap_trip_id, overlap_until
) on raw.feeds to {writer};
grant update (
    size, modified_us, changed_us, seen_at, is_gone, was_read, attempts, records, rides, finished_at, error, run_id
) on raw.feed_files to {writer};
grant usage on sequence raw.batch_id to {writer};
