{# A live view, the only kind that may ask for the time: when the job has died, what it owes grows. #}
{# What is owed and what was skipped is as in job/store/raw/windows.py; a test holds the two together. #}
{{ config(materialized='view') }}

with windows as (
    select * from {{ ref('stg_scoring__windows') }}
),

runs as (
    select * from {{ ref('stg_scoring__runs') }}
),

first_run as (
    select coalesce(min(started_at), current_timestamp) as started_at
    from runs
    where command = 'score' and source = 'simulator' and windows > 0
),

periods as (
    select
        started_at,
        date_bin('2 minutes', current_timestamp, 'epoch') as newest_end,
        date_bin(
            '2 minutes', current_timestamp - interval '{{ env_var("CATCH_UP_HOURS", "") or 24 }} hours', 'epoch'
        ) as caught_up_from,
        date_bin('2 minutes', started_at, 'epoch') as first_end,
        date_bin(
            '2 minutes', started_at - interval '{{ env_var("FIRST_RUN_DAYS", "") or 7 }} days', 'epoch'
        ) as first_from
    from first_run
),

due as (
    select
        generate_series(
            caught_up_from + interval '2 minutes', newest_end - interval '2 minutes', '2 minutes'
        ) as window_start
    from periods
    union
    select
        generate_series(
            first_from + interval '2 minutes', first_end - interval '2 minutes', '2 minutes'
        ) as window_start
    from periods
),

owed as (
    select
        count(*) as windows_owed,
        min(due.window_start) as oldest_owed
    from due
    where
        {{ env_var("CATCH_UP_HOURS", "") or 24 }} > 0
        and not exists (
            select 1 from windows
            where windows.window_start = due.window_start
        )
),

skipped as (
    select count(*) as windows_skipped
    from periods
    cross join
        lateral generate_series(
            periods.first_end, periods.caught_up_from, interval '2 minutes'
        ) as past (window_start)
    where
        {{ env_var("CATCH_UP_HOURS", "") or 24 }} > 0
        and not exists (
            select 1 from windows
            where windows.window_start = past.window_start
        )
)

select
    owed.windows_owed,
    owed.oldest_owed,
    skipped.windows_skipped
from owed
cross join skipped
