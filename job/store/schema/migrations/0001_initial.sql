-- The raw schema: what the job writes. Every statement may be run twice, so that the SQL printed by
-- `init-db --print-sql` and a later `init-db` do not get in each other's way.

create table if not exists raw.models (
    model_id integer generated always as identity primary key,
    name text not null,
    version text not null,
    digest text not null unique,
    features_version integer,
    metrics jsonb not null default '{}',
    band jsonb,
    created_at timestamptz not null default now()
);

create table if not exists raw.runs (
    run_id bigint generated always as identity primary key,
    command text not null,
    source text check (source in ('simulator', 'city')),
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    status text not null default 'running' check (status in ('running', 'succeeded', 'failed')),
    records_read bigint not null default 0,
    rides_scored bigint not null default 0,
    rides_known bigint not null default 0,
    records_rejected bigint not null default 0,
    windows bigint not null default 0,
    model_id integer references raw.models,
    model_stale boolean not null default false,
    scenario text,
    profile_digest text,
    code_version text not null,
    error text,
    constraint runs_account_for_every_record
    check (records_read = rides_scored + rides_known + records_rejected),
    constraint runs_count_upwards
    check (least(records_read, rides_scored, rides_known, records_rejected, windows) >= 0),
    constraint runs_finished_when_ended check ((status = 'running') = (finished_at is null))
);

create index if not exists runs_by_status on raw.runs (status, finished_at);
create index if not exists runs_by_start on raw.runs (started_at);

-- A committed batch draws its number under the job's lock, so a larger number was committed later.
create sequence if not exists raw.batch_id;

create table if not exists raw.ride_predictions (
    trip_id uuid primary key,
    source_trip_id text,
    run_id bigint not null references raw.runs,
    batch_id bigint not null,
    pickup_community_area integer check (pickup_community_area between 1 and 77),
    dropoff_community_area integer check (dropoff_community_area between 1 and 77),
    trip_start_timestamp timestamptz not null,
    fare double precision check (fare >= 0 and fare < 'Infinity'),
    trip_total double precision check (trip_total >= 0 and trip_total < 'Infinity'),
    trip_miles double precision not null check (trip_miles > 0 and trip_miles < 'Infinity'),
    predicted_duration double precision not null
    check (predicted_duration > 0 and predicted_duration < 'Infinity'),
    predicted_low double precision check (predicted_low >= 0 and predicted_low < 'Infinity'),
    predicted_high double precision check (predicted_high > 0 and predicted_high < 'Infinity'),
    model_id integer not null references raw.models,
    source text not null check (source in ('simulator', 'city')),
    created_at timestamptz not null default now()
);

-- A refresh of the marts looks for newer batches, then for the rides of an interval. Not BRIN: until a vacuum has
-- summarised them, and an embedded server may never live long enough, new blocks are all read.
create index if not exists ride_predictions_by_batch on raw.ride_predictions (batch_id);
create index if not exists ride_predictions_by_start on raw.ride_predictions (trip_start_timestamp);

create table if not exists raw.windows (
    window_start timestamptz primary key
    check (extract(epoch from window_start)::bigint % 120 = 0),
    run_id bigint not null references raw.runs,
    rides integer not null check (rides >= 0)
);

create table if not exists raw.model_promotions (
    promotion_id bigint generated always as identity primary key,
    promoted_at timestamptz not null default now(),
    name text not null,
    from_version text,
    to_version text not null,
    why text not null
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

create table if not exists raw.pending_outcomes (
    trip_id uuid primary key,
    actual_duration double precision not null check (actual_duration > 0 and actual_duration <= 1440),
    due_at timestamptz not null
);

create index if not exists pending_outcomes_by_due on raw.pending_outcomes (due_at);

create table if not exists raw.ride_outcomes (
    outcome_id bigint generated always as identity primary key,
    trip_id uuid not null,
    actual_duration double precision not null check (actual_duration > 0 and actual_duration <= 1440),
    observed_at timestamptz not null default now(),
    batch_id bigint not null
);

create index if not exists ride_outcomes_by_trip on raw.ride_outcomes (trip_id, outcome_id desc);
create index if not exists ride_outcomes_by_batch on raw.ride_outcomes (batch_id);

comment on table raw.ride_predictions is
'One row per ride, by the model that was production when it was scored.';
comment on column raw.ride_predictions.batch_id is
'Drawn under the lock for each committed batch: the marts'' watermark.';
comment on column raw.ride_predictions.predicted_duration is 'Minutes.';
comment on table raw.runs is 'One row per execution of a command that writes.';
comment on table raw.windows is 'The ledger: one row per two-minute window that was scored.';
comment on table raw.rejected_records is 'What could not be scored, why, and the record as it was read.';
comment on table raw.pending_outcomes is 'True durations of simulated rides, not known before due_at.';
comment on table raw.ride_outcomes is 'True durations, minutes; a correction is a new row and the newest is current.';
