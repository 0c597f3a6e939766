select
    -- numbers
    unhealthy_after_minutes,
    catch_up_hours,
    windows_owed,
    windows_skipped,

    -- booleans
    is_healthy,

    -- times
    last_success_at,
    oldest_owed
from {{ source('scoring', 'job_status_now') }}
