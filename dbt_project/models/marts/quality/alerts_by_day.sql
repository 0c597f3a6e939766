{# Alerts of all days. The model reads no clock; Grafana's rules and `status` select the recent rows. #}

with quality as (
    select * from {{ ref('prediction_quality') }}
),

drift as (
    select * from {{ ref('feature_drift') }}
),

days as (
    select
        {{ local_day('hour_start') }} as day,
        source,
        model_name || ' ' || model_version as subject,
        max(validation_mae) as validation_mae,
        sum(rides_with_outcome) as rides_with_outcome,
        sum(sum_absolute_error) as sum_absolute_error,
        sum(rides_with_expected_error) as rides_with_expected_error,
        sum(sum_expected_error) as sum_expected_error,
        sum(sum_capped_error) as sum_capped_error,
        sum(rides_with_band) as rides_with_band,
        sum(rides_covered) as rides_covered,
        sum(rides_covered_static) as rides_covered_static
    from quality
    group by day, source, subject
),

-- Harder rides have larger expected errors, so a day of them raises no alert. Where too few rides have an expected
-- error, the model is compared with its validation instead.
compared as (
    select
        day,
        source,
        subject,
        sum_capped_error / sum_expected_error as ratio,
        'over {{ var("most_error") }} times the expected error' as meaning
    from days
    where rides_with_expected_error >= {{ var('least_rides') }} and sum_expected_error > 0
    union all
    select
        day,
        source,
        subject,
        sum_absolute_error / rides_with_outcome / validation_mae as ratio,
        'over {{ var("most_error") }} times the mean error in validation' as meaning
    from days
    where
        rides_with_outcome >= {{ var('least_rides') }}
        and rides_with_expected_error < {{ var('least_rides') }}
        and validation_mae > 0
),

errors as (
    select
        day,
        source,
        'error' as alert,
        subject,
        cast(ratio as numeric(12, 3)) as value,
        meaning
    from compared
    where ratio > {{ var('most_error') }}
),

coverages as (
    select
        day,
        source,
        'coverage' as alert,
        subject,
        cast(rides_covered / rides_with_band as numeric(12, 3)) as value,
        'the 90 % band covers less than {{ var("least_coverage") }} % or more than '
        '{{ var("most_coverage") }} %; the static band covers '
        || cast(round(100 * rides_covered_static / rides_with_band) as text) || ' %' as meaning
    from days
    where
        rides_with_band >= {{ var('least_rides') }}
        and 100 * rides_covered / rides_with_band not between {{ var('least_coverage') }} and {{ var('most_coverage') }}
),

verdicts as (
    select
        day,
        source,
        model_id,
        feature,
        psi,
        verdict = 'drift'
        and lag(verdict) over (partition by source, model_id, feature order by day) = 'drift'
        and lag(day) over (partition by source, model_id, feature order by day) = day - 1 as is_second_day
    from drift
),

drifts as (
    select
        day,
        source,
        'drift' as alert,
        feature as subject,
        cast(max(psi) as numeric(12, 3)) as value,
        'the feature has drifted for two days running' as meaning
    from verdicts
    where is_second_day
    group by day, source, feature
),

alerts as (
    select * from errors
    union all
    select * from coverages
    union all
    select * from drifts
)

select
    day,
    {{ local_day_start('day') }} as day_start,
    source,
    alert,
    subject,
    value,
    meaning
from alerts
