{# A live view, the only kind that may ask for the time: what the last 24 hours scored, before a day is over. #}
{{ config(materialized='view') }}

with runs as (
    select *
    from {{ ref('stg_scoring__runs') }}
    where started_at > current_timestamp - interval '24 hours'
),

-- What was caught up of older days is left to feature_drift.
counts as (
    select *
    from {{ ref('stg_scoring__input_counts') }}
    where day >= cast((current_timestamp - interval '24 hours') at time zone 'America/Chicago' as date)
),

training_bins as (
    select * from {{ ref('stg_scoring__training_bins') }}
),

models as (
    select * from {{ ref('stg_scoring__models') }}
),

counted as (
    select
        runs.source,
        runs.model_id,
        counts.feature,
        counts.bin,
        {{ kind_of_day('counts.day') }} as kind,
        cast(sum(counts.rides) as bigint) as rides
    from counts
    inner join runs on counts.run_id = runs.run_id
    group by runs.source, runs.model_id, counts.feature, counts.bin, kind
),

totals as (
    select
        source,
        model_id,
        feature,
        kind,
        sum(rides) as rides_of_kind,
        cast(sum(sum(rides)) over (partition by source, model_id, feature) as bigint) as rides
    from counted
    group by source, model_id, feature, kind
),

kinds as (
    select distinct
        model_id,
        kind
    from training_bins
),

compared as (
    select
        totals.*,
        coalesce(kinds.kind, 'all') as compared_with
    from totals
    left join kinds on totals.model_id = kinds.model_id and totals.kind = kinds.kind
),

-- Of a Friday and a Saturday each has its part.
expected as (
    select
        compared.source,
        compared.model_id,
        compared.feature,
        compared.rides,
        training_bins.bin,
        bool_and(compared.compared_with = compared.kind) as is_of_kind,
        sum(training_bins.training_share * compared.rides_of_kind) / compared.rides as training_share,
        count(*) over (partition by compared.source, compared.model_id, compared.feature) as bins
    from compared
    inner join training_bins
        on
            compared.model_id = training_bins.model_id
            and compared.compared_with = training_bins.kind
            and compared.feature = training_bins.feature
    group by compared.source, compared.model_id, compared.feature, compared.rides, training_bins.bin
),

found as (
    select
        source,
        model_id,
        feature,
        bin,
        sum(rides) as rides_in_bin
    from counted
    group by source, model_id, feature, bin
),

bins as (
    select
        expected.*,
        coalesce(found.rides_in_bin, 0) as rides_in_bin
    from expected
    left join found
        on
            expected.source = found.source
            and expected.model_id = found.model_id
            and expected.feature = found.feature
            and expected.bin = found.bin
),

measured as (
    {{ measured_drift('bins', whole='source, model_id', keys='source, model_id, feature') }}
),

reasoned as (
    select
        measured.*,
        models.model_version,
        case
            {{ not_comparable('measured') }}
        end as no_verdict_why
    from measured
    left join models on measured.model_id = models.model_id
)

select
    source,
    model_id,
    model_version,
    feature,
    rides,
    cast(case when no_verdict_why is null then psi end as numeric(10, 4)) as psi,
    case when no_verdict_why is null then {{ drift_verdict('psi') }} end as verdict,
    no_verdict_why
from reasoned
