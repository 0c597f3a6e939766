{# Fails for a mart that counts more or fewer rides than raw has, up to the newest batch that the mart contains. #}
with counts as (
    select
        'rides_per_interval' as mart,
        rides,
        batch_id
    from {{ ref('rides_per_interval') }}
    union all
    select
        'rides_per_hour' as mart,
        rides,
        batch_id
    from {{ ref('rides_per_hour') }}
    union all
    select
        'top_pickup_dropoff_pairs' as mart,
        rides,
        batch_id
    from {{ ref('top_pickup_dropoff_pairs') }}
),

counted as (
    select
        mart,
        coalesce(sum(rides), 0) as rides,
        max(batch_id) as batch_id
    from counts
    group by mart
),

compared as (
    select
        counted.mart,
        counted.rides,
        (
            select count(*)
            from {{ ref('stg_scoring__ride_predictions') }} as rides
            where rides.batch_id <= counted.batch_id
        ) as raw_rides
    from counted
)

select * from compared
where rides != raw_rides
