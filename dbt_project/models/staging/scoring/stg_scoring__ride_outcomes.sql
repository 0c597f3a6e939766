select
    -- ids
    outcome_id,
    trip_id,
    batch_id,

    -- numbers
    cast(actual_duration as numeric) as actual_minutes,

    -- times
    observed_at
from {{ source('scoring', 'ride_outcomes') }}
