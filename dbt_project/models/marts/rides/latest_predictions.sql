{# A refresh adds the rides of newer batches; the post-hook deletes the rides that have become too old. #}
{{ config(
    unique_key=['trip_id'],
    indexes=[{'columns': ['batch_id']}, {'columns': ['source', 'trip_start_timestamp']}],
    post_hook="
        delete from {{ this }} as kept
        using (select source, max(trip_start_timestamp) as newest from {{ this }} group by source) as starts
        where kept.source = starts.source
        and kept.trip_start_timestamp < starts.newest - interval '{{ var(\"latest_days\") }} days'
    ",
) }}

with new_rides as not materialized (
    select * from {{ ref('int_scored_rides') }}
    {% if is_incremental() %}
        where batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
    {% endif %}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

starts as (
    select
        source,
        trip_start_timestamp
    from new_rides
    {% if is_incremental() %}
        union all
        select
            source,
            trip_start_timestamp
        from {{ this }}
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
        new_rides.trip_miles,
        new_rides.fare,
        new_rides.trip_total,
        new_rides.model_id,
        new_rides.model_name,
        new_rides.model_version,
        new_rides.run_id,
        new_rides.scored_at,
        new_rides.batch_id
    from new_rides
    inner join newest
        on
            new_rides.source = newest.source
            and newest.trip_start_timestamp - interval '{{ var("latest_days") }} days' <= new_rides.trip_start_timestamp
    left join areas as pickups on new_rides.pickup_community_area = pickups.zone
    left join areas as dropoffs on new_rides.dropoff_community_area = dropoffs.zone
)

select * from latest
