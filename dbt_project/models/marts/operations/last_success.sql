{# A live view, the only kind that may ask for the time: a job that has died refreshes nothing and must show. #}
{# Where windows were scored within a day, only their runs count, as in job/store/reading/health.py. #}
{{ config(materialized='view') }}

-- not materialized: asked twice, each time by an index.
with runs as not materialized (
    select * from {{ ref('stg_scoring__runs') }}
    where status = 'succeeded' and command = 'score'
),

newest as (
    select
        (
            select max(runs.finished_at)
            from runs
            where
                runs.source = 'simulator'
                and runs.finished_at > current_timestamp - interval '1 day'
                and {{ env_var("CATCH_UP_HOURS", "") or 24 }} > 0
        ) as of_windows,
        (
            select max(runs.finished_at)
            from runs
        ) as of_all
),

chosen as (
    select coalesce(of_windows, of_all) as finished_at
    from newest
)

select
    finished_at,
    cast(extract(epoch from current_timestamp - finished_at) as numeric(18, 1)) as age_seconds
from chosen
