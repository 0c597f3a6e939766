{#
    The definition of a mart: its SQL, the models and macros that it depends on, their variables, and its columns in the
    database. Its digest is a comment on the mart's primary key, which is dropped with the table.
#}


{# Whether the model is a table that grows and has a primary key, on which its definition can be recorded. #}
{% macro has_definition(node) -%}
    {%- set keys = node.get('constraints', []) | selectattr('type', 'equalto', 'primary_key') | list -%}
    {{ return(node.get('config', {}).get('materialized') == 'incremental' and keys | length > 0) }}
{%- endmacro %}


{#
    Whether the mart exists with another definition. False if rides were deleted from raw: a rebuilt mart would lose
    them too, so that takes an explicit --full-refresh.
#}
{% macro must_be_rebuilt() -%}
    {%- if load_cached_relation(this) is none or definitions().is_current -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if run_query(rides_were_deleted()).rows[0][0] -%}
        {%- do exceptions.warn(
            this ~ ' has another definition but is not rebuilt, because raw lacks rides that it counts: see «Upgrading» '
            ~ 'in docs/operating.md'
        ) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- do log(this ~ ' is rebuilt, because its definition has changed', info=true) -%}
    {{ return(true) }}
{%- endmacro %}


{#
    Record the definition, if it is new. For a post-hook: in the transaction of the run. A mart that is kept without a
    rebuild gets the new definition too, so that the warning appears once.
#}
{% macro record_definition() -%}
    {%- if execute and has_definition(model) -%}
        {%- set definition = definitions() -%}
        {%- if not definition.is_current -%}
            comment on constraint {{ definition.key }} on {{ this }} is '{{ definition.wanted }}'
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{# The name of the mart's key, the definition that it should have, and whether that is the one recorded. #}
{% macro definitions() -%}
    {%- set parts = {} -%}
    {%- do add_definition(model.unique_id, parts) -%}
    {%- set row = run_query(wanted_and_recorded(local_md5(tojson(parts, sort_keys=true)))).rows -%}
    {{ return({
        'key': adapter.quote(row[0]['key']) if row else none,
        'wanted': row[0]['wanted'] if row else none,
        'is_current': row and row[0]['wanted'] == row[0]['recorded'],
    }) }}
{%- endmacro %}


{#
    Add to `parts` the code of a model or macro of this project, a model's contract, the variables that it reads, and the
    same for everything that it depends on.
#}
{% macro add_definition(unique_id, parts) -%}
    {%- set is_macro = unique_id.startswith('macro.' ~ project_name ~ '.') -%}
    {%- if unique_id not in parts and (is_macro or unique_id in graph.nodes) -%}
        {%- set part = context[unique_id.split('.')[-1]].macro if is_macro else graph.nodes[unique_id] -%}
        {%- set text = part.macro_sql if is_macro else part.raw_code -%}
        {%- do parts.update({unique_id: text if is_macro else [text, contract_of(part)]}) -%}
        {%- for name in modules.re.findall('var\(\W+(\w+)', text) -%}
            {%- do parts.update({name: var(name)}) -%}
        {%- endfor -%}
        {%- for reached in part.depends_on.macros + (part.depends_on.nodes | default([])) -%}
            {%- do add_definition(reached, parts) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}


{# What a model's yml says about its table. Descriptions are left out: dbt writes them at every run. #}
{% macro contract_of(node) -%}
    {%- set columns = node.columns.values() -%}
    {{ return([columns | map(attribute='name') | list, columns | map(attribute='data_type') | list, node.constraints]) }}
{%- endmacro %}


{# A query for the name of the mart's key, the digest that it should have, and the recorded one. #}
{% macro wanted_and_recorded(code) -%}
    select
        keys.conname as key,
        md5(concat('{{ code }}', columns.text)) as wanted,
        obj_description(keys.oid, 'pg_constraint') as recorded
    from pg_constraint as keys
    cross join lateral (
        select string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod)), ', ' order by attnum) as text
        from pg_attribute
        where attrelid = keys.conrelid and attnum > 0 and not attisdropped
    ) as columns
    where keys.conrelid = to_regclass('{{ this.include(database=false) }}') and keys.contype = 'p'
{%- endmacro %}


{# Whether raw has fewer rides of a run than the run wrote. #}
{% macro rides_were_deleted() -%}
    {%- set sources = graph.sources.values() | selectattr('source_name', 'equalto', 'scoring') | list -%}
    {%- set runs = (sources | selectattr('name', 'equalto', 'runs') | first).relation_name -%}
    {%- set rides = (sources | selectattr('name', 'equalto', 'ride_predictions') | first).relation_name -%}
    select exists (
        select from {{ runs }} as runs
        left join (select run_id, count(*) as rides from {{ rides }} group by run_id) as kept using (run_id)
        where runs.command != 'rescore' and runs.rides_scored > coalesce(kept.rides, 0)
    )
{%- endmacro %}
