with errors as (
    {{ errors_to_add_up() }}
),

counted as (
    select
        hour_start,
        source,
        model_id,
        model_name,
        model_version,
        validation_mae,
        max(scenario) as scenario,
        {{ added_quality_sums() }}
    from errors
    group by hour_start, source, model_id, model_name, model_version, validation_mae
),

measured as (
    select
        hour_start,
        cast(extract(isodow from {{ local_time('hour_start') }}) as integer) as local_weekday,
        cast(extract(hour from {{ local_time('hour_start') }}) as integer) as local_hour,
        source,
        scenario,
        model_id,
        model_name,
        model_version,
        validation_mae,
        rides,
        rides_with_outcome,
        rides_with_band,
        rides_covered,
        rides_covered_static,
        sum_absolute_error,
        sum_squared_error,
        sum_error,
        sum_band_width,
        sum_static_band_width,
        rides_with_expected_error,
        sum_expected_error,
        sum_capped_error,
        rides_with_expected_error_open,
        sum_expected_error_open,
        cast(sum_absolute_error / nullif(rides_with_outcome, 0) as numeric(18, 3)) as mae,
        cast(sqrt(sum_squared_error / nullif(rides_with_outcome, 0)) as numeric(18, 3)) as rmse,
        cast(sum_error / nullif(rides_with_outcome, 0) as numeric(18, 3)) as bias,
        cast(cast(rides_covered as numeric) / nullif(rides_with_band, 0) as numeric(5, 4)) as coverage,
        batch_id
    from counted
)

select * from measured
