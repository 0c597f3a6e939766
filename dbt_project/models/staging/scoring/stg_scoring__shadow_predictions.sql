select
    -- ids
    trip_id,
    model_id,
    run_id,
    batch_id,

    -- numbers
    {{ rounded('predicted_duration', 3) }} as predicted_minutes,
    {{ rounded('predicted_low', 3) }} as predicted_low_minutes,
    {{ rounded('predicted_high', 3) }} as predicted_high_minutes
from {{ source('scoring', 'shadow_predictions') }}
