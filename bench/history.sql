-- Replaces the rides of a week with a history of thirteen weeks, up to noon of that week's last day, in windows of two
-- minutes. Each ride is one of the week, moved by whole weeks and by seconds, with an outcome forty minutes later. `rides`,
-- a parameter of psycopg, is how many are drawn; the few that would start after the end are left out.

set session_replication_role = replica;
set synchronous_commit = off;
set jit = off;
set work_mem = '256MB';

create temp table base as
select
    (row_number() over (order by rides.trip_start_timestamp, rides.trip_id))::integer as number,
    date_bin('2 minutes', rides.trip_start_timestamp, 'epoch') as window_start,
    rides.*,
    outcomes.actual_duration
from raw.ride_predictions as rides
inner join raw.ride_outcomes as outcomes using (trip_id)
where rides.source = 'city';

create temp table windows as
select
    number,
    (select min(window_start) from base) + (number - 12 * 7 * 720) * interval '2 minutes' as window_start
from generate_series(0, 13 * 7 * 720 - 350) as number;

truncate raw.runs, raw.windows, raw.ride_predictions, raw.ride_outcomes, raw.pending_outcomes, raw.input_counts,
raw.rejected_records, raw.shadow_predictions cascade;

insert into raw.runs (run_id, command, source, started_at, finished_at, status, windows, model_id, code_version)
overriding system value
select
    3 * number + place,
    command,
    case when command = 'score' then 'simulator' end,
    window_start + interval '2 minutes' + place * interval '2 seconds',
    window_start + interval '2 minutes' + place * interval '3 seconds',
    'succeeded',
    (command = 'score')::integer,
    case when command = 'score' then (select max(model_id) from raw.models) end,
    'history'
from windows, unnest('{score,observe,dbt}'::text []) with ordinality as commands (command, place);

insert into raw.ride_predictions (
    trip_id, run_id, batch_id, pickup_community_area, dropoff_community_area, trip_start_timestamp, fare, trip_total,
    trip_miles, predicted_duration, predicted_low, predicted_high, expected_error, model_id, source, created_at
)
select
    gen_random_uuid(),
    3 * windows.number + 1,
    2 * windows.number + 1,
    base.pickup_community_area,
    base.dropoff_community_area,
    windows.window_start + drawn.second %% 120 * interval '1 second',
    base.fare,
    base.trip_total,
    base.trip_miles,
    base.predicted_duration,
    base.predicted_low,
    base.predicted_high,
    base.expected_error,
    base.model_id,
    'simulator',
    windows.window_start + interval '124 seconds'
from (
    select
        1 + floor(random() * (select count(*) from base))::integer as number,
        floor(random() * 13)::integer as week,
        floor(random() * 900)::integer as second
    from generate_series(1, %(rides)s)
    offset 0
) as drawn
inner join base using (number)
inner join windows
    on windows.number
        = drawn.week * 7 * 720
        + (extract(epoch from base.window_start - (select min(window_start) from base))::integer + drawn.second) / 120
order by windows.number;

update raw.runs set rides_scored = counted.rides, records_read = counted.rides
from (select run_id, count(*) as rides from raw.ride_predictions group by run_id) as counted
where runs.run_id = counted.run_id;

insert into raw.windows (window_start, run_id, rides)
select windows.window_start, runs.run_id, runs.rides_scored
from windows inner join raw.runs on runs.run_id = 3 * windows.number + 1;

insert into raw.ride_outcomes (trip_id, actual_duration, observed_at, batch_id)
select
    trip_id,
    least(greatest(predicted_duration * (0.6 + 0.9 * random()), 0.1), 1440),
    created_at + interval '40 minutes',
    batch_id + 41
from raw.ride_predictions
order by batch_id, trip_id;

insert into raw.pending_outcomes (trip_id, actual_duration, due_at, batch_id)
select trip_id, actual_duration, observed_at, batch_id from raw.ride_outcomes;

-- The bins of the last week's rides, repeated in each week.
create temp table features as
select
    feature,
    bool_or(lower = upper) as is_category,
    array_agg(lower order by lower) filter (where lower is not null) as edges,
    max(bin) as last_bin
from raw.training_bins
where kind = 'all'
group by feature;

create temp table week as
select
    (rides.batch_id - 1) / 2 as number,
    features.feature,
    case
        when features.is_category then coalesce(categories.bin, features.last_bin)
        else width_bucket(inputs.value, features.edges)
    end as bin,
    count(*) as rides
from raw.ride_predictions as rides
cross join lateral (
    values
    ('pickup', coalesce(pickup_community_area, 0)::float8),
    ('dropoff', coalesce(dropoff_community_area, 0)::float8),
    ('pair', 100 * coalesce(pickup_community_area, 0) + coalesce(dropoff_community_area, 0)::float8),
    ('miles', trip_miles),
    ('hour', extract(hour from raw.local_time(trip_start_timestamp))::float8),
    ('prediction', predicted_duration)
) as inputs (feature, value)
inner join features on inputs.feature = features.feature
left join raw.training_bins as categories
    on
        features.is_category
        and categories.kind = 'all'
        and inputs.feature = categories.feature
        and inputs.value = categories.lower
where rides.batch_id > 2 * 12 * 7 * 720
group by 1, 2, 3;

insert into raw.input_counts (run_id, batch_id, day, feature, bin, rides)
select 3 * windows.number + 1, 2 * windows.number + 1, raw.local_day(windows.window_start), feature, bin, rides
from windows
inner join week on week.number = 12 * 7 * 720 + windows.number %% (7 * 720)
order by windows.number, feature, bin;

select setval(pg_get_serial_sequence('raw.runs', 'run_id'), (select max(run_id) from raw.runs));
select setval('raw.batch_id', (select max(batch_id) from raw.ride_outcomes));
reset all;
analyze;
