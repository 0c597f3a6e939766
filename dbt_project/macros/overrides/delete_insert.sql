{#
    dbt's own form is `where key in (select …)`, for which PostgreSQL without fresh statistics reads the whole mart.
    With an array of the key's first column it uses the index, however many rows the mart has.
#}
{% macro postgres__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
    {%- set keys = [unique_key] if unique_key is string else unique_key -%}
    delete from {{ target }}
    where
        {{ keys[0] }} = any(array(select distinct {{ keys[0] }} from {{ source }}))
        {%- if keys | length > 1 %}
        and ({{ keys | join(', ') }}) in (select {{ keys | join(', ') }} from {{ source }})
        {%- endif %};

    insert into {{ target }} ({{ columns }})
    select {{ columns }}
    from {{ source }}
{%- endmacro %}
