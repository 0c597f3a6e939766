select
    -- ids
    trip_id,
    run_id,
    batch_id,
    model_id,

    -- text
    source,
    source_trip_id,

    -- numbers: numeric, since sums of floating point depend on their order
    pickup_community_area,
    dropoff_community_area,
    cast(fare as numeric) as fare,
    cast(trip_total as numeric) as trip_total,
    cast(trip_miles as numeric) as trip_miles,
    cast(predicted_duration as numeric) as predicted_minutes,
    cast(predicted_low as numeric) as predicted_low_minutes,
    cast(predicted_high as numeric) as predicted_high_minutes,
    cast(coalesce(static_low, predicted_low) as numeric) as static_low_minutes,
    cast(coalesce(static_high, predicted_high) as numeric) as static_high_minutes,
    cast(expected_error as numeric) as expected_error_minutes,

    -- times
    trip_start_timestamp,
    created_at as scored_at
from {{ source('scoring', 'ride_predictions') }}
