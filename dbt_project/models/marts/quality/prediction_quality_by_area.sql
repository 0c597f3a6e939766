with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour', outcomes=ref('stg_scoring__ride_outcomes')) }}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

counted as (
    select
        interval_start as hour_start,
        source,
        model_id,
        model_name,
        model_version,
        pickup_community_area,
        {{ quality_sums() }}
    from rides
    group by interval_start, source, model_id, model_name, model_version, pickup_community_area
),

located as (
    select
        counted.hour_start,
        counted.source,
        counted.model_id,
        counted.model_name,
        counted.model_version,
        counted.pickup_community_area,
        {{ area_name('areas.zone_name') }} as pickup_area_name,
        areas.latitude,
        areas.longitude,
        coalesce(areas.is_airport, false) as is_airport,
        counted.rides,
        counted.rides_with_outcome,
        counted.rides_with_band,
        counted.rides_covered,
        counted.sum_absolute_error,
        counted.sum_squared_error,
        counted.sum_error,
        counted.sum_band_width,
        counted.rides_with_expected_error,
        counted.sum_expected_error,
        counted.sum_capped_error,
        counted.sum_expected_error_open,
        counted.batch_id
    from counted
    left join areas on counted.pickup_community_area = areas.zone
)

select * from located
