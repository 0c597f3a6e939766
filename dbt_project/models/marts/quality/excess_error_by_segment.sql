{#
    Segments with fewer than `least_of_segment` outcomes are pooled, first over miles, then over pickup areas, and what is
    still too small as `other`. So each ride is in one segment, and the sums of a day are those of its segments.

    An increment pools every day again that has a batch newer than the mart's newest. An hour can begin on the day before
    in a place whose clocks differ from UTC by half an hour.
#}
{{ config(unique_key=['day', 'source']) }}

with errors as (
    {% if is_incremental() -%}
        select errors_of_day.*
        from (
            select distinct cast(local_start as date) as day
            from {{ ref('int_errors_per_hour') }}
            where batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
        ) as touched
        cross join lateral (
            select errors.*
            from {{ ref('int_errors_per_hour') }} as errors
            where
                errors.hour_start >= {{ local_day_start('touched.day') }} - interval '1 hour'
                and errors.hour_start < {{ local_day_start('touched.day + 1') }}
                and cast(errors.local_start as date) = touched.day
            offset 0  -- noqa: AM09
        ) as errors_of_day
    {%- else -%}
        select * from {{ ref('int_errors_per_hour') }}
    {%- endif %}
),

areas as (
    select * from {{ ref('stg_scoring__zones') }}
),

smallest as (
    select
        cast(local_start as date) as day,
        source,
        model_id,
        model_name,
        model_version,
        kind_of_ride,
        pickup_community_area,
        to_char(local_start, 'HH24') || ' to ' || to_char(extract(hour from local_start) + 2, 'FM00') as hours,
        miles,
        sum(rides) as rides,
        sum(rides_with_expected_error) as rides_with_expected_error,
        sum(sum_expected_error) as sum_expected_error,
        sum(sum_capped_error) as sum_capped_error,
        sum(sum_squared_excess) as sum_squared_excess,
        max(batch_id) as batch_id
    from errors
    group by day, source, model_id, model_name, model_version, kind_of_ride, pickup_community_area, local_start, miles
),

pooled_over_miles as (
    {{ pooled('smallest', ['miles']) }}
),

pooled_over_areas as (
    {{ pooled('pooled_over_miles', ['miles', 'pickup_community_area']) }}
),

pooled as (
    {{ pooled('pooled_over_areas', ['miles', 'pickup_community_area', 'hours', 'kind_of_ride']) }}
),

named as (
    select
        pooled.*,
        {{ local_day_start('pooled.day') }} as day_start,
        case
            when pooled.pickup_community_area is null then 'other'
            else {{ area_name('areas.zone_name') }}
        end as pickup_area_name
    from pooled
    left join areas on pooled.pickup_community_area = areas.zone
),

measured as (
    select
        day,
        day_start,
        source,
        model_id,
        model_name,
        model_version,
        case
            when kind_of_ride = 'other' then 'other'
            when pickup_community_area is null then kind_of_ride || ', other areas, ' || hours || ' h'
            else kind_of_ride || ', ' || pickup_area_name || ', ' || hours || ' h, ' || miles || ' miles'
        end as segment,
        kind_of_ride,
        pickup_community_area,
        pickup_area_name,
        hours,
        miles,
        cast(rides as bigint) as rides,
        cast(rides_with_expected_error as bigint) as rides_with_expected_error,
        cast(sum_expected_error as numeric(18, 3)) as sum_expected_error,
        cast(sum_capped_error as numeric(18, 3)) as sum_capped_error,
        cast(sum_capped_error - sum_expected_error as numeric(18, 3)) as sum_excess_error,
        cast(sum_squared_excess as numeric(24, 6)) as sum_squared_excess,
        batch_id
    from named
)

select * from measured
