{#
    dbt's own form is `where key in (select …)`, for which PostgreSQL without fresh statistics reads the whole mart.
    An array of keys it looks up in the index, however many rows the mart has.
#}
{% macro postgres__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
    delete from {{ target }}
    where {{ unique_key }} = any(array(select distinct {{ unique_key }} from {{ source }}));

    insert into {{ target }} ({{ columns }})
    select {{ columns }}
    from {{ source }}
{%- endmacro %}
