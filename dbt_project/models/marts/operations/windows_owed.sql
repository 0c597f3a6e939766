{# A live view: when the job has died, the number of owed windows grows. #}

select
    windows_owed,
    oldest_owed,
    windows_skipped
from {{ ref('stg_scoring__job_status') }}
