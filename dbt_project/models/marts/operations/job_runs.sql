{#
    A view, so that failed runs are visible even if dbt is broken. It has no `with`, so that a query of a status, a time
    or the newest run can use the indexes of the raw table.
#}

select
    runs.run_id,
    runs.command,
    runs.source,
    runs.status,
    runs.started_at,
    runs.finished_at,
    cast(extract(epoch from runs.finished_at - runs.started_at) as numeric(12, 3)) as seconds,
    runs.records_read,
    runs.rides_scored,
    runs.rides_known,
    runs.records_rejected,
    runs.windows,
    runs.model_id,
    models.model_name,
    models.model_version,
    runs.is_model_stale,
    runs.scenario,
    runs.profile_digest,
    runs.code_version,
    runs.error
from {{ ref('stg_scoring__runs') }} as runs
left join {{ ref('stg_scoring__models') }} as models on runs.model_id = models.model_id
