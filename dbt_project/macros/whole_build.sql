{#
    The record of the last run that built every model: the version of the project, the time and the number of views, as
    a comment on the schema staging. A tick skips the views as long as all of them exist, the version is its own and the
    time is recent (job/commands/dbt.py).
#}


{#
    Record this run if it built every model as the project defines it; delete the record if an option such as --vars may
    have changed what it built.
#}
{% macro record_whole_build(results) -%}
    {%- if execute and flags.WHICH in ('run', 'build') -%}
        {%- set built = results | selectattr('status', 'equalto', 'success') | map(attribute='node.unique_id') | list -%}
        {%- set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | list -%}
        {%- set views = models | selectattr('config.materialized', 'equalto', 'view') | list -%}
        {%- set staging = generate_schema_name('staging', none) -%}
        {%- if flags.EMPTY or flags.SAMPLE or invocation_args_dict.vars -%}
            comment on schema {{ staging }} is null
        {%- elif not models | map(attribute='unique_id') | reject('in', built) | list -%}
            comment on schema {{ staging }}
            is '{{ env_var('PROJECT_VERSION', 'unknown') }} {{ run_started_at.isoformat() }} {{ views | length }}'
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
