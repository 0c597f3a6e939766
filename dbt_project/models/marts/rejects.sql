{# Counted anew are the hours that newer records touch, as in the marts of rides; here a record's own number tells. #}
{{ config(unique_key='hour_start', indexes=[{'columns': ['rejected_id']}]) }}

with rejected_records as (
    select * from {{ ref('stg_scoring__rejected_records') }}
),

runs as (
    select
        *,
        {{ interval_start('started_at', '1 hour') }} as hour_start
    from {{ ref('stg_scoring__runs') }}
),

{% if is_incremental() -%}
    touched as (
        select distinct runs.hour_start
        from rejected_records
        inner join runs on rejected_records.run_id = runs.run_id
        where rejected_records.rejected_id > (select coalesce(max(known.rejected_id), 0) from {{ this }} as known)
    ),

    runs_to_count as (
        select runs.*
        from touched
        inner join runs
            on touched.hour_start <= runs.started_at and touched.hour_start + interval '1 hour' > runs.started_at
    ),
{%- else -%}
    runs_to_count as (
        select * from runs
    ),
{%- endif %}

counted as (
    select
        runs_to_count.hour_start,
        runs_to_count.source,
        rejected_records.reason,
        count(*) as records,
        max(rejected_records.rejected_id) as rejected_id
    from runs_to_count
    inner join rejected_records on runs_to_count.run_id = rejected_records.run_id
    group by runs_to_count.hour_start, runs_to_count.source, rejected_records.reason
)

select * from counted
