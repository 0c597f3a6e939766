with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour', outcomes=ref('stg_scoring__ride_outcomes')) }}
),

airports as (
    select zone
    from {{ ref('stg_scoring__zones') }}
    where is_airport
),

rides_with_airports as (
    select
        rides.*,
        pickups.zone is not null or dropoffs.zone is not null as is_airport_ride
    from rides
    left join airports as pickups on rides.pickup_community_area = pickups.zone
    left join airports as dropoffs on rides.dropoff_community_area = dropoffs.zone
),

-- Added up by miles and kind of ride first, because a segment of each dimension would otherwise count every ride anew.
grouped as (
    select
        interval_start as hour_start,
        source,
        model_id,
        model_name,
        model_version,
        {{ range_of_miles('trip_miles') }} as miles,
        {{ kind_of_ride('is_airport_ride', 'pickup_community_area', 'dropoff_community_area') }} as areas,
        {{ quality_sums() }}
    from rides_with_airports
    group by interval_start, source, model_id, model_name, model_version, miles, areas
),

segmented as (
    select
        grouped.*,
        segments.dimension,
        segments.segment
    from grouped
    cross join lateral (
        values
        ('miles', grouped.miles),
        ('areas', grouped.areas),
        ('hour', to_char({{ local_time('grouped.hour_start') }}, 'HH24'))
    ) as segments (dimension, segment)
),

counted as (
    select
        hour_start,
        source,
        model_id,
        model_name,
        model_version,
        dimension,
        segment,
        {{ added_quality_sums() }}
    from segmented
    group by hour_start, source, model_id, model_name, model_version, dimension, segment
)

select * from counted
