{#
    Replaces should_full_refresh of dbt-adapters, which decides by the flag --full-refresh and the setting full_refresh
    alone. Written against dbt-adapters 1.24 (dbt-core 1.11).

    Why: an upgrade changes columns or calculations. Without this macro, the next run would keep the rows of the old
    calculation, with null in new columns. With it, the next run rebuilds the marts whose definition has changed.

    The macro is called several times for a model, and all calls must agree: an increment in a new table would be a mart
    without its history. So the first answer is kept in the graph, which lives as long as the run.

    It can go when dbt rebuilds incremental models whose definition has changed.
#}
{% macro should_full_refresh() -%}
    {%- set wanted = config.get('full_refresh') -%}
    {%- if wanted is none -%}
        {%- set wanted = flags.FULL_REFRESH -%}
    {%- endif -%}
    {%- set node = graph.get('nodes', {}).get(model.unique_id, {}) if execute else {} -%}
    {%- if wanted or config.get('full_refresh') is not none or not has_definition(node) -%}
        {{ return(wanted) }}
    {%- endif -%}
    {%- if 'must_be_rebuilt' not in node -%}
        {%- do node.update({'must_be_rebuilt': must_be_rebuilt()}) -%}
    {%- endif -%}
    {{ return(node['must_be_rebuilt']) }}
{%- endmacro %}
