-- Rides with their predictions and, once known, their outcomes; the ledger of windows; rejected records.

-- A committed batch draws its number under the job's lock, so a larger number was committed later.
create sequence if not exists raw.batch_id;

-- No foreign keys to runs and models, which would check every row of a bulk load: see 0003_references.sql.
create table if not exists raw.ride_predictions (
    trip_id uuid primary key,
    source_trip_id text,
    run_id bigint not null,
    batch_id bigint not null,
    pickup_community_area integer check (raw.is_zone(pickup_community_area)),
    dropoff_community_area integer check (raw.is_zone(dropoff_community_area)),
    trip_start_timestamp timestamptz not null,
    fare double precision check (fare >= 0 and fare < 'Infinity'),
    trip_total double precision check (trip_total >= 0 and trip_total < 'Infinity'),
    trip_miles double precision not null check (trip_miles > 0 and trip_miles < 'Infinity'),
    predicted_duration double precision not null
    check (predicted_duration > 0 and predicted_duration < 'Infinity'),
    predicted_low double precision check (predicted_low >= 0 and predicted_low < 'Infinity'),
    predicted_high double precision check (predicted_high > 0 and predicted_high < 'Infinity'),
    model_id integer not null,
    source text not null check (raw.is_source(source)),
    created_at timestamptz not null default now(),
    expected_error double precision check (expected_error >= 0 and expected_error < 'Infinity'),
    band_scale_low real check (band_scale_low > 0 and band_scale_low < 'Infinity'),
    band_scale_high real check (band_scale_high > 0 and band_scale_high < 'Infinity'),
    static_low double precision check (static_low >= 0 and static_low < 'Infinity'),
    static_high double precision check (static_high > 0 and static_high < 'Infinity')
);

-- A refresh of the marts looks for newer batches, then for the rides of an interval. Not BRIN: until a vacuum has
-- summarized them, and an embedded server may never live long enough, new blocks are all read.
create index if not exists ride_predictions_by_batch on raw.ride_predictions (batch_id);
create index if not exists ride_predictions_by_start on raw.ride_predictions (trip_start_timestamp);

create table if not exists raw.shadow_predictions (
    -- a ride that is deleted takes its shadows along
    trip_id uuid not null references raw.ride_predictions on delete cascade,
    model_id integer not null references raw.models,
    run_id bigint not null references raw.runs,
    batch_id bigint not null,
    predicted_duration double precision not null
    check (predicted_duration > 0 and predicted_duration < 'Infinity'),
    predicted_low double precision check (predicted_low >= 0 and predicted_low < 'Infinity'),
    predicted_high double precision check (predicted_high > 0 and predicted_high < 'Infinity'),
    primary key (trip_id, model_id)
);

create index if not exists shadow_predictions_by_batch on raw.shadow_predictions (batch_id);

create table if not exists raw.windows (
    window_start timestamptz primary key
    check (extract(epoch from window_start)::bigint % 120 = 0),
    run_id bigint not null references raw.runs,
    rides integer not null check (rides >= 0)
);

create table if not exists raw.rejected_records (
    rejected_id bigint generated always as identity primary key,
    run_id bigint not null references raw.runs,
    position bigint not null,
    source_trip_id text,
    reason text not null,
    payload jsonb not null,
    digest text not null unique,
    replayed_by bigint references raw.runs
);

create index if not exists rejected_records_by_run on raw.rejected_records (run_id);
-- `explain` looks for a trip among the rejected records. By hash, because inserting a million random ids then costs no
-- more than without an index; with a B-tree it takes half as long again.
create index if not exists rejected_records_by_trip on raw.rejected_records using hash (source_trip_id);

-- The outcome of a simulated ride stays where the scoring run wrote it, and is marked by the batch that observes it.
create table if not exists raw.pending_outcomes (
    trip_id uuid primary key,
    actual_duration double precision not null check (raw.is_duration(actual_duration)),
    due_at timestamptz not null,
    batch_id bigint
);

create index if not exists pending_outcomes_waiting on raw.pending_outcomes (due_at) where batch_id is null;

-- The newest outcome of a ride is found by the primary key, read backwards.
create table if not exists raw.ride_outcomes (
    outcome_id bigint generated always as identity,
    trip_id uuid not null,
    actual_duration double precision not null check (raw.is_duration(actual_duration)),
    observed_at timestamptz not null default now(),
    batch_id bigint not null,
    primary key (trip_id, outcome_id)
);

create index if not exists ride_outcomes_by_batch on raw.ride_outcomes (batch_id);

comment on table raw.ride_predictions is
'One row per ride, by the model that was production when it was scored.';
comment on column raw.ride_predictions.batch_id is
'Drawn under the lock for each committed batch: the marts'' watermark.';
comment on column raw.ride_predictions.predicted_duration is 'Minutes.';
comment on column raw.ride_predictions.expected_error is
'Expected absolute error in minutes; null if the model has none for such rides, and for some rides from before 0.1.0.';
comment on column raw.ride_predictions.band_scale_low is
'predicted_low is this many times as far from predicted_duration as static_low; null where static_low is.';
comment on column raw.ride_predictions.band_scale_high is
'The same for predicted_high and static_high.';
comment on column raw.ride_predictions.static_low is
'Low end of the model''s own band in minutes; null without a band, and for some rides from before 0.1.0.';
comment on column raw.ride_predictions.static_high is
'High end of the model''s own band in minutes; null without a band, and for some rides from before 0.1.0.';

comment on table raw.shadow_predictions is
'One row per ride and model that was not production when the ride was scored: a challenger''s, or a re-scoring''s.';
comment on column raw.shadow_predictions.batch_id is
'The batch that was committed with it: the scoring''s, or one of the re-scoring''s own.';
comment on column raw.shadow_predictions.predicted_duration is 'Minutes.';

comment on table raw.windows is 'The ledger: one row per two-minute window that was scored.';
comment on table raw.rejected_records is 'What could not be scored, why, and the record as it was read.';

comment on table raw.pending_outcomes is 'True durations of simulated rides, not known before due_at.';
comment on column raw.pending_outcomes.batch_id is
'The batch that observed it; null while it waits to become known.';
comment on table raw.ride_outcomes is 'True durations, minutes; a correction is a new row and the newest is current.';
