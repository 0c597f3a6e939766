{#
    The marts that hold every ride count as many as raw has, or had before it was pruned, up to the batch that they have
    come to.
#}
with counted as (
    select
        'rides_per_interval' as mart,
        sum(rides) as rides,
        max(batch_id) as batch_id
    from {{ ref('rides_per_interval') }}
    union all
    select
        'rides_per_hour' as mart,
        sum(rides) as rides,
        max(batch_id) as batch_id
    from {{ ref('rides_per_hour') }}
    union all
    select
        'top_pickup_dropoff_pairs' as mart,
        sum(rides) as rides,
        max(batch_id) as batch_id
    from {{ ref('top_pickup_dropoff_pairs') }}
),

scored as (
    select
        counted.mart,
        counted.rides,
        (
            select count(*)
            from {{ ref('stg_scoring__ride_predictions') }} as rides
            where rides.batch_id <= counted.batch_id
        ) + (
            select coalesce(sum(pruned.removed), 0)
            from {{ ref('stg_scoring__pruned_days') }} as pruned
            where pruned.kind = 'rides'
        ) as raw_rides
    from counted
)

select * from scored
where rides != raw_rides
