with errors as (
    {{ errors_to_add_up() }}
),

segmented as (
    select
        errors.*,
        segments.dimension,
        segments.segment
    from errors
    cross join lateral (
        values
        ('miles', errors.miles),
        ('areas', errors.kind_of_ride),
        ('hour', to_char({{ local_time('errors.hour_start') }}, 'HH24'))
    ) as segments (dimension, segment)
),

counted as (
    select
        hour_start,
        source,
        model_id,
        model_name,
        model_version,
        dimension,
        segment,
        {{ added_quality_sums() }}
    from segmented
    group by hour_start, source, model_id, model_name, model_version, dimension, segment
)

select * from counted
