{#
    These marts contain outcomes as well as rides; the batches of both are numbered from one sequence. As in
    int_ride_mart_freshness, each table is read by an index.
#}

with rides as not materialized (
    select * from {{ ref('stg_scoring__ride_predictions') }}
),

outcomes as not materialized (
    select * from {{ ref('stg_scoring__ride_outcomes') }}
),

quality_marts as (
    {{ newest_batch('prediction_quality') }}
    union all
    {{ newest_batch('prediction_quality_by_segment') }}
),

freshness as (
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
)

select * from freshness
