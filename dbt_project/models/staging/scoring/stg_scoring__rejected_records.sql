select
    -- ids
    rejected_id,
    run_id,

    -- text
    reason
from {{ source('scoring', 'rejected_records') }}
