-- The settings that decide what is owed and what is healthy, recorded with each run: views, alert rules and a plain
-- `dbt run` follow what the job last ran with, not what is exported where they are built.

alter table raw.runs
add column if not exists catch_up_hours integer,
add column if not exists first_run_days integer,
add column if not exists unhealthy_after_minutes double precision;

comment on column raw.runs.catch_up_hours is 'CATCH_UP_HOURS of the run; null for runs before this column.';
comment on column raw.runs.first_run_days is 'FIRST_RUN_DAYS of the run; null for runs before this column.';
comment on column raw.runs.unhealthy_after_minutes is 'UNHEALTHY_AFTER of the run; null for runs before this column.';
