{#
    The record of the last run that built every model: the version of the project and the time, as a comment on the
    schema staging. A tick leaves the views out while the version is its own and the time is recent
    (job/commands/dbt.py). The record goes with the schema, and where a rebuilt mart takes views with it.
#}


{# Record this run, if it built every model. #}
{% macro record_whole_build(results) -%}
    {%- if execute and flags.WHICH in ('run', 'build') -%}
        {%- set built = results | selectattr('status', 'equalto', 'success') | map(attribute='node.unique_id') | list -%}
        {%- set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') -%}
        {%- if not models | map(attribute='unique_id') | reject('in', built) | list -%}
            comment on schema {{ generate_schema_name('staging', none) }}
            is '{{ env_var('PROJECT_VERSION', 'unknown') }} {{ run_started_at.isoformat() }}'
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{# A PL/pgSQL statement that deletes the record. #}
{% macro forget_whole_build() -%}
    if to_regnamespace('{{ generate_schema_name('staging', none) }}') is not null then
        comment on schema {{ generate_schema_name('staging', none) }} is null;
    end if
{%- endmacro %}
