with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour', outcomes=ref('stg_scoring__ride_outcomes')) }}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

counted as (
    select
        rides.interval_start as hour_start,
        rides.source,
        rides.model_id,
        rides.model_name,
        rides.model_version,
        rides.pickup_community_area,
        {{ area_name('areas.zone_name') }} as pickup_area_name,
        areas.latitude,
        areas.longitude,
        coalesce(areas.is_airport, false) as is_airport,
        {{ quality_sums() }}
    from rides
    left join areas on rides.pickup_community_area = areas.zone
    group by
        rides.interval_start, rides.source, rides.model_id, rides.model_name, rides.model_version,
        rides.pickup_community_area, areas.zone_name, areas.latitude, areas.longitude, areas.is_airport
)

select * from counted
