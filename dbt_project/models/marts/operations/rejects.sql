{#
    As in the marts of rides, an increment recounts the hours that newer records touch; the watermark is rejected_id. Runs
    and records are looked up by index (`offset 0`, see rides_to_count), so that the cost does not grow with history.
#}
{{ config(indexes=[{'columns': ['rejected_id']}]) }}

with rejected_records as not materialized (
    select * from {{ ref('stg_scoring__rejected_records') }}
),

runs as not materialized (
    select
        *,
        {{ interval_start('started_at', '1 hour') }} as hour_start
    from {{ ref('stg_scoring__runs') }}
),

{% if is_incremental() -%}
    newly_rejected as (
        select
            (
                select runs.hour_start
                from runs
                where runs.run_id = rejected_records.run_id
            ) as hour_start
        from rejected_records
        where rejected_records.rejected_id > (select coalesce(max(known.rejected_id), 0) from {{ this }} as known)
    ),

    touched as (
        select distinct hour_start from newly_rejected
    ),

    runs_to_count as (
        select runs_of_hour.*
        from touched
        cross join lateral (
            select runs.*
            from runs
            where
                runs.started_at >= touched.hour_start
                and runs.started_at < touched.hour_start + interval '1 hour'
            offset 0 -- noqa: AM09
        ) as runs_of_hour
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
        rejected_of_run.reason,
        count(*) as records,
        max(rejected_of_run.rejected_id) as rejected_id
    from runs_to_count
    cross join
        lateral (
            select rejected_records.*
            from rejected_records
            where rejected_records.run_id = runs_to_count.run_id
            offset 0 -- noqa: AM09
        ) as rejected_of_run
    group by runs_to_count.hour_start, runs_to_count.source, rejected_of_run.reason
)

select * from counted
