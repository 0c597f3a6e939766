{#
    Drop the views and tables that models of earlier versions left in the schema staging. When a release removes a model
    from that schema, add its name to the list. Other relations that belong to no model may be somebody's own, so they
    stay; so does a former model that one of them reads.
#}
{% macro drop_former_models() -%}
    {%- if execute and flags.WHICH in ('run', 'build') -%}
        {%- for name in ['community_areas', 'stg_scoring__windows'] -%}
            {%- set former = adapter.get_relation(target.dbname, generate_schema_name('staging', none), name) -%}
            {%- if former is not none %}
                do $drop$
                begin
                    drop {{ former.type }} {{ former }};
                exception when dependent_objects_still_exist then null;
                end
                $drop$;
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
