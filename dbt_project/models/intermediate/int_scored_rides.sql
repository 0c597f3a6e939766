{#
    No `with`, here or in staging: PostgreSQL flattens a view into the query that reads it only if the view has none. Then
    an index finds the rides of an interval, and a left join whose columns are not used is left out.

    Minutes are converted in lateral subqueries, which PostgreSQL does not flatten (`offset 0`, `distinct on`): once per
    ride and not once per mention, since converting a float to numeric takes longer than adding it up.
#}
select
    -- ids
    predictions.trip_id,
    predictions.run_id,
    predictions.batch_id,
    predictions.model_id,
    current_outcome.batch_id as outcome_batch_id,

    -- text
    predictions.source,
    predictions.source_trip_id,
    models.model_name,
    models.model_version,
    models.validation_mae,
    runs.scenario,
    runs.code_version,

    -- numbers
    coalesce(predictions.pickup_community_area, 0) as pickup_community_area,
    coalesce(predictions.dropoff_community_area, 0) as dropoff_community_area,
    cast(predictions.fare as numeric(18, 2)) as fare,
    cast(predictions.trip_total as numeric(18, 2)) as trip_total,
    cast(predictions.trip_miles as numeric(18, 3)) as trip_miles,
    cast(
        case
            when predictions.fare is not null
                then least(floor(predictions.fare / predictions.trip_miles * 2) / 2, 25)
        end as numeric(4, 1)
    ) as fare_per_mile_bin,
    rounded.predicted_minutes,
    rounded.predicted_low_minutes,
    rounded.predicted_high_minutes,
    rounded.static_low_minutes,
    rounded.static_high_minutes,
    cast(predictions.expected_error_minutes as numeric(18, 3)) as expected_error_minutes,
    current_outcome.actual_minutes,
    rounded.predicted_minutes - current_outcome.actual_minutes as error_minutes,
    abs(rounded.predicted_minutes - current_outcome.capped_minutes) as capped_error_minutes,

    -- booleans
    runs.is_model_stale,
    current_outcome.actual_minutes between rounded.predicted_low_minutes and rounded.predicted_high_minutes
        as is_covered,
    current_outcome.actual_minutes between rounded.static_low_minutes and rounded.static_high_minutes
        as is_covered_static,

    -- times
    predictions.trip_start_timestamp,
    predictions.scored_at,
    current_outcome.observed_at
from {{ ref('stg_scoring__ride_predictions') }} as predictions
left join lateral (
    select
        cast(predictions.predicted_minutes as numeric(18, 3)) as predicted_minutes,
        cast(predictions.predicted_low_minutes as numeric(18, 3)) as predicted_low_minutes,
        cast(predictions.predicted_high_minutes as numeric(18, 3)) as predicted_high_minutes,
        cast(predictions.static_low_minutes as numeric(18, 3)) as static_low_minutes,
        cast(predictions.static_high_minutes as numeric(18, 3)) as static_high_minutes
    from (values (0)) as one (row)
    offset 0  -- noqa: AM09
) as rounded on true
left join {{ ref('stg_scoring__runs') }} as runs on predictions.run_id = runs.run_id
left join {{ ref('stg_scoring__models') }} as models on predictions.model_id = models.model_id
-- Lateral, so that a few rides look up their own outcomes instead of sorting all of them.
left join lateral (
    select distinct on (outcomes.trip_id)
        outcomes.trip_id,
        outcomes.batch_id,
        outcomes.observed_at,
        cast(outcomes.actual_minutes as numeric(18, 3)) as actual_minutes,
        cast(
            case
                when outcomes.actual_minutes > {{ var('longest_minutes') }} then {{ var('longest_minutes') }}
                else outcomes.actual_minutes
            end as numeric(18, 3)
        ) as capped_minutes
    from {{ ref('stg_scoring__ride_outcomes') }} as outcomes
    where outcomes.trip_id = predictions.trip_id
    order by outcomes.trip_id asc, outcomes.outcome_id desc
) as current_outcome on predictions.trip_id = current_outcome.trip_id
