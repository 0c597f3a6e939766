with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour') }}
),

counted as (
    select
        interval_start as hour_start,
        source,
        count(*) as rides,
        percentile_cont(array[0.1, 0.5, 0.9]) within group (order by predicted_minutes) as percentiles,
        max(batch_id) as batch_id
    from rides
    group by interval_start, source
),

named as (
    select
        hour_start,
        source,
        rides,
        cast(percentiles[1] as numeric(18, 3)) as p10_predicted_minutes,
        cast(percentiles[2] as numeric(18, 3)) as median_predicted_minutes,
        cast(percentiles[3] as numeric(18, 3)) as p90_predicted_minutes,
        batch_id
    from counted
)

select * from named
