{# A live view, the only kind that may ask for the time: a job that has died refreshes nothing and must show. #}
{# Where windows were scored within a day, only their runs count, as in job/store/health.py. #}
{{ config(materialized='view') }}

with runs as (
    select * from {{ ref('stg_scoring__runs') }}
),

newest as (
    select max(finished_at) as finished_at
    from runs
    where
        status = 'succeeded' and command = 'score'
        and (
            source = 'simulator'
            or not exists (
                select from runs
                where
                    status = 'succeeded' and source = 'simulator'
                    and finished_at > current_timestamp - interval '1 day'
            )
        )
)

select
    finished_at,
    cast(extract(epoch from current_timestamp - finished_at) as numeric(18, 1)) as age_seconds
from newest
