{#
    Record on the schema staging that every model has been built: from which version of the project, and when. A tick
    leaves the views out while that is this version and recent (job/commands/dbt.py). The record goes with the schema.
#}
{% macro record_whole_build(results) -%}
    {%- if execute and flags.WHICH in ('run', 'build') -%}
        {%- set built = results | selectattr('status', 'equalto', 'success') | map(attribute='node.unique_id') | list -%}
        {%- set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') -%}
        {%- if not models | map(attribute='unique_id') | reject('in', built) | list -%}
            comment on schema {{ adapter.quote(generate_schema_name('staging', none)) }}
            is '{{ env_var('PROJECT_VERSION', 'unknown') }} {{ run_started_at.isoformat() }}'
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
