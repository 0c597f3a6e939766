select
    -- ids
    trip_id,
    run_id,
    batch_id,
    model_id,

    -- text
    source,
    source_trip_id,

    -- numbers
    pickup_community_area,
    dropoff_community_area,
    {{ rounded('fare', 2) }} as fare,
    {{ rounded('trip_total', 2) }} as trip_total,
    {{ rounded('trip_miles', 3) }} as trip_miles,
    {{ rounded('predicted_duration', 3) }} as predicted_minutes,
    {{ rounded('predicted_low', 3) }} as predicted_low_minutes,
    {{ rounded('predicted_high', 3) }} as predicted_high_minutes,
    {{ rounded('coalesce(static_low, predicted_low)', 3) }} as static_low_minutes,
    {{ rounded('coalesce(static_high, predicted_high)', 3) }} as static_high_minutes,
    {{ rounded('expected_error', 3) }} as expected_error_minutes,

    -- times
    trip_start_timestamp,
    created_at as scored_at
from {{ source('scoring', 'ride_predictions') }}
