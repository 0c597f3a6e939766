{# A live view, the only kind that may ask for the time: marts that are no longer refreshed must show. #}
{{ config(materialized='view') }}

-- not materialized: read once per mart, each time by an index.
with rides as not materialized (
    select * from {{ ref('stg_scoring__ride_predictions') }}
),

outcomes as not materialized (
    select * from {{ ref('stg_scoring__ride_outcomes') }}
),

runs as not materialized (
    select * from {{ ref('stg_scoring__runs') }}
),

rejected_records as not materialized (
    select
        rejected_records.rejected_id,
        runs.started_at
    from {{ ref('stg_scoring__rejected_records') }} as rejected_records
    inner join runs on rejected_records.run_id = runs.run_id
),

shadows as not materialized (
    select
        shadow_predictions.batch_id,
        runs.started_at
    from {{ ref('stg_scoring__shadow_predictions') }} as shadow_predictions
    inner join runs on shadow_predictions.run_id = runs.run_id
),

counts as not materialized (
    select
        input_counts.batch_id,
        runs.started_at
    from {{ ref('stg_scoring__input_counts') }} as input_counts
    inner join runs on input_counts.run_id = runs.run_id
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

-- Rides that a mart leaves out by its definition are not waited for.
latest_starts as materialized (
    select
        'latest_predictions' as mart,
        source,
        max(trip_start_timestamp) - interval '{{ var("latest_days") }} days' as first_start
    from {{ ref('latest_predictions') }}
    group by source
),

ride_freshness as (
    select
        ride_marts.mart,
        included.scored_at as newest_at,
        waiting.scored_at as waiting_since
    from ride_marts
    left join lateral (
        select rides.scored_at
        from rides
        -- Not «=»: the newest batch may have been deleted by hand.
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
),

quality_marts as (
    {{ newest_batch('prediction_quality') }}
    union all
    {{ newest_batch('prediction_quality_by_segment') }}
),

-- They contain outcomes beside rides, whose batches draw from the same numbers.
quality_freshness as (
    select
        quality_marts.mart,
        coalesce(
            (
                select rides.scored_at
                from rides
                where rides.batch_id = quality_marts.batch_id
                order by rides.batch_id
                limit 1
            ),
            (
                select outcomes.observed_at
                from outcomes
                -- Not «=»: nearly all outcomes may be one batch, and PostgreSQL then reads the table for its first row.
                where outcomes.batch_id <= quality_marts.batch_id
                order by outcomes.batch_id desc
                limit 1
            )
        ) as newest_at,
        least(
            (
                select rides.scored_at
                from rides
                where rides.batch_id > coalesce(quality_marts.batch_id, 0)
                order by rides.batch_id
                limit 1
            ),
            (
                select outcomes.observed_at
                from outcomes
                where outcomes.batch_id > coalesce(quality_marts.batch_id, 0)
                order by outcomes.batch_id
                limit 1
            )
        ) as waiting_since
    from quality_marts
),

freshness as (
    select * from ride_freshness
    union all
    select * from quality_freshness
    union all
    -- For newer outcomes prediction_quality waits.
    {{ freshness_by('model_comparison', 'shadows', 'batch_id') }}
    union all
    {{ freshness_by('feature_drift', 'counts', 'batch_id') }}
    union all
    {{ freshness_by('rejects', 'rejected_records', 'rejected_id') }}
)

select
    mart,
    newest_at,
    cast(extract(epoch from current_timestamp - newest_at) as numeric(18, 1)) as age_seconds,
    waiting_since,
    cast(coalesce(extract(epoch from current_timestamp - waiting_since), 0) as numeric(18, 1)) as waiting_seconds
from freshness
