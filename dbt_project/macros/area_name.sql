{# The name of a zone, or a text where it is null: for zone 0, an end outside the city or withheld. #}
{% macro area_name(column) -%}
    coalesce({{ column }}, 'Outside the city or withheld')
{%- endmacro %}
