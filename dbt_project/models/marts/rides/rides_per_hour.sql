with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour') }}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

counted as (
    select
        interval_start as hour_start,
        source,
        model_id,
        pickup_community_area,
        count(*) as rides,
        count(fare) as rides_with_fare,
        cast(sum(predicted_minutes) as numeric(18, 3)) as sum_predicted_minutes,
        cast(sum(trip_miles) as numeric(18, 3)) as sum_miles,
        cast(coalesce(sum(fare), 0) as numeric(18, 2)) as sum_fares,
        percentile_cont(array[0.1, 0.5, 0.9]) within group (order by predicted_minutes) as percentiles,
        max(batch_id) as batch_id
    from rides
    group by interval_start, pickup_community_area, source, model_id
),

named as (
    select
        counted.hour_start,
        counted.source,
        counted.model_id,
        models.model_name,
        models.model_version,
        counted.pickup_community_area,
        {{ area_name('areas.zone_name') }} as pickup_area_name,
        counted.rides,
        counted.rides_with_fare,
        counted.sum_predicted_minutes,
        counted.sum_miles,
        counted.sum_fares,
        cast(counted.percentiles[1] as numeric(18, 3)) as p10_predicted_minutes,
        cast(counted.percentiles[2] as numeric(18, 3)) as median_predicted_minutes,
        cast(counted.percentiles[3] as numeric(18, 3)) as p90_predicted_minutes,
        counted.batch_id
    from counted
    left join areas on counted.pickup_community_area = areas.zone
    left join models on counted.model_id = models.model_id
)

select * from named
