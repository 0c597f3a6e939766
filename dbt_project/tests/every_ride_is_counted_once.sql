{# The marts that hold every ride count as many as raw, of the days that raw has, up to the batch they have come to. #}
with closed as (
    select
        source,
        max(closed_before) as closed_before
    from {{ ref('stg_scoring__pruned_days') }}
    where kind = 'rides'
    group by source
),

counts as (
    select
        'rides_per_interval' as mart,
        source,
        interval_start as started_at,
        rides,
        batch_id
    from {{ ref('rides_per_interval') }}
    union all
    select
        'rides_per_hour' as mart,
        source,
        hour_start as started_at,
        rides,
        batch_id
    from {{ ref('rides_per_hour') }}
    union all
    select
        'top_pickup_dropoff_pairs' as mart,
        source,
        hour_start as started_at,
        rides,
        batch_id
    from {{ ref('top_pickup_dropoff_pairs') }}
),

counted as (
    select
        counts.mart,
        coalesce(
            sum(counts.rides) filter (where counts.started_at >= coalesce(closed.closed_before, '-infinity')), 0
        ) as rides,
        max(counts.batch_id) as batch_id
    from counts
    left join closed on counts.source = closed.source
    group by counts.mart
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
