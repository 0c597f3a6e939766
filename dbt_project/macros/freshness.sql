{# The newest batch that a mart contains. #}
{% macro newest_batch(mart) -%}
    select
        '{{ mart }}' as mart,
        max(batch_id) as batch_id
    from {{ ref(mart) }}
{%- endmacro %}


{#
    The freshness of a mart by its watermark: the start of the run that wrote the newest of the `rows` in the mart, and
    of the run that wrote the oldest row that is not in it yet.
    Not `=`: where nearly all rows have the same number, PostgreSQL would scan the table for the first of them.
#}
{% macro freshness_by(mart, rows, watermark) -%}
    select
        '{{ mart }}' as mart,
        (
            select {{ rows }}.started_at
            from {{ rows }}
            where {{ rows }}.{{ watermark }} <= newest.watermark
            order by {{ rows }}.{{ watermark }} desc
            limit 1
        ) as newest_at,
        (
            select {{ rows }}.started_at
            from {{ rows }}
            where {{ rows }}.{{ watermark }} > coalesce(newest.watermark, 0)
            order by {{ rows }}.{{ watermark }}
            limit 1
        ) as waiting_since
    from (
        select max({{ watermark }}) as watermark from {{ ref(mart) }}
    ) as newest
{%- endmacro %}
