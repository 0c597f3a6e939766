{# The prediction errors of a row's rides, as sums that can be added up across rows. #}
{% macro quality_sums() -%}
    count(*) as rides,
    count(error_minutes) as rides_with_outcome,
    count(is_covered) as rides_with_band,
    count(*) filter (where is_covered) as rides_covered,
    cast(coalesce(sum(abs(error_minutes)), 0) as numeric(18, 3)) as sum_absolute_error,
    cast(coalesce(sum(error_minutes * error_minutes), 0) as numeric(24, 6)) as sum_squared_error,
    cast(coalesce(sum(error_minutes), 0) as numeric(18, 3)) as sum_error,
    cast(
        coalesce(sum(predicted_high_minutes - predicted_low_minutes) filter (where is_covered is not null), 0)
        as numeric(18, 3)
    ) as sum_band_width,
    greatest(max(batch_id), max(outcome_batch_id)) as batch_id
{%- endmacro %}
