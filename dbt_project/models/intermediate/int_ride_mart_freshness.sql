{# `not materialized`, so that each mart's lookup in the raw table uses an index. #}

with rides as not materialized (
    select * from {{ ref('stg_scoring__ride_predictions') }}
),

ride_marts as (
    {{ newest_batch('rides_per_interval') }}
    union all
    {{ newest_batch('rides_per_hour') }}
    union all
    {{ newest_batch('durations_per_hour') }}
    union all
    {{ newest_batch('fare_per_mile') }}
    union all
    {{ newest_batch('top_pickup_dropoff_pairs') }}
    union all
    {{ newest_batch('latest_predictions') }}
),

-- Rides that a mart leaves out by definition are not waiting.
latest_starts as materialized (
    select
        'latest_predictions' as mart,
        source,
        max(trip_start_timestamp) - interval '{{ var("latest_days") }} days' as first_start
    from {{ ref('latest_predictions') }}
    group by source
),

freshness as (
    select
        ride_marts.mart,
        included.scored_at as newest_at,
        waiting.scored_at as waiting_since
    from ride_marts
    left join lateral (
        select rides.scored_at
        from rides
        -- Not «=»: the newest batch may have been deleted manually.
        where rides.batch_id <= ride_marts.batch_id
        order by rides.batch_id desc
        limit 1
    ) as included on true
    left join lateral (
        select rides.scored_at
        from rides
        where
            rides.batch_id > coalesce(ride_marts.batch_id, 0)
            and (ride_marts.mart != 'fare_per_mile' or rides.fare is not null)
            and coalesce(
                rides.trip_start_timestamp >= (
                    select latest_starts.first_start
                    from latest_starts
                    where latest_starts.mart = ride_marts.mart and latest_starts.source = rides.source
                ),
                true
            )
        order by rides.batch_id
        limit 1
    ) as waiting on true
)

select * from freshness
