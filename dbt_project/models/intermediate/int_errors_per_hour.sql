{#
    All marts of errors are added up from these rows, so that a refresh reads each ride and its outcome once. A table,
    which grows like the marts: an increment recounts the hours that newer rides or outcomes touch.
#}
with rides as (
    {{ rides_to_count(
        ref('int_scored_rides'),
        '1 hour',
        outcomes=ref('stg_scoring__ride_outcomes'),
        all_rides='(' ~ scored_rides(all=true) ~ ')',
    ) }}
),

airports as (
    select zone
    from {{ ref('stg_scoring__zones') }}
    where is_airport
),

-- Materialized, because otherwise the error in validation is read from JSON for each row that is named.
models as materialized (
    select * from {{ ref('stg_scoring__models') }}
),

grouped as (
    select
        rides.interval_start as hour_start,
        {{ local_two_hours('rides.trip_start_timestamp') }} as local_start,
        rides.source,
        rides.model_id,
        {{ kind_of_ride(
            'rides.pickup_community_area in (select zone from airports) '
            'or rides.dropoff_community_area in (select zone from airports)',
            'rides.pickup_community_area',
            'rides.dropoff_community_area',
        ) }} as kind_of_ride,
        rides.pickup_community_area,
        {{ range_of_miles('rides.trip_miles') }} as miles,
        max(rides.scenario) as scenario,
        {{ quality_sums() }}
    from rides
    -- The columns that tell most rows apart come first: a sort compares the others only where they are equal.
    group by
        rides.interval_start, rides.pickup_community_area, miles, kind_of_ride,
        local_start, rides.source, rides.model_id
),

named as (
    select
        grouped.hour_start,
        grouped.local_start,
        grouped.source,
        grouped.scenario,
        grouped.model_id,
        models.model_name,
        models.model_version,
        models.validation_mae,
        grouped.kind_of_ride,
        grouped.pickup_community_area,
        grouped.miles,
        grouped.rides,
        grouped.rides_with_outcome,
        grouped.rides_with_band,
        grouped.rides_covered,
        grouped.rides_covered_static,
        grouped.sum_absolute_error,
        grouped.sum_squared_error,
        grouped.sum_error,
        grouped.sum_band_width,
        grouped.sum_static_band_width,
        grouped.rides_with_expected_error,
        grouped.sum_expected_error,
        grouped.sum_capped_error,
        grouped.sum_squared_excess,
        grouped.rides_with_expected_error_open,
        grouped.sum_expected_error_open,
        grouped.batch_id
    from grouped
    left join models on grouped.model_id = models.model_id
)

select * from named
