select
    -- ids
    trip_id,
    model_id,
    run_id,
    batch_id,

    -- numbers: numeric, since sums of floating point depend on their order
    cast(predicted_duration as numeric) as predicted_minutes,
    cast(predicted_low as numeric) as predicted_low_minutes,
    cast(predicted_high as numeric) as predicted_high_minutes
from {{ source('scoring', 'shadow_predictions') }}
