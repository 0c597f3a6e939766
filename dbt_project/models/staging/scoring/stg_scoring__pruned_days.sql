select
    -- ids
    run_id,

    -- text
    kind,
    source,

    -- numbers
    removed,

    -- times
    day,
    cast(day + 1 as timestamp) at time zone 'America/Chicago' as closed_before
from {{ source('scoring', 'pruned_days') }}
