{# Area 0 stands for a ride that began or ended outside the city, or whose area the City withheld. #}
{% macro area_name(column) -%}
    coalesce({{ column }}, 'Outside the city or withheld')
{%- endmacro %}
