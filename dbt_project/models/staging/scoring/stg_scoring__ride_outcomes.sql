select
    -- ids
    outcome_id,
    trip_id,
    batch_id,

    -- numbers
    {{ rounded('actual_duration', 3) }} as actual_minutes,

    -- times
    observed_at
from {{ source('scoring', 'ride_outcomes') }}
