{# A live view: what runs of the last 24 hours scored, before the day is over. #}

with runs as (
    select *
    from {{ ref('stg_scoring__runs') }}
    where started_at > current_timestamp - interval '24 hours'
),

-- Older days that these runs caught up on are left to feature_drift.
input_counts as (
    select *
    from {{ ref('stg_scoring__input_counts') }}
    where day >= {{ local_day("current_timestamp - interval '24 hours'") }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

training_bins as (
    select * from {{ ref('stg_scoring__training_bins') }}
),

counts as (
    select
        input_counts.*,
        runs.source,
        runs.model_id
    from input_counts
    inner join runs on input_counts.run_id = runs.run_id
),

drift as (
    {{ drift_from_training('counts', 'training_bins', whole=['source', 'model_id']) }}
),

reasoned as (
    select
        drift.*,
        models.model_name,
        models.model_version,
        case
            {{ not_comparable('drift') }}
        end as no_verdict_why
    from drift
    left join models on drift.model_id = models.model_id
),

judged as (
    select
        source,
        model_id,
        model_name,
        model_version,
        feature,
        rides,
        {{ verdict_columns() }}
    from reasoned
)

select * from judged
