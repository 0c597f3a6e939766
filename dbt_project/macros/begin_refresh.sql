{#
    Runs first in the transaction that refreshes a model. The lock makes a second dbt wait before it looks at the
    watermark: without it the slower of two would write over newer rows what it had read earlier. Readers are not held
    up. jit: the planner expects far more new rides than there are, and compiling would take longer than the query.
#}
{% macro begin_refresh() -%}
    set local lock_timeout = '30s';
    set local jit = off;
    {% if is_incremental() -%}
        lock table {{ this }} in share row exclusive mode;
    {%- endif %}
{%- endmacro %}
