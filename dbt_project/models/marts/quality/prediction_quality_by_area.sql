with errors as (
    {{ errors_to_add_up() }}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

counted as (
    select
        errors.hour_start,
        errors.source,
        errors.model_id,
        errors.model_name,
        errors.model_version,
        errors.pickup_community_area,
        {{ area_name('areas.zone_name') }} as pickup_area_name,
        areas.latitude,
        areas.longitude,
        coalesce(areas.is_airport, false) as is_airport,
        {{ added_quality_sums() }}
    from errors
    left join areas on errors.pickup_community_area = areas.zone
    group by
        errors.hour_start, errors.source, errors.model_id, errors.model_name, errors.model_version,
        errors.pickup_community_area, areas.zone_name, areas.latitude, areas.longitude, areas.is_airport
)

select * from counted
