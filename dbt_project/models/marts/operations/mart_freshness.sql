{# A live view, so that ages keep growing when nothing refreshes the marts. #}

with freshness as (
    select * from {{ ref('int_ride_mart_freshness') }}
    union all
    select * from {{ ref('int_quality_mart_freshness') }}
    union all
    select * from {{ ref('int_run_mart_freshness') }}
)

select
    mart,
    newest_at,
    cast(extract(epoch from current_timestamp - newest_at) as numeric(18, 1)) as age_seconds,
    waiting_since,
    cast(coalesce(extract(epoch from current_timestamp - waiting_since), 0) as numeric(18, 1)) as waiting_seconds
from freshness
