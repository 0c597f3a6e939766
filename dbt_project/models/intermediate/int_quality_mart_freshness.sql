{#
    These marts contain rides and outcomes, whose batches are numbered from the same sequence. As in
    int_ride_mart_freshness, each lookup uses an index.
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
    union all
    {{ newest_batch('prediction_quality_by_area') }}
    union all
    {{ newest_batch('excess_error_by_segment') }}
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
                -- Not «=»: if one batch has nearly all outcomes, PostgreSQL would scan the table for its first.
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
