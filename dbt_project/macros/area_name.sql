{# The name of a zone; zone 0 stands for a ride that started or ended outside the city, or whose zone is withheld. #}
{% macro area_name(column) -%}
    coalesce({{ column }}, 'Outside the city or withheld')
{%- endmacro %}
