{#
    An increment recounts an hour that has newer shadow predictions, or that prediction_quality has recounted since. That
    mart finds the hours with newer outcomes, so this one does not have to search for them while there is no challenger.
#}

with shadows as not materialized (
    select * from {{ ref('stg_scoring__shadow_predictions') }}
),

rides as not materialized (
    select * from {{ ref('int_scored_rides') }}
),

quality as not materialized (
    select * from {{ ref('prediction_quality') }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

{% if is_incremental() %}
    touched as (
        select {{ interval_start('shadowed.trip_start_timestamp', '1 hour') }} as hour_start
        from (
            select
                (
                    select rides.trip_start_timestamp
                    from rides
                    where rides.trip_id = shadows.trip_id
                ) as trip_start_timestamp
            from shadows
            where shadows.batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
        ) as shadowed
        union
        select known.hour_start
        from {{ this }} as known
        inner join quality
            on
                known.hour_start = quality.hour_start
                and known.source = quality.source
                and known.champion_model_id = quality.model_id
        where quality.batch_id > known.batch_id
    ),

    shadowed_rides as (
        select
            touched.hour_start,
            ride.*
        from touched
        inner join lateral (
            select
                rides.*,
                shadows.model_id as challenger_model_id,
                shadows.batch_id as shadow_batch_id,
                shadows.predicted_minutes as challenger_minutes
            from rides
            inner join shadows on rides.trip_id = shadows.trip_id
            where
                rides.trip_start_timestamp >= touched.hour_start
                and rides.trip_start_timestamp < touched.hour_start + interval '1 hour'
            order by rides.trip_id
            offset 0
        ) as ride on true
    ),
{% else %}
    shadowed_rides as (
        select
            {{ interval_start('rides.trip_start_timestamp', '1 hour') }} as hour_start,
            rides.*,
            shadows.model_id as challenger_model_id,
            shadows.batch_id as shadow_batch_id,
            shadows.predicted_minutes as challenger_minutes
        from rides
        inner join shadows on rides.trip_id = shadows.trip_id
    ),
{% endif %}

errors as (
    select
        hour_start,
        source,
        model_id as champion_model_id,
        model_name as champion_model_name,
        model_version as champion_model_version,
        challenger_model_id,
        shadow_batch_id,
        abs(error_minutes) as champion_error,
        abs(challenger_minutes - actual_minutes) as challenger_error
    from shadowed_rides
),

counted as (
    select
        hour_start,
        source,
        champion_model_id,
        champion_model_name,
        champion_model_version,
        challenger_model_id,
        count(*) as rides,
        count(challenger_error) as rides_with_outcome,
        cast(coalesce(sum(champion_error), 0) as numeric(18, 3)) as sum_champion_absolute_error,
        cast(coalesce(sum(challenger_error), 0) as numeric(18, 3)) as sum_challenger_absolute_error,
        cast(coalesce(sum(challenger_error - champion_error), 0) as numeric(18, 3)) as sum_difference,
        cast(coalesce(sum(power(challenger_error - champion_error, 2)), 0) as numeric(24, 6)) as sum_squared_difference,
        max(shadow_batch_id) as shadow_batch_id
    from errors
    group by
        hour_start, source, champion_model_id, champion_model_name, champion_model_version, challenger_model_id
),

compared as (
    select
        counted.hour_start,
        counted.source,
        counted.champion_model_id,
        counted.champion_model_name,
        counted.champion_model_version,
        counted.challenger_model_id,
        models.model_name as challenger_model_name,
        models.model_version as challenger_model_version,
        counted.rides,
        counted.rides_with_outcome,
        counted.sum_champion_absolute_error,
        counted.sum_challenger_absolute_error,
        counted.sum_difference,
        counted.sum_squared_difference,
        greatest(counted.shadow_batch_id, quality.batch_id) as batch_id
    from counted
    left join models on counted.challenger_model_id = models.model_id
    left join quality
        on
            counted.hour_start = quality.hour_start
            and counted.source = quality.source
            and counted.champion_model_id = quality.model_id
)

select * from compared
