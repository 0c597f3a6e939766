{#
    Every scored ride with its run, its model and its current outcome: the body of int_scored_rides.

    Each ride looks up its outcomes in a lateral subquery, so that a query of a few rides does not sort all outcomes. A
    query of all rides passes `all`: then outcomes and rides are hashed once, which takes a third of the time. Only the
    rides whose outcome was corrected need their newest one; an index-only scan finds them.

    No `with`, here or in staging: PostgreSQL flattens a view into the query that reads it only if the view has none.
    Then an index finds the rides of an interval, and a left join whose columns are not used is left out.
#}
{% macro scored_rides(all=false) -%}
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
        predictions.fare,
        predictions.trip_total,
        predictions.trip_miles,
        cast(
            case
                when predictions.fare = 0 then 0
                when predictions.fare is not null
                    then least(floor(predictions.fare / nullif(predictions.trip_miles, 0) * 2) / 2, 25)
            end as numeric(4, 1)
        ) as fare_per_mile_bin,
        predictions.predicted_minutes,
        predictions.predicted_low_minutes,
        predictions.predicted_high_minutes,
        predictions.static_low_minutes,
        predictions.static_high_minutes,
        predictions.expected_error_minutes,
        current_outcome.actual_minutes,
        predictions.predicted_minutes - current_outcome.actual_minutes as error_minutes,
        abs(
            predictions.predicted_minutes
            - case
                when current_outcome.actual_minutes > {{ var('longest_minutes') }} then {{ var('longest_minutes') }}
                else current_outcome.actual_minutes
            end
        ) as capped_error_minutes,

        -- booleans
        runs.is_model_stale,
        current_outcome.actual_minutes between predictions.predicted_low_minutes and predictions.predicted_high_minutes
            as is_covered,
        current_outcome.actual_minutes between predictions.static_low_minutes and predictions.static_high_minutes
            as is_covered_static,

        -- times
        predictions.trip_start_timestamp,
        predictions.scored_at,
        current_outcome.observed_at
    from {{ ref('stg_scoring__ride_predictions') }} as predictions
    left join {{ ref('stg_scoring__runs') }} as runs on predictions.run_id = runs.run_id
    left join {{ ref('stg_scoring__models') }} as models on predictions.model_id = models.model_id
    {% if all -%}
        left join (
            select outcomes.*
            from {{ ref('stg_scoring__ride_outcomes') }} as outcomes
            left join (
                select
                    trip_id,
                    max(outcome_id) as outcome_id
                from {{ ref('stg_scoring__ride_outcomes') }}
                group by trip_id
                having count(*) > 1
            ) as corrections on outcomes.trip_id = corrections.trip_id
            where outcomes.outcome_id = coalesce(corrections.outcome_id, outcomes.outcome_id)
        ) as current_outcome on predictions.trip_id = current_outcome.trip_id
    {%- else -%}
        left join lateral (
            select distinct on (outcomes.trip_id)
                outcomes.trip_id,
                outcomes.batch_id,
                outcomes.observed_at,
                outcomes.actual_minutes
            from {{ ref('stg_scoring__ride_outcomes') }} as outcomes
            where outcomes.trip_id = predictions.trip_id
            order by outcomes.trip_id asc, outcomes.outcome_id desc
        ) as current_outcome on predictions.trip_id = current_outcome.trip_id
    {%- endif %}
{%- endmacro %}
