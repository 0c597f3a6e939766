{#
    The raw rows of these marts have no timestamp, so the start of their run is used. As in int_ride_mart_freshness,
    each lookup uses an index.
#}

with runs as not materialized (
    select * from {{ ref('stg_scoring__runs') }}
),

shadows as not materialized (
    select
        shadow_predictions.batch_id,
        runs.started_at
    from {{ ref('stg_scoring__shadow_predictions') }} as shadow_predictions
    inner join runs on shadow_predictions.run_id = runs.run_id
),

counts as not materialized (
    select
        input_counts.batch_id,
        runs.started_at
    from {{ ref('stg_scoring__input_counts') }} as input_counts
    inner join runs on input_counts.run_id = runs.run_id
),

rejected_records as not materialized (
    select
        rejected_records.rejected_id,
        runs.started_at
    from {{ ref('stg_scoring__rejected_records') }} as rejected_records
    inner join runs on rejected_records.run_id = runs.run_id
),

freshness as (
    -- Newer outcomes make prediction_quality wait, which this mart follows.
    {{ freshness_by('model_comparison', 'shadows', 'batch_id') }}
    union all
    {{ freshness_by('feature_drift', 'counts', 'batch_id') }}
    union all
    {{ freshness_by('rejects', 'rejected_records', 'rejected_id') }}
)

select * from freshness
