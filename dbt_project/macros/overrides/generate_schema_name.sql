{# Plain names in production; in dev each user's own, so that a trial leaves production alone. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set plain = custom_schema_name or target.schema -%}
    {{ plain if target.name == 'prod' else 'dbt_' ~ target.user ~ '_' ~ plain }}
{%- endmacro %}
