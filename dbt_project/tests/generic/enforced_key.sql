{#
    Fails unless the raw table of a staging view has a primary key of these columns. The view has one row per row of the
    table, so the test reads the catalog instead of the rows, which may be millions.
#}
{% test enforced_key(model, columns, table) %}
    select '{{ table }} has no such primary key' as failure
    where
        not exists (
            select 1
            from pg_constraint
            where
                conrelid = cast('{{ table }}' as regclass)
                and contype = 'p'
                and (
                    select array_agg(cast(attname as text) order by attname)
                    from pg_attribute
                    where attrelid = conrelid and attnum = any(conkey)
                ) = array['{{ columns | sort | join("', '") }}']
        )
{% endtest %}
