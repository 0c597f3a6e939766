-- Records the days that were deleted from raw, and defines the functions that delete them: the job itself may not. Each
-- deletes a whole day and records it in the same transaction, so a day is either complete in raw or gone.

create table if not exists raw.pruned_days (
    kind text not null check (kind in ('rides', 'rejects')),
    source text not null check (source in ('simulator', 'city')),
    day date not null,
    run_id bigint not null references raw.runs,
    removed bigint not null check (removed >= 0),
    primary key (kind, source, day)
);

create or replace function raw.prune_rides(of_source text, of_day date, by_run bigint) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
-- one day among many: find its rows by index, whatever the statistics say
set enable_seqscan = off
as $$
declare
    day_start constant timestamptz := cast(of_day as timestamp) at time zone 'America/Chicago';
    day_end constant timestamptz := cast(of_day + 1 as timestamp) at time zone 'America/Chicago';
    number_of_rides bigint;
begin
    if not exists (
        select from raw.ride_predictions
        where
            source = of_source
            and trip_start_timestamp >= cast(of_day + 4 as timestamp) at time zone 'America/Chicago'
    ) then
        raise exception 'the % has no ride that is four days younger than %: that day may still change', of_source, of_day;
    end if;
    with rides as (
        delete from raw.ride_predictions
        where source = of_source and trip_start_timestamp >= day_start and trip_start_timestamp < day_end
        returning trip_id
    ),
    outcomes as (
        delete from raw.ride_outcomes using rides where ride_outcomes.trip_id = rides.trip_id
    ),
    pending as (
        delete from raw.pending_outcomes using rides where pending_outcomes.trip_id = rides.trip_id
    ),
    counts as (
        delete from raw.input_counts using raw.runs
        where input_counts.day = of_day and input_counts.run_id = runs.run_id and runs.source = of_source
    )
    select count(*) into number_of_rides from rides;
    insert into raw.pruned_days (kind, source, day, run_id, removed)
    values ('rides', of_source, of_day, by_run, number_of_rides);
    return number_of_rides;
end
$$;

create or replace function raw.prune_rejects(of_source text, of_day date, by_run bigint) returns bigint
language sql security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
    with records as (
        delete from raw.rejected_records using raw.runs
        where
            rejected_records.run_id = runs.run_id
            and runs.source = of_source
            and runs.started_at >= cast(of_day as timestamp) at time zone 'America/Chicago'
            and runs.started_at < cast(of_day + 1 as timestamp) at time zone 'America/Chicago'
        returning rejected_records.rejected_id
    )
    insert into raw.pruned_days (kind, source, day, run_id, removed)
    select 'rejects', of_source, of_day, by_run, count(*) from records
    returning removed
$$;

revoke execute on function raw.prune_rides, raw.prune_rejects from public;

comment on table raw.pruned_days is
'One row per source and Chicago day that was taken out of raw; the marts are the only ones to have it.';
comment on column raw.pruned_days.kind is
'rides, by the day of their start, with outcomes, shadows and input counts; or rejects, by the day of their run.';
comment on column raw.pruned_days.removed is 'Number of rides, or of rejected records.';
