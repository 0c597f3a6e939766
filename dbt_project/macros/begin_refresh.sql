{#
    The first statements of the transaction that refreshes a model.

    The lock makes a second dbt wait before it reads the watermark. Without it, the slower of two refreshes would
    replace newer rows with what it had read earlier. Readers are not blocked.

    In an increment, the planner cannot know how few rows are new, and an embedded server that runs for seconds may have
    no statistics at all. It would scan whole tables and compile code for that; both are disabled.

    A full refresh sorts and hashes all rides. More memory than the server gives every session lets it do so in fewer
    passes; each of dbt's four threads may use that much, in every sort. Parallel workers would multiply it, and share
    it in /dev/shm, which is small in a container.
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
    {%- else -%}
        set local work_mem = '32MB';
        set local max_parallel_workers_per_gather = 0;
    {%- endif %}
{%- endmacro %}
