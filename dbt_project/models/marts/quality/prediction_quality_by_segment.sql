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

segmented as (
    select
        rides.*,
        segments.dimension,
        segments.segment
    from rides_with_airports as rides
    cross join lateral (
        values
        (
            'miles',
            {{ range_of_miles('rides.trip_miles') }}
        ),
        (
            'areas',
            {{ kind_of_ride('rides.is_airport_ride', 'rides.pickup_community_area', 'rides.dropoff_community_area') }}
        ),
        ('hour', to_char({{ local_time('rides.interval_start') }}, 'HH24'))
    ) as segments (dimension, segment)
),

counted as (
    select
        interval_start as hour_start,
        source,
        model_id,
        model_name,
        model_version,
        dimension,
        segment,
        {{ quality_sums() }}
    from segmented
    group by interval_start, source, model_id, model_name, model_version, dimension, segment
)

select * from counted
