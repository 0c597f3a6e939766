{#
    The start of the interval that an instant falls into, whatever the session's time zone. A width is a PostgreSQL
    interval or `local day`, a calendar day of the place.
#}
{% macro interval_start(time, width) -%}
    {%- if width == 'local day' -%}
        {{ local_day_start(local_day(time)) }}
    {%- else -%}
        date_bin('{{ width }}', {{ time }}, timestamptz '2000-01-01 00:00:00+00')
    {%- endif -%}
{%- endmacro %}


{# The end of the interval that begins at `start`. #}
{% macro interval_end(start, width) -%}
    {%- if width == 'local day' -%}
        {{ local_day_start(local_day(start) ~ ' + 1') }}
    {%- else -%}
        {{ start }} + interval '{{ width }}'
    {%- endif -%}
{%- endmacro %}


{#
    The rides that a mart counts in this refresh, with their interval_start. A full refresh counts all rides. An increment
    recounts every interval that has a ride of a newer batch than the mart's newest: it counts all rides of these
    intervals, so that late rides are included and a full refresh gives the same result. The rides are looked up by range,
    for which there is an index. The planner cannot know how few intervals there are; `offset 0` keeps it from scanning
    the whole table instead. In a full refresh, `offset 0` keeps PostgreSQL from recomputing a column at each
    use: conversions to numeric are most of the work.

    With `outcomes`, whose batches are numbered from the same sequence, newer outcomes touch an interval too. `all_rides`
    is what a full refresh reads instead of `rides`.
#}
{% macro rides_to_count(rides, width, outcomes=none, all_rides=none) -%}
    {% if is_incremental() -%}
        select
            touched.interval_start,
            rides.*
        from (
            select distinct {{ interval_start('trip_start_timestamp', width) }} as interval_start
            from {{ rides }}
            where batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
            {% if outcomes -%}
                union
                select {{ interval_start('ride_of_outcome.trip_start_timestamp', width) }} as interval_start
                from {{ outcomes }} as outcomes
                cross join lateral (
                    select trip_start_timestamp
                    from {{ rides }}
                    where trip_id = outcomes.trip_id
                    offset 0
                ) as ride_of_outcome
                where outcomes.batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
            {%- endif %}
        ) as touched
        cross join lateral (
            select *
            from {{ rides }}
            where
                trip_start_timestamp >= touched.interval_start
                and trip_start_timestamp < {{ interval_end('touched.interval_start', width) }}
            offset 0
        ) as rides
    {%- else -%}
        select
            {{ interval_start('trip_start_timestamp', width) }} as interval_start,
            rides.*
        from {{ all_rides or rides }} as rides
        offset 0
    {%- endif %}
{%- endmacro %}
