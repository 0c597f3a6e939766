{#
    A refresh adds the rides of newer batches and replaces those with a newer outcome; the post-hook deletes the rides that
    have become too old. All of them use indexes, since the mart may hold two days of very many rides.
#}
{{ config(
    unique_key=['trip_id'],
    indexes=[
        {'columns': ['batch_id']},
        {'columns': ['source', 'trip_start_timestamp']},
        {'columns': ['source', 'abs(error_minutes)']},
    ],
    post_hook="
        delete from {{ this }} as kept
        using {{ ref('stg_scoring__sources') }} as sources
        where kept.source = sources.source
        and kept.trip_start_timestamp < (
            select max(newest.trip_start_timestamp) from {{ this }} as newest where newest.source = sources.source
        ) - interval '{{ var(\"latest_days\") }} days'
    ",
) }}

{# Not within is_incremental(), where dbt would not see that the mart depends on them. #}
{% set predictions = ref('stg_scoring__ride_predictions') -%}
{% set outcomes = ref('stg_scoring__ride_outcomes') -%}

with rides as not materialized (
    select * from {{ ref('int_scored_rides') }}
),

{% if is_incremental() %}
    kept as (
        select
            sources.source,
            (
                select max(known.trip_start_timestamp)
                from {{ this }} as known
                where known.source = sources.source
            ) as newest_start
        from {{ ref('stg_scoring__sources') }} as sources
    ),

    -- Rides that are too old never raise the watermark, so every refresh meets them again: leave them out before the
    -- lookups.
    touched as (
        select scored.trip_id
        from {{ predictions }} as scored
        inner join kept on scored.source = kept.source
        where
            scored.batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
            and scored.trip_start_timestamp
            >= coalesce(kept.newest_start - interval '{{ var("latest_days") }} days', '-infinity')
        union
        select observed.trip_id
        from {{ outcomes }} as observed
        inner join {{ this }} as known on observed.trip_id = known.trip_id
        where observed.batch_id > (select coalesce(max(newest.batch_id), 0) from {{ this }} as newest)
    ),

    new_rides as (
        select ride.*
        from touched
        cross join lateral (
            select rides.*
            from rides
            where rides.trip_id = touched.trip_id
            offset 0  -- noqa: AM09
        ) as ride
    ),
{% else %}
    new_rides as not materialized (
        select * from rides
    ),
{% endif %}

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

starts as (
    select
        source,
        max(trip_start_timestamp) as trip_start_timestamp
    from new_rides
    group by source
    {% if is_incremental() %}
        union all
        select
            source,
            newest_start as trip_start_timestamp
        from kept
    {% endif %}
),

newest as (
    select
        source,
        max(trip_start_timestamp) as trip_start_timestamp
    from starts
    group by source
),

latest as (
    select
        new_rides.trip_id,
        new_rides.source,
        new_rides.trip_start_timestamp,
        new_rides.pickup_community_area,
        new_rides.dropoff_community_area,
        {{ area_name('pickups.zone_name') }} as pickup_area_name,
        {{ area_name('dropoffs.zone_name') }} as dropoff_area_name,
        new_rides.predicted_minutes,
        new_rides.predicted_low_minutes,
        new_rides.predicted_high_minutes,
        new_rides.actual_minutes,
        cast(new_rides.error_minutes as numeric(18, 3)) as error_minutes,
        new_rides.expected_error_minutes,
        new_rides.is_covered,
        new_rides.trip_miles,
        new_rides.fare,
        new_rides.trip_total,
        new_rides.model_id,
        new_rides.model_name,
        new_rides.model_version,
        new_rides.run_id,
        new_rides.scored_at,
        greatest(new_rides.batch_id, new_rides.outcome_batch_id) as batch_id
    from new_rides
    inner join newest
        on
            new_rides.source = newest.source
            and newest.trip_start_timestamp - interval '{{ var("latest_days") }} days' <= new_rides.trip_start_timestamp
    left join areas as pickups on new_rides.pickup_community_area = pickups.zone
    left join areas as dropoffs on new_rides.dropoff_community_area = dropoffs.zone
)

select * from latest
