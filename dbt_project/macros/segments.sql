{# Groups of rides whose errors are compared. Their names sort as text. #}


{# The range of miles that a ride belongs to; a range includes its upper end. #}
{% macro range_of_miles(miles) -%}
    case
        when {{ miles }} <= 1 then '00 to 01'
        when {{ miles }} <= 2 then '01 to 02'
        when {{ miles }} <= 3 then '02 to 03'
        when {{ miles }} <= 5 then '03 to 05'
        when {{ miles }} <= 10 then '05 to 10'
        when {{ miles }} <= 20 then '10 to 20'
        else 'over 20'
    end
{%- endmacro %}


{# The kind of ride, with the same names as in training (job/model/features.py). #}
{% macro kind_of_ride(is_airport_ride, pickup, dropoff) -%}
    case
        when {{ is_airport_ride }} then 'airport'
        when {{ pickup }} = 0 or {{ dropoff }} = 0 then 'empty area'
        else 'city'
    end
{%- endmacro %}


{# The start of the two-hour interval of local time that contains an instant. #}
{% macro local_two_hours(instant) -%}
    date_bin('2 hours', {{ local_time(instant) }}, timestamp '2000-01-01 00:00:00')
{%- endmacro %}


{#
    Pool the segments that have too few outcomes: the given columns become `other` (null for the pickup area), and rows
    that are then the same segment are added up.
#}
{% macro pooled(relation, columns) -%}
    {%- set segment = ['kind_of_ride', 'pickup_community_area', 'hours', 'miles'] -%}
    {%- set whole = ['day', 'source', 'model_id', 'model_name', 'model_version'] -%}
    {%- set sums = ['rides', 'rides_with_expected_error', 'sum_expected_error', 'sum_capped_error', 'sum_squared_excess'] -%}
    select
        {%- for column in whole + segment %}
        {{ column }},
        {%- endfor %}
        {%- for column in sums %}
        sum({{ column }}) as {{ column }},
        {%- endfor %}
        max(batch_id) as batch_id
    from (
        select
            {%- for column in whole + sums %}
            {{ column }},
            {%- endfor %}
            {%- for column in segment %}
            {% if column not in columns -%}
                {{ column }},
            {%- else -%}
                case
                    when rides_with_expected_error >= {{ var('least_of_segment') }} then {{ column }}
                    {%- if column != 'pickup_community_area' %}
                    else 'other'
                    {%- endif %}
                end as {{ column }},
            {%- endif %}
            {%- endfor %}
            batch_id
        from {{ relation }}
    ) as renamed
    group by {{ (whole + segment) | join(', ') }}
{%- endmacro %}
