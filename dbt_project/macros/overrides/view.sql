{#
    Replaces the materialization `view` of dbt-adapters. Written against dbt-adapters 1.24 (dbt-core 1.11), which builds a
    second view, renames it, and drops the old one with everything that depends on it.

    Why: every run would drop the views that read a rebuilt view until dbt rebuilds them, and panels and alerts would
    fail in the meantime. This one replaces the view in place. It drops the view only if PostgreSQL refuses to replace
    it, because a column was removed, renamed, moved or given another type.

    Left out, because this project does not use them: sql_header, and what dbt does about leftovers of its second view.

    It can go when dbt-postgres replaces views in place, which dbt-labs/dbt-adapters#1680 asks for.
#}
{% materialization view, adapter='postgres' %}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set existing_relation = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% if existing_relation is not none and not existing_relation.is_view %}
        {% do adapter.drop_relation(existing_relation) %}
    {% endif %}
    {% if config.get('contract').enforced %}
        {% do get_assert_columns_equivalent(sql) %}
    {% endif %}
    {% call statement('main') -%}
        do $replace$
        begin
            create or replace view {{ target_relation }} as (
                {{ sql }}
            );
        exception when invalid_table_definition then
            {{ drop_from_the_top('view', target_relation) }};
            create view {{ target_relation }} as (
                {{ sql }}
            );
        end
        $replace$
    {%- endcall %}

    {% set may_have_grants = should_revoke(existing_relation, full_refresh_mode=False) %}
    {% do apply_grants(target_relation, config.get('grants'), should_revoke=may_have_grants) %}
    {% do persist_docs(target_relation, model) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
