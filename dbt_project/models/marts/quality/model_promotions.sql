with promotions as (
    select * from {{ ref('stg_scoring__model_promotions') }}
),

-- A recreated registry reuses names and versions, so the newest model is the one that was promoted.
models as (
    select distinct on (model_name, model_version) *
    from {{ ref('stg_scoring__models') }}
    order by model_name asc, model_version asc, model_id desc
),

sources as (
    select * from {{ ref('stg_scoring__sources') }}
),

intervals as (
    select * from {{ ref('rides_per_interval') }}
),

marked as (
    select
        promotions.promotion_id,
        sources.source,
        promotions.model_name,
        promotions.from_version,
        promotions.to_version,
        promotions.why,
        promotions.promoted_at,
        first_interval.first_ride_start
    from promotions
    cross join sources
    left join models
        on promotions.model_name = models.model_name and promotions.to_version = models.model_version
    left join lateral (
        select intervals.first_ride_start
        from intervals
        where
            intervals.model_id = models.model_id
            and intervals.source = sources.source
            and intervals.last_scored_at >= promotions.promoted_at
        order by intervals.interval_start
        limit 1
    ) as first_interval on true
)

select * from marked
