{# A view, so that an outcome counts as soon as it is known: latest_predictions only receives new rides. #}

with latest as (
    select * from {{ ref('latest_predictions') }}
),

scored as not materialized (
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
    -- Each ride is looked up by its index; a join may read all rides instead.
    inner join lateral (
        select
            scored.actual_minutes,
            scored.error_minutes,
            scored.expected_error_minutes,
            scored.is_covered
        from scored
        where scored.trip_id = latest.trip_id
        offset 0  -- noqa: AM09
    ) as rides on true
)

select * from compared
