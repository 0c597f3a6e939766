select
    -- ids
    run_id,
    model_id,

    -- text
    command,
    source,
    status,
    scenario,
    profile_digest,
    code_version,
    error,

    -- numbers
    records_read,
    rides_scored,
    rides_known,
    records_rejected,
    windows,

    -- booleans
    model_stale as is_model_stale,

    -- times
    started_at,
    finished_at
from {{ source('scoring', 'runs') }}
