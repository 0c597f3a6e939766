{# A view, so that an outcome counts as soon as it is known: latest_predictions only receives new rides. #}

with latest as (
    select * from {{ ref('latest_predictions') }}
),

rides as (
    select * from {{ ref('int_scored_rides') }}
),

compared as (
    select
        latest.trip_id,
        latest.source,
        latest.trip_start_timestamp,
        latest.pickup_community_area,
        latest.dropoff_community_area,
        latest.pickup_area_name,
        latest.dropoff_area_name,
        latest.trip_miles,
        latest.predicted_minutes,
        latest.predicted_low_minutes,
        latest.predicted_high_minutes,
        rides.actual_minutes,
        cast(rides.error_minutes as numeric(18, 3)) as error_minutes,
        rides.expected_error_minutes,
        rides.is_covered,
        latest.model_id,
        latest.model_name,
        latest.model_version,
        latest.run_id
    from latest
    inner join rides on latest.trip_id = rides.trip_id
)

select * from compared
