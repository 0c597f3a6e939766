{{ config(
    unique_key=['interval_start', 'source'],
    indexes=[{'columns': ['batch_id']}, {'columns': ['model_id', 'source', 'interval_start']}],
) }}

with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '2 minutes') }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

counted as (
    select
        interval_start,
        source,
        model_id,
        count(*) as rides,
        count(fare) as rides_with_fare,
        cast(sum(predicted_minutes) as numeric(18, 3)) as sum_predicted_minutes,
        cast(sum(trip_miles) as numeric(18, 3)) as sum_miles,
        cast(coalesce(sum(fare), 0) as numeric(18, 2)) as sum_fares,
        min(trip_start_timestamp) as first_ride_start,
        max(scored_at) as last_scored_at,
        max(batch_id) as batch_id
    from rides
    group by interval_start, source, model_id
),

named as (
    select
        counted.interval_start,
        counted.source,
        counted.model_id,
        models.model_name,
        models.model_version,
        counted.rides,
        counted.rides_with_fare,
        counted.sum_predicted_minutes,
        counted.sum_miles,
        counted.sum_fares,
        counted.first_ride_start,
        counted.last_scored_at,
        counted.batch_id
    from counted
    left join models on counted.model_id = models.model_id
)

select * from named
