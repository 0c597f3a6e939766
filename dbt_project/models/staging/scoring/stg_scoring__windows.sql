select
    -- ids
    run_id,

    -- numbers
    rides,

    -- times
    window_start
from {{ source('scoring', 'windows') }}
