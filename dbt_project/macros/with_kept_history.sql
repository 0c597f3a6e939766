{#
    What a growing mart ends with: the rows just counted and, in a full refresh, its own rows of the days that `prune` took
    out of raw, which nobody can count again. `rows` has the mart's columns, `time` is its hour, interval or day. A column
    that this version added is null in the kept rows.
#}
{% macro with_kept_history(rows, time, kind='rides') -%}
    {%- if model.resource_type != 'unit_test' -%}
        {#- Asked for at every run, or dbt would not know that the mart depends on it. -#}
        {%- set pruned_days = ref('stg_scoring__pruned_days') -%}
        {%- set before = load_relation(this) if execute and should_full_refresh() -%}
    {%- endif -%}
    {%- if before and before.is_table -%}
        {%- set kept = adapter.get_columns_in_relation(before) | map(attribute='name') | list -%}
        select {{ model.columns | join(', ') }}
        from {{ rows }}
        union all
        select
            {% for name, column in model.columns.items() -%}
                {{ 'history.' ~ name if name in kept else 'cast(null as ' ~ column.data_type ~ ')' }}{{ ', ' if not loop.last }}
            {%- endfor %}
        from {{ this }} as history
        inner join (
            select
                source,
                max({{ 'day + 1' if time == 'day' else 'closed_before' }}) as closed_before
            from {{ pruned_days }}
            where kind = '{{ kind }}'
            group by source
        ) as pruned on history.source = pruned.source
        where history.{{ time }} < pruned.closed_before
    {%- else -%}
        select * from {{ rows }}
    {%- endif -%}
{%- endmacro %}
