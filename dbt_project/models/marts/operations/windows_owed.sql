{# A live view, because the number of owed windows grows even when the job has stopped. #}

select
    windows_owed,
    oldest_owed,
    windows_skipped
from {{ ref('stg_scoring__job_status') }}
