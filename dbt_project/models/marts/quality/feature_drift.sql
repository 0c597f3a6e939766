{#
    Counted anew are the days that newer batches touch, and the days that were not over when they were counted last. A day
    is over once a ride of a later one is in, of the same source and whatever model; its newest interval tells, which an
    index finds for every model.
#}
{{ config(unique_key=['day', 'source'], indexes=[{'columns': ['batch_id']}, {'columns': ['no_verdict_why', 'day']}]) }}

with counts as not materialized (
    select * from {{ ref('stg_scoring__input_counts') }}
),

runs as not materialized (
    select * from {{ ref('stg_scoring__runs') }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

training_bins as (
    select * from {{ ref('stg_scoring__training_bins') }}
),

intervals as not materialized (
    select * from {{ ref('rides_per_interval') }}
),

{% if is_incremental() %}
    touched as (
        select counts.day
        from counts
        where counts.batch_id > (select coalesce(max(known.batch_id), 0) from {{ this }} as known)
        union
        select known.day
        from {{ this }} as known
        where known.no_verdict_why = 'the day is not over'
    ),

    counts_of_days as (
        select of_day.*
        from touched
        cross join lateral (
            select counts.*
            from counts
            where counts.day = touched.day
            offset 0 -- noqa: AM09
        ) as of_day
    ),
{% else %}
    counts_of_days as (
        select * from counts
    ),
{% endif %}

counted as (
    select
        counts_of_days.day,
        runs.source,
        runs.model_id,
        counts_of_days.feature,
        counts_of_days.bin,
        sum(counts_of_days.rides) as rides,
        max(counts_of_days.batch_id) as batch_id
    from counts_of_days
    inner join runs on counts_of_days.run_id = runs.run_id
    group by counts_of_days.day, runs.source, runs.model_id, counts_of_days.feature, counts_of_days.bin
),

totals as (
    select
        day,
        source,
        model_id,
        feature,
        {{ kind_of_day('day') }} as kind,
        cast(sum(rides) as bigint) as rides,
        max(batch_id) as batch_id
    from counted
    group by day, source, model_id, feature
),

kinds as (
    select distinct
        model_id,
        kind
    from training_bins
),

-- All training rides, where there were too few of this kind of day.
compared as (
    select
        totals.*,
        coalesce(kinds.kind, 'all') as compared_with
    from totals
    left join kinds on totals.model_id = kinds.model_id and totals.kind = kinds.kind
),

bins as (
    select
        compared.*,
        compared.compared_with = compared.kind as is_of_kind,
        training_bins.training_share,
        coalesce(counted.rides, 0) as rides_in_bin,
        count(*) over (partition by compared.day, compared.source, compared.model_id, compared.feature) as bins
    from compared
    inner join training_bins
        on
            compared.model_id = training_bins.model_id
            and compared.compared_with = training_bins.kind
            and compared.feature = training_bins.feature
    left join counted
        on
            compared.day = counted.day
            and compared.source = counted.source
            and compared.model_id = counted.model_id
            and compared.feature = counted.feature
            and training_bins.bin = counted.bin
),

measured as (
    {{
        measured_drift(
            'bins',
            whole='day, source, model_id',
            keys='day, source, model_id, feature, compared_with, batch_id',
        )
    }}
),

newest as (
    select
        sources.source,
        max(
            (
                select cast(max(intervals.interval_start) at time zone 'America/Chicago' as date)
                from intervals
                where intervals.model_id = models.model_id and intervals.source = sources.source
            )
        ) as day
    from (values ('simulator'), ('city')) as sources (source)
    cross join models
    group by sources.source
),

reasoned as (
    select
        measured.*,
        models.model_version,
        case
            when measured.day >= coalesce(newest.day, measured.day) then 'the day is not over'
            {{ not_comparable('measured') }}
        end as no_verdict_why
    from measured
    left join newest on measured.source = newest.source
    left join models on measured.model_id = models.model_id
),

judged as (
    select
        day,
        source,
        model_id,
        model_version,
        feature,
        compared_with,
        rides,
        cast(case when no_verdict_why is null then psi end as numeric(10, 4)) as psi,
        case when no_verdict_why is null then {{ drift_verdict('psi') }} end as verdict,
        no_verdict_why,
        batch_id
    from reasoned
)

select * from judged
