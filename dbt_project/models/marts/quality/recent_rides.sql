{# What latest_predictions has about errors, for those who look for it among the marts of errors. #}

with latest as (
    select * from {{ ref('latest_predictions') }}
),

compared as (
    select
        trip_id,
        source,
        trip_start_timestamp,
        pickup_community_area,
        dropoff_community_area,
        pickup_area_name,
        dropoff_area_name,
        trip_miles,
        predicted_minutes,
        predicted_low_minutes,
        predicted_high_minutes,
        actual_minutes,
        error_minutes,
        expected_error_minutes,
        is_covered,
        model_id,
        model_name,
        model_version,
        run_id
    from latest
)

select * from compared
