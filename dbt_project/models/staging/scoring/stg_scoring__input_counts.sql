select
    -- ids
    run_id,
    batch_id,
    bin,

    -- text
    feature,

    -- numbers
    rides,

    -- times
    day
from {{ source('scoring', 'input_counts') }}
