-- The one definition of «owed», «skipped» and «last success», for the job, its status, the marts and the alert rules.
-- Applied after the migrations, each time; names in braces are replaced.

-- A window is owed when it is closed, is not in the ledger, and started within the last catch_up_hours or within the
-- first_run_days before the first run that scored any: a first run that was cut short is completed by the next. Once
-- there is a first run, its own setting counts, so that a change of FIRST_RUN_DAYS does not make old windows owed.
create or replace function raw.owed_windows(as_of timestamptz, catch_up_hours integer, first_run_days integer)
returns setof timestamptz
language sql stable
as $$
    with first_run as (
        select
            runs.run_id,
            runs.started_at,
            runs.first_run_days as days
        from raw.runs
        where runs.command = 'score' and runs.source = 'simulator' and runs.windows > 0
        order by runs.started_at
        limit 1
    ),
    -- For a first run without a recorded setting: back to its oldest window, but at most seven days, the default then.
    first_days as (
        select
            coalesce(first_run.started_at, as_of) as until,
            case
                when first_run.started_at is null then as_of - owed_windows.first_run_days * interval '24 hours'
                when first_run.days is not null then first_run.started_at - first_run.days * interval '24 hours'
                else greatest(
                    first_run.started_at - 7 * interval '24 hours',
                    (
                        select min(windows.window_start) - interval '2 minutes'
                        from raw.windows
                        where windows.run_id = first_run.run_id
                    )
                )
            end as since
        from (select) as one_row
        left join first_run on true
    ),
    due as (
        select generate_series(
            date_bin('2 minutes', as_of - make_interval(hours => catch_up_hours), timestamptz 'epoch')
            + interval '2 minutes',
            date_bin('2 minutes', as_of, timestamptz 'epoch') - interval '2 minutes',
            interval '2 minutes'
        ) as window_start
        union
        select generate_series(
            date_bin('2 minutes', since, timestamptz 'epoch') + interval '2 minutes',
            date_bin('2 minutes', until, timestamptz 'epoch') - interval '2 minutes',
            interval '2 minutes'
        )
        from first_days
    )
    select due.window_start
    from due
    where
        catch_up_hours > 0
        and not exists (select from raw.windows where windows.window_start = due.window_start)
    order by due.window_start
$$;

-- Security definer, so that dashboards can call it without reading the raw tables.
create or replace function raw.job_status(as_of timestamptz)
returns table (
    last_success_at timestamptz,
    unhealthy_after_minutes double precision,
    is_healthy boolean,
    catch_up_hours integer,
    windows_owed bigint,
    oldest_owed timestamptz,
    windows_skipped bigint
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    with last_settings as (
        select runs.catch_up_hours, runs.first_run_days, runs.unhealthy_after_minutes
        from raw.runs
        where runs.catch_up_hours is not null
        order by runs.run_id desc
        limit 1
    ),
    -- Before the first run: the settings of init-db.
    settings as (
        select
            coalesce(last_settings.catch_up_hours, {catch_up_hours}) as catch_up_hours,
            coalesce(last_settings.first_run_days, {first_run_days}) as first_run_days,
            coalesce(last_settings.unhealthy_after_minutes, {unhealthy_after_minutes}) as unhealthy_after_minutes
        from (select) as one_row
        left join last_settings on true
    ),
    -- If windows were scored within a day, only their runs count, so that records scored by hand do not hide a dead
    -- schedule. With catch_up_hours = 0 no windows are scored, so every run counts, and so does a tick that read a feed
    -- without a failure, because it records no run when there is nothing new.
    last_success as (
        select coalesce(
            (
                select runs.finished_at
                from raw.runs
                where
                    runs.status = 'succeeded' and runs.command = 'score' and runs.source = 'simulator'
                    and runs.finished_at > as_of - interval '24 hours'
                    and settings.catch_up_hours > 0
                order by runs.finished_at desc
                limit 1
            ),
            greatest(
                (
                    select runs.finished_at
                    from raw.runs
                    where runs.status = 'succeeded' and runs.command = 'score'
                    order by runs.finished_at desc
                    limit 1
                ),
                (select max(feeds.checked_at) from raw.feeds where settings.catch_up_hours = 0)
            )
        ) as finished_at
        from settings
    ),
    owed as (
        select count(*) as windows, min(owed_windows) as oldest
        from settings
        cross join lateral raw.owed_windows(as_of, settings.catch_up_hours, settings.first_run_days) as owed_windows
    ),
    -- Skipped: closed since the first run, not in the ledger, and too old to be owed.
    past as (
        select
            date_bin('2 minutes', first_run.started_at, timestamptz 'epoch') as first_window,
            date_bin('2 minutes', as_of - make_interval(hours => settings.catch_up_hours), timestamptz 'epoch')
                as last_window
        from settings
        cross join (
            select runs.started_at
            from raw.runs
            where runs.command = 'score' and runs.source = 'simulator' and runs.windows > 0
            order by runs.started_at
            limit 1
        ) as first_run
        where settings.catch_up_hours > 0
    ),
    skipped as (
        select
            extract(epoch from past.last_window - past.first_window)::bigint / 120 + 1
            - (
                select count(*)
                from raw.windows
                where windows.window_start between past.first_window and past.last_window
            ) as windows
        from past
        where past.first_window <= past.last_window
    )
    select
        last_success.finished_at,
        settings.unhealthy_after_minutes,
        coalesce(
            last_success.finished_at >= as_of - settings.unhealthy_after_minutes * interval '1 minute', false
        ),
        settings.catch_up_hours,
        owed.windows,
        owed.oldest,
        coalesce((select skipped.windows from skipped), 0)
    from settings
    cross join last_success
    cross join owed
$$;

create or replace view raw.job_status_now as
select * from raw.job_status(current_timestamp);

revoke execute on function raw.job_status from public;
grant execute on function raw.job_status to {writer}, {dbt}, {reader};

comment on function raw.owed_windows is
'The starts of the windows that a run with these settings has to score, oldest first.';
comment on function raw.job_status is
'One row: whether the job is healthy, and the windows that are owed or were skipped, by the settings of its last run.';
comment on view raw.job_status_now is 'raw.job_status at this moment.';
