with rides as (
    {{ rides_to_count(ref('int_scored_rides'), '1 hour') }}
),

counted as (
    select
        interval_start as hour_start,
        source,
        fare_per_mile_bin,
        case
            when fare_per_mile_bin < 25
                then to_char(fare_per_mile_bin, 'FM90.00') || ' to ' || to_char(fare_per_mile_bin + 0.5, 'FM90.00')
            else '25.00 and more'
        end as bin_name,
        count(*) as rides,
        max(batch_id) as batch_id
    from rides
    where fare_per_mile_bin is not null
    group by interval_start, source, fare_per_mile_bin
)

select * from counted
