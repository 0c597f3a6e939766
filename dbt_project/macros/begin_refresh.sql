{#
    Runs first in the transaction that refreshes a model.

    The lock makes a second dbt wait before it looks at the watermark: without it the slower of two would write over newer
    rows what it had read earlier. Readers are not held up.

    The planner cannot know how few rows are new, and on an embedded server that lives for seconds it may have no
    statistics at all. It would read whole tables, and compile code for that; both are told off.
#}
{% macro begin_refresh() -%}
    set local lock_timeout = '30s';
    set local jit = off;
    {% set before = load_relation(this) -%}
    {% if before and before.is_table -%}
        lock table {{ this }} in share row exclusive mode;
    {%- endif %}
    {% if is_incremental() -%}
        set local enable_seqscan = off;
    {%- endif %}
{%- endmacro %}
