-- What was run, and with which model. Every statement may be run again, so that the SQL of `init-db --print-sql` and a
-- later `init-db` do not get in each other's way.

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

create table if not exists raw.model_promotions (
    promotion_id bigint generated always as identity primary key,
    promoted_at timestamptz not null default now(),
    name text not null,
    from_version text,
    to_version text not null,
    why text not null
);

-- The last three columns are settings that decide what is owed and what is healthy. Views, alert rules and a plain
-- `dbt run` follow what the job last ran with, not what is exported where they are built.
create table if not exists raw.runs (
    run_id bigint generated always as identity primary key,
    command text not null,
    source text check (raw.is_source(source)),
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
    challenger_error text,
    catch_up_hours integer,
    first_run_days integer,
    unhealthy_after_minutes double precision,
    constraint runs_account_for_every_record
    check (records_read = rides_scored + rides_known + records_rejected),
    constraint runs_count_upwards
    check (least(records_read, rides_scored, rides_known, records_rejected, windows) >= 0),
    constraint runs_finished_when_ended check ((status = 'running') = (finished_at is null))
);

create index if not exists runs_by_status on raw.runs (status, finished_at);
create index if not exists runs_by_start on raw.runs (started_at);

comment on schema raw is 'What the job writes: rides, outcomes, rejects, runs, models and the ledger of windows.';

comment on table raw.runs is 'One row per execution of a command that writes.';
comment on column raw.runs.challenger_error is
'Why the challenger did not score in this run, or not to its end; the run does not depend on it.';
comment on column raw.runs.catch_up_hours is 'CATCH_UP_HOURS of the run; null for some runs from before 0.1.0.';
comment on column raw.runs.first_run_days is 'FIRST_RUN_DAYS of the run; null for some runs from before 0.1.0.';
comment on column raw.runs.unhealthy_after_minutes is
'UNHEALTHY_AFTER of the run; null for some runs from before 0.1.0.';
