with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour') }}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

counted as (
    select
        interval_start as hour_start,
        source,
        pickup_community_area,
        dropoff_community_area,
        count(*) as rides,
        count(fare) as rides_with_fare,
        cast(sum(predicted_minutes) as numeric(18, 3)) as sum_predicted_minutes,
        cast(coalesce(sum(fare), 0) as numeric(18, 2)) as sum_fares,
        max(batch_id) as batch_id
    from rides
    group by interval_start, source, pickup_community_area, dropoff_community_area
),

named as (
    select
        counted.hour_start,
        counted.source,
        counted.pickup_community_area,
        counted.dropoff_community_area,
        {{ area_name('pickups.zone_name') }} as pickup_area_name,
        {{ area_name('dropoffs.zone_name') }} as dropoff_area_name,
        {{ area_name('pickups.zone_name') }} || ' → ' || {{ area_name('dropoffs.zone_name') }} as pair_name,
        counted.rides,
        counted.rides_with_fare,
        counted.sum_predicted_minutes,
        counted.sum_fares,
        counted.batch_id
    from counted
    left join areas as pickups on counted.pickup_community_area = pickups.zone
    left join areas as dropoffs on counted.dropoff_community_area = dropoffs.zone
)

select * from named
