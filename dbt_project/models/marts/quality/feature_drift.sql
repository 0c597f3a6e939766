{#
    An increment recounts the days that newer batches touch, and the days that were not over at the last refresh.

    A day is over when a ride of a later day of its source has arrived, whichever model scored it, or when a run has
    started at least 24 hours after the day's end. Both are read from tables and not from the clock, so that a full refresh
    agrees with the increments.

    `offset 0` makes PostgreSQL look up newer batches, the counts of a day, and their runs by index, so that the cost of an
    increment does not grow with history.
#}
{{ config(unique_key=['day', 'source'], indexes=[{'columns': ['batch_id']}, {'columns': ['no_verdict_why', 'day']}]) }}

with input_counts as not materialized (
    select * from {{ ref('stg_scoring__input_counts') }}
),

runs as not materialized (
    select * from {{ ref('stg_scoring__runs') }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

sources as (
    select * from {{ ref('stg_scoring__sources') }}
),

training_bins as (
    select * from {{ ref('stg_scoring__training_bins') }}
),

intervals as not materialized (
    select * from {{ ref('rides_per_interval') }}
),

{% if is_incremental() %}
    touched as (
        select newer.day
        from (
            select input_counts.day
            from input_counts
            where input_counts.batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
            offset 0 -- noqa: AM09
        ) as newer
        union
        select known.day
        from {{ this }} as known
        where known.no_verdict_why = 'the day is not over'
    ),

    counts_of_days as (
        select counts_of_day.*
        from touched
        cross join lateral (
            select
                input_counts.*,
                run.source,
                run.model_id
            from input_counts
            cross join
                lateral (
                    select
                        runs.source,
                        runs.model_id
                    from runs
                    where runs.run_id = input_counts.run_id
                    offset 0 -- noqa: AM09
                ) as run
            where input_counts.day = touched.day
            offset 0 -- noqa: AM09
        ) as counts_of_day
    ),
{% else %}
    counts_of_days as (
        select
            input_counts.*,
            runs.source,
            runs.model_id
        from input_counts
        inner join runs on input_counts.run_id = runs.run_id
    ),
{% endif %}

counts as (
    select
        day,
        source,
        model_id,
        feature,
        bin,
        cast(sum(rides) as bigint) as rides,
        max(batch_id) as batch_id
    from counts_of_days
    group by day, source, model_id, feature, bin
),

drift as (
    {{ drift_from_training('counts', 'training_bins', whole=['day', 'source', 'model_id']) }}
),

-- Model by model, so that the index of rides_per_interval can be used.
newest_rides as (
    select
        sources.source,
        max(
            (
                select {{ local_day('max(intervals.interval_start)') }}
                from intervals
                where intervals.model_id = models.model_id and intervals.source = sources.source
            )
        ) as day
    from sources
    cross join models
    group by sources.source
),

newest_run as (
    select max(started_at) as started_at from runs
),

reasoned as (
    select
        drift.*,
        models.model_name,
        models.model_version,
        case
            when not (
                coalesce(drift.day < newest_rides.day, false)
                or coalesce(
                    {{ local_day_start('drift.day + 1') }} + interval '24 hours' <= newest_run.started_at, false
                )
            ) then 'the day is not over'
            {{ not_comparable('drift') }}
        end as no_verdict_why
    from drift
    cross join newest_run
    left join newest_rides on drift.source = newest_rides.source
    left join models on drift.model_id = models.model_id
),

judged as (
    select
        day,
        source,
        model_id,
        model_name,
        model_version,
        feature,
        compared_with,
        rides,
        {{ verdict_columns() }},
        batch_id
    from reasoned
)

select * from judged
