{#
    Replaces generate_schema_name of dbt-adapters, which puts the target's schema before a folder's: `staging_marts`.
    Written against dbt-adapters 1.24 (dbt-core 1.11). dbt documents this macro as one to replace.

    Why: in production schemas have plain names, which dashboards and grants use. Under the target `dev` each user has
    schemas of their own, so that a trial leaves production alone.

    It can go when the target `dev` goes and dbt takes a folder's schema as it is.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set plain = custom_schema_name or target.schema -%}
    {{ plain if target.name == 'prod' else 'dbt_' ~ target.user ~ '_' ~ plain }}
{%- endmacro %}
