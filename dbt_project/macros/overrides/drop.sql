{#
    Replaces postgres__drop_table: the statement with which dbt drops the old table of a rebuilt mart and the views that
    read it. Written against dbt-postgres 1.11 (dbt-core 1.11).

    Why: several marts are rebuilt at once and have views in common. `drop table … cascade` locks the table first and
    then its views, one after the other, so two of them can wait for each other, or one of them and a panel, which locks
    a view before the tables below it. PostgreSQL then ends one of the two with «deadlock detected». Here tables are
    dropped one at a time, each after the views that read it, from the top down: the order in which readers lock them.

    It can go when dbt keeps the views of a rebuilt table.
#}
{% macro postgres__drop_table(relation) -%}
    do $drop$
    {{ drop_from_the_top('table', relation) }}
    $drop$
{%- endmacro %}


{#
    A PL/pgSQL block that drops a table or view after this project's views that read it. `cascade` also
    drops materialized views and other owners' views that read them, as it does in dbt's own statement.

    The login of a trial (target dev) may not take advisory locks, because it could take the job's. Its drops follow one
    another anyway: it has one thread, and schemas of its own.
#}
{% macro drop_from_the_top(kind, relation) -%}
    declare
        dependent text;
    begin
        if has_function_privilege('pg_advisory_xact_lock(bigint)', 'execute') then
            perform pg_advisory_xact_lock(hashtextextended('{{ project_name }}.drop', 0));
        end if;
        for dependent in
            with recursive dependents as (
                select to_regclass('{{ relation }}')::oid as view, 0 as height
                union
                select pg_rewrite.ev_class, dependents.height + 1
                from dependents
                inner join pg_depend
                    on pg_depend.refclassid = 'pg_class'::regclass and pg_depend.refobjid = dependents.view
                inner join pg_rewrite
                    on pg_depend.classid = 'pg_rewrite'::regclass and pg_depend.objid = pg_rewrite.oid
                where pg_rewrite.ev_class <> dependents.view
            )
            select view::regclass::text
            from dependents
            inner join pg_class on pg_class.oid = view
            where height > 0 and relkind = 'v' and pg_has_role(relowner, 'usage')
            group by view
            order by max(height) desc
        loop
            execute 'drop view if exists ' || dependent || ' cascade';
        end loop;
        drop {{ kind }} if exists {{ relation }} cascade;
    end
{%- endmacro %}
