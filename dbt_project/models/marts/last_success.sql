{# A live view, the only kind that may ask for the time: a job that has died refreshes nothing and must show. #}
{# Where windows were scored within a day, only their runs count, as in job/store/health.py. #}
{{ config(materialized='view') }}

with runs as (
    select * from {{ ref('stg_scoring__runs') }}
),

newest as (
    select
        max(finished_at) as of_all,
        max(finished_at) filter (where source = 'simulator') as of_windows
    from runs
    where status = 'succeeded' and command = 'score'
),

chosen as (
    select
        case
            when of_windows > current_timestamp - interval '1 day' then of_windows
            else of_all
        end as finished_at
    from newest
)

select
    finished_at,
    cast(extract(epoch from current_timestamp - finished_at) as numeric(18, 1)) as age_seconds
from chosen
