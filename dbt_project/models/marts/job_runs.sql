{# A refresh adds newer runs and reads again from the oldest one that it saw running, since that one has changed. #}
{{ config(unique_key='run_id', indexes=[{'columns': ['started_at']}, {'columns': ['status', 'run_id']}]) }}

with runs as (
    select * from {{ ref('stg_scoring__runs') }}
    {% if is_incremental() %}
        where
            run_id >= coalesce(
                (
                    select min(known.run_id)
                    from {{ this }} as known
                    where known.status = 'running'
                ),
                (select max(known.run_id) + 1 from {{ this }} as known),
                0
            )
    {% endif %}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

described as (
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
        models.model_version,
        runs.model_stale,
        runs.scenario,
        runs.profile_digest,
        runs.code_version,
        runs.error
    from runs
    left join models on runs.model_id = models.model_id
)

select * from described
