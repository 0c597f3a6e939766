{{ config(
    unique_key=['interval_start', 'source'],
    indexes=[{'columns': ['batch_id']}, {'columns': ['model_id', 'source', 'interval_start']}],
) }}

with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '2 minutes') }}
),

counted as (
    select
        interval_start,
        source,
        model_id,
        model_name,
        model_version,
        count(*) as rides,
        count(fare) as rides_with_fare,
        cast(sum(predicted_minutes) as numeric(18, 3)) as sum_predicted_minutes,
        cast(sum(trip_miles) as numeric(18, 3)) as sum_miles,
        cast(coalesce(sum(fare), 0) as numeric(18, 2)) as sum_fares,
        min(trip_start_timestamp) as first_ride_start,
        max(scored_at) as last_scored_at,
        max(batch_id) as batch_id
    from rides
    group by interval_start, source, model_id, model_name, model_version
)

select * from counted
