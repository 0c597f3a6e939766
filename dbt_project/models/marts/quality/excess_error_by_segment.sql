{#
    Segments with fewer than `least_of_segment` outcomes are pooled, first over miles, then over pickup areas, and what is
    still too small as `other`. So each ride is in one segment, and the sums of a day are those of its segments.
#}
{{ config(unique_key=['day', 'source']) }}

with rides as (
    {{ rides_to_count(ref('int_scored_rides'), 'local day', outcomes=ref('stg_scoring__ride_outcomes')) }}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

compared as (
    select
        rides.*,
        rides.capped_error_minutes - rides.expected_error_minutes as excess_minutes,
        coalesce(pickups.is_airport, false) or coalesce(dropoffs.is_airport, false) as is_airport_ride
    from rides
    left join areas as pickups on rides.pickup_community_area = pickups.zone
    left join areas as dropoffs on rides.dropoff_community_area = dropoffs.zone
),

smallest as (
    select
        interval_start as day_start,
        source,
        model_id,
        model_name,
        model_version,
        {{ kind_of_ride('is_airport_ride', 'pickup_community_area', 'dropoff_community_area') }} as kind_of_ride,
        pickup_community_area,
        {{ two_hours('trip_start_timestamp') }} as hours,
        {{ range_of_miles('trip_miles') }} as miles,
        count(*) as rides,
        count(excess_minutes) as rides_with_expected_error,
        coalesce(sum(expected_error_minutes) filter (where excess_minutes is not null), 0) as sum_expected_error,
        coalesce(sum(capped_error_minutes) filter (where excess_minutes is not null), 0) as sum_capped_error,
        coalesce(sum(excess_minutes * excess_minutes), 0) as sum_squared_excess,
        greatest(max(batch_id), max(outcome_batch_id)) as batch_id
    from compared
    group by day_start, source, model_id, model_name, model_version, kind_of_ride, pickup_community_area, hours, miles
),

pooled_over_miles as (
    {{ pooled('smallest', ['miles']) }}
),

pooled_over_areas as (
    {{ pooled('pooled_over_miles', ['miles', 'pickup_community_area']) }}
),

pooled as (
    {{ pooled('pooled_over_areas', ['miles', 'pickup_community_area', 'hours', 'kind_of_ride']) }}
),

named as (
    select
        pooled.*,
        {{ local_day('pooled.day_start') }} as day,
        case
            when pooled.pickup_community_area is null then 'other'
            else {{ area_name('areas.zone_name') }}
        end as pickup_area_name
    from pooled
    left join areas on pooled.pickup_community_area = areas.zone
),

measured as (
    select
        day,
        day_start,
        source,
        model_id,
        model_name,
        model_version,
        case
            when kind_of_ride = 'other' then 'other'
            when pickup_community_area is null then kind_of_ride || ', other areas, ' || hours || ' h'
            else kind_of_ride || ', ' || pickup_area_name || ', ' || hours || ' h, ' || miles || ' miles'
        end as segment,
        kind_of_ride,
        pickup_community_area,
        pickup_area_name,
        hours,
        miles,
        cast(rides as bigint) as rides,
        cast(rides_with_expected_error as bigint) as rides_with_expected_error,
        cast(sum_expected_error as numeric(18, 3)) as sum_expected_error,
        cast(sum_capped_error as numeric(18, 3)) as sum_capped_error,
        cast(sum_capped_error - sum_expected_error as numeric(18, 3)) as sum_excess_error,
        cast(sum_squared_excess as numeric(24, 6)) as sum_squared_excess,
        batch_id
    from named
)

select * from measured
