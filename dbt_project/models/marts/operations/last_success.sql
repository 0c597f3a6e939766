{# A live view: a job that has stopped refreshes no mart, and dashboards must show even then that it has stopped. #}

select
    last_success_at as finished_at,
    cast(extract(epoch from current_timestamp - last_success_at) as numeric(18, 1)) as age_seconds,
    cast(unhealthy_after_minutes * 60 as numeric(18, 1)) as unhealthy_after_seconds,
    is_healthy
from {{ ref('stg_scoring__job_status') }}
