{# The prediction errors of a group of rides, as sums that can be added up across groups. #}
{% macro quality_sums() -%}
    count(*) as rides,
    count(error_minutes) as rides_with_outcome,
    count(is_covered) as rides_with_band,
    count(*) filter (where is_covered) as rides_covered,
    count(*) filter (where is_covered_static) as rides_covered_static,
    cast(coalesce(sum(abs(error_minutes)), 0) as numeric(18, 3)) as sum_absolute_error,
    cast(coalesce(sum(error_minutes * error_minutes), 0) as numeric(24, 6)) as sum_squared_error,
    cast(coalesce(sum(error_minutes), 0) as numeric(18, 3)) as sum_error,
    cast(
        coalesce(sum(predicted_high_minutes - predicted_low_minutes) filter (where is_covered is not null), 0)
        as numeric(18, 3)
    ) as sum_band_width,
    cast(
        coalesce(sum(static_high_minutes - static_low_minutes) filter (where is_covered is not null), 0)
        as numeric(18, 3)
    ) as sum_static_band_width,
    count(capped_error_minutes) filter (where expected_error_minutes is not null) as rides_with_expected_error,
    cast(
        coalesce(sum(expected_error_minutes) filter (where capped_error_minutes is not null), 0) as numeric(18, 3)
    ) as sum_expected_error,
    cast(
        coalesce(sum(capped_error_minutes) filter (where expected_error_minutes is not null), 0) as numeric(18, 3)
    ) as sum_capped_error,
    cast(
        coalesce(
            sum(
                (capped_error_minutes - expected_error_minutes) * (capped_error_minutes - expected_error_minutes)
            ), 0
        ) as numeric(24, 6)
    ) as sum_squared_excess,
    count(expected_error_minutes) filter (where capped_error_minutes is null) as rides_with_expected_error_open,
    cast(
        coalesce(sum(expected_error_minutes) filter (where capped_error_minutes is null), 0) as numeric(18, 3)
    ) as sum_expected_error_open,
    greatest(max(batch_id), max(outcome_batch_id)) as batch_id
{%- endmacro %}


{#
    The rows of int_errors_per_hour that a mart adds up in this refresh: those of every hour with a batch that is newer
    than the mart's newest, or in a full refresh all rows. As in rides_to_count, `offset 0` makes PostgreSQL look the
    hours up by index.
#}
{% macro errors_to_add_up() -%}
    {% if is_incremental() -%}
        select errors.*
        from (
            select distinct hour_start
            from {{ ref('int_errors_per_hour') }}
            where batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
        ) as touched
        cross join lateral (
            select *
            from {{ ref('int_errors_per_hour') }}
            where hour_start = touched.hour_start
            offset 0
        ) as errors
    {%- else -%}
        select * from {{ ref('int_errors_per_hour') }}
    {%- endif %}
{%- endmacro %}


{# The sums of such rows, added up. #}
{% macro added_quality_sums() -%}
    cast(sum(rides) as bigint) as rides,
    cast(sum(rides_with_outcome) as bigint) as rides_with_outcome,
    cast(sum(rides_with_band) as bigint) as rides_with_band,
    cast(sum(rides_covered) as bigint) as rides_covered,
    cast(sum(rides_covered_static) as bigint) as rides_covered_static,
    cast(sum(sum_absolute_error) as numeric(18, 3)) as sum_absolute_error,
    cast(sum(sum_squared_error) as numeric(24, 6)) as sum_squared_error,
    cast(sum(sum_error) as numeric(18, 3)) as sum_error,
    cast(sum(sum_band_width) as numeric(18, 3)) as sum_band_width,
    cast(sum(sum_static_band_width) as numeric(18, 3)) as sum_static_band_width,
    cast(sum(rides_with_expected_error) as bigint) as rides_with_expected_error,
    cast(sum(sum_expected_error) as numeric(18, 3)) as sum_expected_error,
    cast(sum(sum_capped_error) as numeric(18, 3)) as sum_capped_error,
    cast(sum(rides_with_expected_error_open) as bigint) as rides_with_expected_error_open,
    cast(sum(sum_expected_error_open) as numeric(18, 3)) as sum_expected_error_open,
    max(batch_id) as batch_id
{%- endmacro %}
