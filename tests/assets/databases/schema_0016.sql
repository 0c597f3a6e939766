-- A database of the last schema before 0.1.0, as the code at f9922cb left it; every trip in it is simulated. See README.md.
-- Load as superuser into an empty database of a server that has the roles taxi_owner, taxi_writer, taxi_dbt, taxi_reader.

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA marts;

ALTER SCHEMA marts OWNER TO taxi_dbt;

CREATE SCHEMA raw;

ALTER SCHEMA raw OWNER TO taxi_owner;

COMMENT ON SCHEMA raw IS 'What the job writes: rides, outcomes, rejects, runs, models and the ledger of windows.';

CREATE SCHEMA staging;

ALTER SCHEMA staging OWNER TO taxi_dbt;

CREATE FUNCTION raw.is_duration(minutes double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((minutes > (0)::double precision) AND (minutes <= (1440.0)::double precision));

ALTER FUNCTION raw.is_duration(minutes double precision) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.is_duration(minutes double precision) IS 'Whether a ride may have lasted this many minutes.';

CREATE FUNCTION raw.is_source(source text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((source ~ '^[a-z][a-z0-9_]*$'::text) AND (length(source) <= 40));

ALTER FUNCTION raw.is_source(source text) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.is_source(source text) IS 'Whether this can be the name of a source of rides.';

CREATE FUNCTION raw.is_zone(zone integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((zone >= 1) AND (zone <= 77));

ALTER FUNCTION raw.is_zone(zone integer) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.is_zone(zone integer) IS 'Whether the place may have a zone of this number.';

CREATE FUNCTION raw.job_status(as_of timestamp with time zone) RETURNS TABLE(last_success_at timestamp with time zone, unhealthy_after_minutes double precision, is_healthy boolean, catch_up_hours integer, windows_owed bigint, oldest_owed timestamp with time zone, windows_skipped bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with last_settings as (
        select runs.catch_up_hours, runs.first_run_days, runs.unhealthy_after_minutes
        from raw.runs
        where runs.catch_up_hours is not null
        order by runs.run_id desc
        limit 1
    ),
    -- Before the first run: the settings of init-db.
    settings as (
        select
            coalesce(last_settings.catch_up_hours, 24) as catch_up_hours,
            coalesce(last_settings.first_run_days, 14) as first_run_days,
            coalesce(last_settings.unhealthy_after_minutes, 10.0) as unhealthy_after_minutes
        from (select) as one_row
        left join last_settings on true
    ),
    -- Where windows were scored within a day, only their runs count: records that a person scores do not hide a dead
    -- schedule, unless no windows are to be scored any more. Then a tick that read a feed without a failure counts too,
    -- because it records no run when there is nothing new.
    last_success as (
        select coalesce(
            (
                select runs.finished_at
                from raw.runs
                where
                    runs.status = 'succeeded' and runs.command = 'score' and runs.source = 'simulator'
                    and runs.finished_at > as_of - interval '24 hours'
                    and settings.catch_up_hours > 0
                order by runs.finished_at desc
                limit 1
            ),
            greatest(
                (
                    select runs.finished_at
                    from raw.runs
                    where runs.status = 'succeeded' and runs.command = 'score'
                    order by runs.finished_at desc
                    limit 1
                ),
                (select max(feeds.checked_at) from raw.feeds where settings.catch_up_hours = 0)
            )
        ) as finished_at
        from settings
    ),
    owed as (
        select count(*) as windows, min(owed_windows) as oldest
        from settings
        cross join lateral raw.owed_windows(as_of, settings.catch_up_hours, settings.first_run_days) as owed_windows
    ),
    -- Skipped: closed since the first run, not in the ledger, and too old to be owed.
    past as (
        select
            date_bin('2 minutes', first_run.started_at, timestamptz 'epoch') as first_window,
            date_bin('2 minutes', as_of - make_interval(hours => settings.catch_up_hours), timestamptz 'epoch')
                as last_window
        from settings
        cross join (
            select runs.started_at
            from raw.runs
            where runs.command = 'score' and runs.source = 'simulator' and runs.windows > 0
            order by runs.started_at
            limit 1
        ) as first_run
        where settings.catch_up_hours > 0
    ),
    skipped as (
        select
            extract(epoch from past.last_window - past.first_window)::bigint / 120 + 1
            - (
                select count(*)
                from raw.windows
                where windows.window_start between past.first_window and past.last_window
            ) as windows
        from past
        where past.first_window <= past.last_window
    )
    select
        last_success.finished_at,
        settings.unhealthy_after_minutes,
        coalesce(
            last_success.finished_at >= as_of - settings.unhealthy_after_minutes * interval '1 minute', false
        ),
        settings.catch_up_hours,
        owed.windows,
        owed.oldest,
        coalesce((select skipped.windows from skipped), 0)
    from settings
    cross join last_success
    cross join owed
$$;

ALTER FUNCTION raw.job_status(as_of timestamp with time zone) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.job_status(as_of timestamp with time zone) IS 'One row: whether the job is healthy, and the windows that are owed or were skipped, by the settings of its last run.';

CREATE FUNCTION raw.keep_for_rides() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    is_used boolean;
begin
    if tg_op = 'TRUNCATE' then
        is_used := exists (select from raw.ride_predictions);
    else
        execute format('select exists (select from raw.ride_predictions where %1$I = ($1).%1$I)', tg_argv[0])
        into is_used using old;
    end if;
    if is_used then
        raise foreign_key_violation using
        message = format('rides refer to raw.%s: delete them first', tg_table_name),
        schema = tg_table_schema, table = tg_table_name;
    end if;
    return null;
end
$_$;

ALTER FUNCTION raw.keep_for_rides() OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.keep_for_rides() IS 'Refuses to remove a run or a model that rides refer to.';

CREATE FUNCTION raw.local_day(instant timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((instant AT TIME ZONE 'America/Chicago'::text))::date;

ALTER FUNCTION raw.local_day(instant timestamp with time zone) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.local_day(instant timestamp with time zone) IS 'The calendar day of the place.';

CREATE FUNCTION raw.local_day_start(day date) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((day)::timestamp without time zone AT TIME ZONE 'America/Chicago'::text);

ALTER FUNCTION raw.local_day_start(day date) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.local_day_start(day date) IS 'The instant at which a calendar day of the place begins.';

CREATE FUNCTION raw.local_time(instant timestamp with time zone) RETURNS timestamp without time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (instant AT TIME ZONE 'America/Chicago'::text);

ALTER FUNCTION raw.local_time(instant timestamp with time zone) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.local_time(instant timestamp with time zone) IS 'The wall-clock time of the place.';

CREATE FUNCTION raw.owed_windows(as_of timestamp with time zone, catch_up_hours integer, first_run_days integer) RETURNS SETOF timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    with first_run as (
        select
            runs.run_id,
            runs.started_at,
            runs.first_run_days as days
        from raw.runs
        where runs.command = 'score' and runs.source = 'simulator' and runs.windows > 0
        order by runs.started_at
        limit 1
    ),
    -- A first run from before the setting was recorded: as far back as its oldest window, within the default of then.
    first_days as (
        select
            coalesce(first_run.started_at, as_of) as until,
            case
                when first_run.started_at is null then as_of - owed_windows.first_run_days * interval '24 hours'
                when first_run.days is not null then first_run.started_at - first_run.days * interval '24 hours'
                else greatest(
                    first_run.started_at - 7 * interval '24 hours',
                    (
                        select min(windows.window_start) - interval '2 minutes'
                        from raw.windows
                        where windows.run_id = first_run.run_id
                    )
                )
            end as since
        from (select) as one_row
        left join first_run on true
    ),
    due as (
        select generate_series(
            date_bin('2 minutes', as_of - make_interval(hours => catch_up_hours), timestamptz 'epoch')
            + interval '2 minutes',
            date_bin('2 minutes', as_of, timestamptz 'epoch') - interval '2 minutes',
            interval '2 minutes'
        ) as window_start
        union
        select generate_series(
            date_bin('2 minutes', since, timestamptz 'epoch') + interval '2 minutes',
            date_bin('2 minutes', until, timestamptz 'epoch') - interval '2 minutes',
            interval '2 minutes'
        )
        from first_days
    )
    select due.window_start
    from due
    where
        catch_up_hours > 0
        and not exists (select from raw.windows where windows.window_start = due.window_start)
    order by due.window_start
$$;

ALTER FUNCTION raw.owed_windows(as_of timestamp with time zone, catch_up_hours integer, first_run_days integer) OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.owed_windows(as_of timestamp with time zone, catch_up_hours integer, first_run_days integer) IS 'The starts of the windows that a run with these settings has to score, oldest first.';

CREATE FUNCTION raw.require_runs_and_models() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    keys record;
begin
    for keys in select distinct run_id, model_id from written loop
        perform from raw.runs where runs.run_id = keys.run_id for key share;
        if not found then
            raise foreign_key_violation using
            message = format('run %s of a ride does not exist', keys.run_id),
            schema = tg_table_schema, table = tg_table_name, column = 'run_id';
        end if;
        perform from raw.models where models.model_id = keys.model_id for key share;
        if not found then
            raise foreign_key_violation using
            message = format('model %s of a ride does not exist', keys.model_id),
            schema = tg_table_schema, table = tg_table_name, column = 'model_id';
        end if;
    end loop;
    return null;
end
$$;

ALTER FUNCTION raw.require_runs_and_models() OWNER TO taxi_owner;

COMMENT ON FUNCTION raw.require_runs_and_models() IS 'Refuses rides whose run or model does not exist.';

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE marts.feature_drift (
    day date NOT NULL,
    source text NOT NULL,
    model_id integer NOT NULL,
    model_version text,
    feature text NOT NULL,
    compared_with text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text,
    batch_id bigint
);

ALTER TABLE marts.feature_drift OWNER TO taxi_dbt;

CREATE TABLE marts.prediction_quality (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    model_id integer NOT NULL,
    model_version text,
    validation_mae numeric(9,3),
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    mae numeric(18,3),
    rmse numeric(18,3),
    bias numeric(18,3),
    coverage numeric(5,4),
    batch_id bigint
);

ALTER TABLE marts.prediction_quality OWNER TO taxi_dbt;

CREATE VIEW marts.alerts_by_day AS
 WITH quality AS (
         SELECT prediction_quality.hour_start,
            prediction_quality.source,
            prediction_quality.model_id,
            prediction_quality.model_version,
            prediction_quality.validation_mae,
            prediction_quality.rides,
            prediction_quality.rides_with_outcome,
            prediction_quality.rides_with_band,
            prediction_quality.rides_covered,
            prediction_quality.sum_absolute_error,
            prediction_quality.sum_squared_error,
            prediction_quality.sum_error,
            prediction_quality.sum_width,
            prediction_quality.mae,
            prediction_quality.rmse,
            prediction_quality.bias,
            prediction_quality.coverage,
            prediction_quality.batch_id
           FROM marts.prediction_quality
        ), drift AS (
         SELECT feature_drift.day,
            feature_drift.source,
            feature_drift.model_id,
            feature_drift.model_version,
            feature_drift.feature,
            feature_drift.compared_with,
            feature_drift.rides,
            feature_drift.psi,
            feature_drift.verdict,
            feature_drift.no_verdict_why,
            feature_drift.batch_id
           FROM marts.feature_drift
        ), days AS (
         SELECT ((quality.hour_start AT TIME ZONE 'America/Chicago'::text))::date AS day,
            quality.source,
            quality.model_version,
            max(quality.validation_mae) AS validation_mae,
            sum(quality.rides_with_outcome) AS rides_with_outcome,
            sum(quality.sum_absolute_error) AS sum_absolute_error,
            sum(quality.rides_with_band) AS rides_with_band,
            sum(quality.rides_covered) AS rides_covered
           FROM quality
          GROUP BY (((quality.hour_start AT TIME ZONE 'America/Chicago'::text))::date), quality.source, quality.model_version
        ), errors AS (
         SELECT days.day,
            days.source,
            'error'::text AS alert,
            ('version '::text || days.model_version) AS subject,
            (((days.sum_absolute_error / days.rides_with_outcome) / days.validation_mae))::numeric(12,3) AS value,
            'over 1.3 times the validation''s mean error'::text AS meaning
           FROM days
          WHERE ((days.rides_with_outcome >= (300)::numeric) AND (days.validation_mae > (0)::numeric) AND (days.sum_absolute_error > ((1.3 * days.validation_mae) * days.rides_with_outcome)))
        ), coverages AS (
         SELECT days.day,
            days.source,
            'coverage'::text AS alert,
            ('version '::text || days.model_version) AS subject,
            ((days.rides_covered / days.rides_with_band))::numeric(12,3) AS value,
            'the 90 % band covers less than 85 % or more than 95 %'::text AS meaning
           FROM days
          WHERE ((days.rides_with_band >= (300)::numeric) AND (((((100)::numeric * days.rides_covered) / days.rides_with_band) < (85)::numeric) OR ((((100)::numeric * days.rides_covered) / days.rides_with_band) > (95)::numeric)))
        ), verdicts AS (
         SELECT drift.day,
            drift.source,
            drift.model_id,
            drift.feature,
            drift.psi,
            ((drift.verdict = 'drift'::text) AND (lag(drift.verdict) OVER (PARTITION BY drift.source, drift.model_id, drift.feature ORDER BY drift.day) = 'drift'::text) AND (lag(drift.day) OVER (PARTITION BY drift.source, drift.model_id, drift.feature ORDER BY drift.day) = (drift.day - 1))) AS for_two_days
           FROM drift
        ), drifts AS (
         SELECT verdicts.day,
            verdicts.source,
            'drift'::text AS alert,
            verdicts.feature AS subject,
            (max(verdicts.psi))::numeric(12,3) AS value,
            'the feature has drifted for two days running'::text AS meaning
           FROM verdicts
          WHERE verdicts.for_two_days
          GROUP BY verdicts.day, verdicts.source, verdicts.feature
        ), alerts AS (
         SELECT errors.day,
            errors.source,
            errors.alert,
            errors.subject,
            errors.value,
            errors.meaning
           FROM errors
        UNION ALL
         SELECT coverages.day,
            coverages.source,
            coverages.alert,
            coverages.subject,
            coverages.value,
            coverages.meaning
           FROM coverages
        UNION ALL
         SELECT drifts.day,
            drifts.source,
            drifts.alert,
            drifts.subject,
            drifts.value,
            drifts.meaning
           FROM drifts
        )
 SELECT day,
    ((day)::timestamp without time zone AT TIME ZONE 'America/Chicago'::text) AS day_start,
    source,
    alert,
    subject,
    value,
    meaning
   FROM alerts;

ALTER VIEW marts.alerts_by_day OWNER TO taxi_dbt;

CREATE TABLE marts.durations_per_hour (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    rides bigint,
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE marts.durations_per_hour OWNER TO taxi_dbt;

CREATE TABLE marts.fare_per_mile (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    fare_per_mile_bin numeric(4,1) NOT NULL,
    bin_name text,
    rides bigint,
    batch_id bigint
);

ALTER TABLE marts.fare_per_mile OWNER TO taxi_dbt;

CREATE TABLE raw.input_counts (
    run_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    day date NOT NULL,
    feature text NOT NULL,
    bin integer NOT NULL,
    rides bigint NOT NULL,
    CONSTRAINT input_counts_bin_check CHECK ((bin >= 0)),
    CONSTRAINT input_counts_rides_check CHECK ((rides > 0))
);

ALTER TABLE raw.input_counts OWNER TO taxi_owner;

COMMENT ON TABLE raw.input_counts IS 'One row per batch, Chicago day, feature and bin that its rides fall into; source and model are the run''s.';

COMMENT ON COLUMN raw.input_counts.batch_id IS 'The batch that was committed with it: the mart''s watermark.';

CREATE TABLE raw.models (
    model_id integer NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    digest text NOT NULL,
    features_version integer,
    metrics jsonb DEFAULT '{}'::jsonb NOT NULL,
    band jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE raw.models OWNER TO taxi_owner;

CREATE TABLE raw.runs (
    run_id bigint NOT NULL,
    command text NOT NULL,
    source text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    status text DEFAULT 'running'::text NOT NULL,
    records_read bigint DEFAULT 0 NOT NULL,
    rides_scored bigint DEFAULT 0 NOT NULL,
    rides_known bigint DEFAULT 0 NOT NULL,
    records_rejected bigint DEFAULT 0 NOT NULL,
    windows bigint DEFAULT 0 NOT NULL,
    model_id integer,
    model_stale boolean DEFAULT false NOT NULL,
    scenario text,
    profile_digest text,
    code_version text NOT NULL,
    error text,
    challenger_error text,
    catch_up_hours integer,
    first_run_days integer,
    unhealthy_after_minutes double precision,
    CONSTRAINT runs_account_for_every_record CHECK ((records_read = ((rides_scored + rides_known) + records_rejected))),
    CONSTRAINT runs_count_upwards CHECK ((LEAST(records_read, rides_scored, rides_known, records_rejected, windows) >= 0)),
    CONSTRAINT runs_finished_when_ended CHECK (((status = 'running'::text) = (finished_at IS NULL))),
    CONSTRAINT runs_source_check CHECK (raw.is_source(source)),
    CONSTRAINT runs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'succeeded'::text, 'failed'::text])))
);

ALTER TABLE raw.runs OWNER TO taxi_owner;

COMMENT ON TABLE raw.runs IS 'One row per execution of a command that writes.';

COMMENT ON COLUMN raw.runs.challenger_error IS 'Why the challenger did not score in this run, or not to its end; the run does not depend on it.';

COMMENT ON COLUMN raw.runs.catch_up_hours IS 'CATCH_UP_HOURS of the run; null for runs before this column.';

COMMENT ON COLUMN raw.runs.first_run_days IS 'FIRST_RUN_DAYS of the run; null for runs before this column.';

COMMENT ON COLUMN raw.runs.unhealthy_after_minutes IS 'UNHEALTHY_AFTER of the run; null for runs before this column.';

CREATE TABLE raw.training_bins (
    model_id integer NOT NULL,
    kind text NOT NULL,
    feature text NOT NULL,
    bin integer NOT NULL,
    lower double precision,
    upper double precision,
    share double precision NOT NULL,
    CONSTRAINT training_bins_bin_check CHECK ((bin >= 0)),
    CONSTRAINT training_bins_kind_check CHECK ((kind = ANY (ARRAY['all'::text, 'weekday'::text, 'weekend'::text]))),
    CONSTRAINT training_bins_lower_check CHECK (((lower > '-Infinity'::double precision) AND (lower < 'Infinity'::double precision))),
    CONSTRAINT training_bins_share_check CHECK (((share > (0)::double precision) AND (share <= (1)::double precision))),
    CONSTRAINT training_bins_upper_check CHECK (((upper > '-Infinity'::double precision) AND (upper < 'Infinity'::double precision)))
);

ALTER TABLE raw.training_bins OWNER TO taxi_owner;

COMMENT ON TABLE raw.training_bins IS 'One row per model, kind of day, feature and bin, written when the model is first used; kinds share their bins.';

COMMENT ON COLUMN raw.training_bins.kind IS 'Which training rides: all, those of weekdays, those of weekends; a kind that training lacks has no rows.';

COMMENT ON COLUMN raw.training_bins.lower IS 'The first value of the bin; a category''s value; null where it is open, and for the rest of the categories.';

COMMENT ON COLUMN raw.training_bins.upper IS 'The first value beyond the bin; a category''s value; null where it is open, and for the rest of the categories.';

COMMENT ON COLUMN raw.training_bins.share IS 'Share of the training rides, with half a ride more in every bin.';

CREATE VIEW staging.stg_scoring__input_counts AS
 SELECT run_id,
    batch_id,
    bin,
    feature,
    rides,
    day
   FROM raw.input_counts;

ALTER VIEW staging.stg_scoring__input_counts OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__models AS
 SELECT model_id,
    name AS model_name,
    version AS model_version,
    ((metrics ->> 'mae'::text))::numeric(9,3) AS validation_mae
   FROM raw.models;

ALTER VIEW staging.stg_scoring__models OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__runs AS
 SELECT run_id,
    model_id,
    command,
    source,
    status,
    scenario,
    profile_digest,
    code_version,
    error,
    records_read,
    rides_scored,
    rides_known,
    records_rejected,
    windows,
    model_stale,
    started_at,
    finished_at
   FROM raw.runs;

ALTER VIEW staging.stg_scoring__runs OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__training_bins AS
 SELECT model_id,
    bin,
    kind,
    feature,
    lower AS lower_limit,
    upper AS upper_limit,
    (share)::numeric(18,12) AS training_share
   FROM raw.training_bins;

ALTER VIEW staging.stg_scoring__training_bins OWNER TO taxi_dbt;

CREATE VIEW marts.feature_drift_recent AS
 WITH runs AS (
         SELECT stg_scoring__runs.run_id,
            stg_scoring__runs.model_id,
            stg_scoring__runs.command,
            stg_scoring__runs.source,
            stg_scoring__runs.status,
            stg_scoring__runs.scenario,
            stg_scoring__runs.profile_digest,
            stg_scoring__runs.code_version,
            stg_scoring__runs.error,
            stg_scoring__runs.records_read,
            stg_scoring__runs.rides_scored,
            stg_scoring__runs.rides_known,
            stg_scoring__runs.records_rejected,
            stg_scoring__runs.windows,
            stg_scoring__runs.model_stale,
            stg_scoring__runs.started_at,
            stg_scoring__runs.finished_at
           FROM staging.stg_scoring__runs
          WHERE (stg_scoring__runs.started_at > (CURRENT_TIMESTAMP - '24:00:00'::interval))
        ), counts AS (
         SELECT stg_scoring__input_counts.run_id,
            stg_scoring__input_counts.batch_id,
            stg_scoring__input_counts.bin,
            stg_scoring__input_counts.feature,
            stg_scoring__input_counts.rides,
            stg_scoring__input_counts.day
           FROM staging.stg_scoring__input_counts
          WHERE (stg_scoring__input_counts.day >= (((CURRENT_TIMESTAMP - '24:00:00'::interval) AT TIME ZONE 'America/Chicago'::text))::date)
        ), training_bins AS (
         SELECT stg_scoring__training_bins.model_id,
            stg_scoring__training_bins.bin,
            stg_scoring__training_bins.kind,
            stg_scoring__training_bins.feature,
            stg_scoring__training_bins.lower_limit,
            stg_scoring__training_bins.upper_limit,
            stg_scoring__training_bins.training_share
           FROM staging.stg_scoring__training_bins
        ), models AS (
         SELECT stg_scoring__models.model_id,
            stg_scoring__models.model_name,
            stg_scoring__models.model_version,
            stg_scoring__models.validation_mae
           FROM staging.stg_scoring__models
        ), counted AS (
         SELECT runs.source,
            runs.model_id,
            counts.feature,
            counts.bin,
                CASE
                    WHEN (EXTRACT(isodow FROM counts.day) >= (6)::numeric) THEN 'weekend'::text
                    ELSE 'weekday'::text
                END AS kind,
            (sum(counts.rides))::bigint AS rides
           FROM (counts
             JOIN runs ON ((counts.run_id = runs.run_id)))
          GROUP BY runs.source, runs.model_id, counts.feature, counts.bin,
                CASE
                    WHEN (EXTRACT(isodow FROM counts.day) >= (6)::numeric) THEN 'weekend'::text
                    ELSE 'weekday'::text
                END
        ), totals AS (
         SELECT counted.source,
            counted.model_id,
            counted.feature,
            counted.kind,
            sum(counted.rides) AS rides_of_kind,
            (sum(sum(counted.rides)) OVER (PARTITION BY counted.source, counted.model_id, counted.feature))::bigint AS rides
           FROM counted
          GROUP BY counted.source, counted.model_id, counted.feature, counted.kind
        ), kinds AS (
         SELECT DISTINCT training_bins.model_id,
            training_bins.kind
           FROM training_bins
        ), compared AS (
         SELECT totals.source,
            totals.model_id,
            totals.feature,
            totals.kind,
            totals.rides_of_kind,
            totals.rides,
            COALESCE(kinds.kind, 'all'::text) AS compared_with
           FROM (totals
             LEFT JOIN kinds ON (((totals.model_id = kinds.model_id) AND (totals.kind = kinds.kind))))
        ), expected AS (
         SELECT compared.source,
            compared.model_id,
            compared.feature,
            compared.rides,
            training_bins.bin,
            bool_and((compared.compared_with = compared.kind)) AS is_of_kind,
            (sum((training_bins.training_share * compared.rides_of_kind)) / (compared.rides)::numeric) AS training_share,
            count(*) OVER (PARTITION BY compared.source, compared.model_id, compared.feature) AS bins
           FROM (compared
             JOIN training_bins ON (((compared.model_id = training_bins.model_id) AND (compared.compared_with = training_bins.kind) AND (compared.feature = training_bins.feature))))
          GROUP BY compared.source, compared.model_id, compared.feature, compared.rides, training_bins.bin
        ), found AS (
         SELECT counted.source,
            counted.model_id,
            counted.feature,
            counted.bin,
            sum(counted.rides) AS rides_in_bin
           FROM counted
          GROUP BY counted.source, counted.model_id, counted.feature, counted.bin
        ), bins AS (
         SELECT expected.source,
            expected.model_id,
            expected.feature,
            expected.rides,
            expected.bin,
            expected.is_of_kind,
            expected.training_share,
            expected.bins,
            COALESCE(found.rides_in_bin, (0)::numeric) AS rides_in_bin
           FROM (expected
             LEFT JOIN found ON (((expected.source = found.source) AND (expected.model_id = found.model_id) AND (expected.feature = found.feature) AND (expected.bin = found.bin))))
        ), measured AS (
         SELECT shares.source,
            shares.model_id,
            shares.feature,
            shares.rides,
            shares.is_of_kind,
            (sum(((shares.share - shares.training_share) * ln((shares.share / shares.training_share)))))::numeric(10,4) AS psi,
            max(COALESCE(sum(shares.training_share) FILTER (WHERE ((shares.feature = 'hour'::text) AND (shares.rides_in_bin = (0)::numeric))), (0)::numeric)) OVER (PARTITION BY shares.source, shares.model_id) AS missing_hours_of_day
           FROM ( SELECT bins.source,
                    bins.model_id,
                    bins.feature,
                    bins.rides,
                    bins.bin,
                    bins.is_of_kind,
                    bins.training_share,
                    bins.bins,
                    bins.rides_in_bin,
                    ((bins.rides_in_bin + 0.5) / ((bins.rides)::numeric + (0.5 * (bins.bins)::numeric))) AS share
                   FROM bins) shares
          GROUP BY shares.source, shares.model_id, shares.feature, shares.rides, shares.is_of_kind
        ), reasoned AS (
         SELECT measured.source,
            measured.model_id,
            measured.feature,
            measured.rides,
            measured.is_of_kind,
            measured.psi,
            measured.missing_hours_of_day,
            models.model_version,
                CASE
                    WHEN (measured.rides < 300) THEN 'too few rides'::text
                    WHEN (measured.missing_hours_of_day > 0.02) THEN 'hours are missing'::text
                    WHEN ((measured.feature = 'hour'::text) AND (NOT measured.is_of_kind)) THEN 'no hours of this kind of day'::text
                    ELSE NULL::text
                END AS no_verdict_why
           FROM (measured
             LEFT JOIN models ON ((measured.model_id = models.model_id)))
        )
 SELECT source,
    model_id,
    model_version,
    feature,
    rides,
    (
        CASE
            WHEN (no_verdict_why IS NULL) THEN psi
            ELSE NULL::numeric
        END)::numeric(10,4) AS psi,
        CASE
            WHEN (no_verdict_why IS NULL) THEN
            CASE
                WHEN (psi >= 0.25) THEN 'drift'::text
                WHEN (psi >= 0.1) THEN 'watch'::text
                WHEN (psi >= (0)::numeric) THEN 'stable'::text
                ELSE NULL::text
            END
            ELSE NULL::text
        END AS verdict,
    no_verdict_why
   FROM reasoned;

ALTER VIEW marts.feature_drift_recent OWNER TO taxi_dbt;

CREATE VIEW marts.job_runs AS
 SELECT runs.run_id,
    runs.command,
    runs.source,
    runs.status,
    runs.started_at,
    runs.finished_at,
    (EXTRACT(epoch FROM (runs.finished_at - runs.started_at)))::numeric(12,3) AS seconds,
    runs.records_read,
    runs.rides_scored,
    runs.rides_known,
    runs.records_rejected,
    runs.windows,
    runs.model_id,
    models.model_version,
    runs.model_stale,
    runs.scenario,
    runs.profile_digest,
    runs.code_version,
    runs.error
   FROM (staging.stg_scoring__runs runs
     LEFT JOIN staging.stg_scoring__models models ON ((runs.model_id = models.model_id)));

ALTER VIEW marts.job_runs OWNER TO taxi_dbt;

CREATE VIEW marts.last_success AS
 WITH runs AS NOT MATERIALIZED (
         SELECT stg_scoring__runs.run_id,
            stg_scoring__runs.model_id,
            stg_scoring__runs.command,
            stg_scoring__runs.source,
            stg_scoring__runs.status,
            stg_scoring__runs.scenario,
            stg_scoring__runs.profile_digest,
            stg_scoring__runs.code_version,
            stg_scoring__runs.error,
            stg_scoring__runs.records_read,
            stg_scoring__runs.rides_scored,
            stg_scoring__runs.rides_known,
            stg_scoring__runs.records_rejected,
            stg_scoring__runs.windows,
            stg_scoring__runs.model_stale,
            stg_scoring__runs.started_at,
            stg_scoring__runs.finished_at
           FROM staging.stg_scoring__runs
          WHERE ((stg_scoring__runs.status = 'succeeded'::text) AND (stg_scoring__runs.command = 'score'::text))
        ), newest AS (
         SELECT ( SELECT max(runs.finished_at) AS max
                   FROM runs
                  WHERE ((runs.source = 'simulator'::text) AND (runs.finished_at > (CURRENT_TIMESTAMP - '1 day'::interval)) AND (1 > 0))) AS of_windows,
            ( SELECT max(runs.finished_at) AS max
                   FROM runs) AS of_all
        ), chosen AS (
         SELECT COALESCE(newest.of_windows, newest.of_all) AS finished_at
           FROM newest
        )
 SELECT finished_at,
    (EXTRACT(epoch FROM (CURRENT_TIMESTAMP - finished_at)))::numeric(18,1) AS age_seconds
   FROM chosen;

ALTER VIEW marts.last_success OWNER TO taxi_dbt;

CREATE TABLE marts.latest_predictions (
    trip_id uuid NOT NULL,
    source text,
    trip_start_timestamp timestamp with time zone,
    pickup_community_area integer,
    dropoff_community_area integer,
    pickup_area_name text,
    dropoff_area_name text,
    predicted_minutes numeric(18,3),
    predicted_low_minutes numeric(18,3),
    predicted_high_minutes numeric(18,3),
    trip_miles numeric(18,3),
    fare numeric(18,2),
    trip_total numeric(18,2),
    model_id integer,
    model_version text,
    run_id bigint,
    scored_at timestamp with time zone,
    batch_id bigint
);

ALTER TABLE marts.latest_predictions OWNER TO taxi_dbt;

CREATE TABLE marts.model_comparison (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    champion_model_id integer NOT NULL,
    champion_version text,
    challenger_model_id integer NOT NULL,
    challenger_version text,
    rides bigint,
    rides_with_outcome bigint,
    sum_champion_absolute_error numeric(18,3),
    sum_challenger_absolute_error numeric(18,3),
    sum_difference numeric(18,3),
    sum_squared_difference numeric(24,6),
    batch_id bigint
);

ALTER TABLE marts.model_comparison OWNER TO taxi_dbt;

CREATE TABLE marts.prediction_quality_by_segment (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    model_id integer NOT NULL,
    model_version text,
    dimension text NOT NULL,
    segment text NOT NULL,
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    batch_id bigint
);

ALTER TABLE marts.prediction_quality_by_segment OWNER TO taxi_dbt;

CREATE TABLE marts.rejects (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    reason text NOT NULL,
    records bigint,
    rejected_id bigint
);

ALTER TABLE marts.rejects OWNER TO taxi_dbt;

CREATE TABLE marts.rides_per_hour (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    model_id integer NOT NULL,
    model_version text,
    pickup_community_area integer NOT NULL,
    pickup_area_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE marts.rides_per_hour OWNER TO taxi_dbt;

CREATE TABLE marts.rides_per_interval (
    interval_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    model_id integer NOT NULL,
    model_version text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    first_ride_start timestamp with time zone,
    last_scored_at timestamp with time zone,
    batch_id bigint
);

ALTER TABLE marts.rides_per_interval OWNER TO taxi_dbt;

CREATE TABLE marts.top_pickup_dropoff_pairs (
    hour_start timestamp with time zone NOT NULL,
    source text NOT NULL,
    pickup_community_area integer NOT NULL,
    dropoff_community_area integer NOT NULL,
    pickup_area_name text,
    dropoff_area_name text,
    pair_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_fares numeric(18,2),
    batch_id bigint
);

ALTER TABLE marts.top_pickup_dropoff_pairs OWNER TO taxi_dbt;

CREATE TABLE raw.rejected_records (
    rejected_id bigint NOT NULL,
    run_id bigint NOT NULL,
    "position" bigint NOT NULL,
    source_trip_id text,
    reason text NOT NULL,
    payload jsonb NOT NULL,
    digest text NOT NULL,
    replayed_by bigint
);

ALTER TABLE raw.rejected_records OWNER TO taxi_owner;

COMMENT ON TABLE raw.rejected_records IS 'What could not be scored, why, and the record as it was read.';

CREATE TABLE raw.ride_outcomes (
    outcome_id bigint NOT NULL,
    trip_id uuid NOT NULL,
    actual_duration double precision NOT NULL,
    observed_at timestamp with time zone DEFAULT now() NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT ride_outcomes_actual_duration_check CHECK (raw.is_duration(actual_duration))
);

ALTER TABLE raw.ride_outcomes OWNER TO taxi_owner;

COMMENT ON TABLE raw.ride_outcomes IS 'True durations, minutes; a correction is a new row and the newest is current.';

CREATE TABLE raw.ride_predictions (
    trip_id uuid NOT NULL,
    source_trip_id text,
    run_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    pickup_community_area integer,
    dropoff_community_area integer,
    trip_start_timestamp timestamp with time zone NOT NULL,
    fare double precision,
    trip_total double precision,
    trip_miles double precision NOT NULL,
    predicted_duration double precision NOT NULL,
    predicted_low double precision,
    predicted_high double precision,
    model_id integer NOT NULL,
    source text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expected_error double precision,
    band_scale_low real,
    band_scale_high real,
    static_low double precision,
    static_high double precision,
    CONSTRAINT ride_predictions_band_scale_high_check CHECK (((band_scale_high > (0)::double precision) AND (band_scale_high < 'Infinity'::real))),
    CONSTRAINT ride_predictions_band_scale_low_check CHECK (((band_scale_low > (0)::double precision) AND (band_scale_low < 'Infinity'::real))),
    CONSTRAINT ride_predictions_dropoff_community_area_check CHECK (raw.is_zone(dropoff_community_area)),
    CONSTRAINT ride_predictions_expected_error_check CHECK (((expected_error >= (0)::double precision) AND (expected_error < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_fare_check CHECK (((fare >= (0)::double precision) AND (fare < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_pickup_community_area_check CHECK (raw.is_zone(pickup_community_area)),
    CONSTRAINT ride_predictions_predicted_duration_check CHECK (((predicted_duration > (0)::double precision) AND (predicted_duration < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_predicted_high_check CHECK (((predicted_high > (0)::double precision) AND (predicted_high < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_predicted_low_check CHECK (((predicted_low >= (0)::double precision) AND (predicted_low < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_source_check CHECK (raw.is_source(source)),
    CONSTRAINT ride_predictions_static_high_check CHECK (((static_high > (0)::double precision) AND (static_high < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_static_low_check CHECK (((static_low >= (0)::double precision) AND (static_low < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_trip_miles_check CHECK (((trip_miles > (0)::double precision) AND (trip_miles < 'Infinity'::double precision))),
    CONSTRAINT ride_predictions_trip_total_check CHECK (((trip_total >= (0)::double precision) AND (trip_total < 'Infinity'::double precision)))
);

ALTER TABLE raw.ride_predictions OWNER TO taxi_owner;

COMMENT ON TABLE raw.ride_predictions IS 'One row per ride, by the model that was production when it was scored.';

COMMENT ON COLUMN raw.ride_predictions.batch_id IS 'Drawn under the lock for each committed batch: the marts'' watermark.';

COMMENT ON COLUMN raw.ride_predictions.predicted_duration IS 'Minutes.';

COMMENT ON COLUMN raw.ride_predictions.expected_error IS 'Expected absolute error in minutes; null if the model has none for such rides, and for rides scored before 0014.';

COMMENT ON COLUMN raw.ride_predictions.band_scale_low IS 'predicted_low is this many times as far from predicted_duration as static_low; null without a band, and before 0015.';

COMMENT ON COLUMN raw.ride_predictions.band_scale_high IS 'The same for predicted_high and static_high.';

COMMENT ON COLUMN raw.ride_predictions.static_low IS 'Low end of the model''s own band in minutes; null without a band, and before 0015, when it was predicted_low.';

COMMENT ON COLUMN raw.ride_predictions.static_high IS 'High end of the model''s own band in minutes; null without a band, and before 0015, when it was predicted_high.';

CREATE TABLE raw.shadow_predictions (
    trip_id uuid NOT NULL,
    model_id integer NOT NULL,
    run_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    predicted_duration double precision NOT NULL,
    predicted_low double precision,
    predicted_high double precision,
    CONSTRAINT shadow_predictions_predicted_duration_check CHECK (((predicted_duration > (0)::double precision) AND (predicted_duration < 'Infinity'::double precision))),
    CONSTRAINT shadow_predictions_predicted_high_check CHECK (((predicted_high > (0)::double precision) AND (predicted_high < 'Infinity'::double precision))),
    CONSTRAINT shadow_predictions_predicted_low_check CHECK (((predicted_low >= (0)::double precision) AND (predicted_low < 'Infinity'::double precision)))
);

ALTER TABLE raw.shadow_predictions OWNER TO taxi_owner;

COMMENT ON TABLE raw.shadow_predictions IS 'One row per ride and model that was not production when the ride was scored: a challenger''s, or a re-scoring''s.';

COMMENT ON COLUMN raw.shadow_predictions.batch_id IS 'The batch that was committed with it: the scoring''s, or one of the re-scoring''s own.';

COMMENT ON COLUMN raw.shadow_predictions.predicted_duration IS 'Minutes.';

CREATE VIEW staging.stg_scoring__rejected_records AS
 SELECT rejected_id,
    run_id,
    reason
   FROM raw.rejected_records;

ALTER VIEW staging.stg_scoring__rejected_records OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__ride_outcomes AS
 SELECT outcome_id,
    trip_id,
    batch_id,
    (actual_duration)::numeric AS actual_minutes,
    observed_at
   FROM raw.ride_outcomes;

ALTER VIEW staging.stg_scoring__ride_outcomes OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__ride_predictions AS
 SELECT trip_id,
    run_id,
    batch_id,
    model_id,
    source,
    source_trip_id,
    pickup_community_area,
    dropoff_community_area,
    (fare)::numeric AS fare,
    (trip_total)::numeric AS trip_total,
    (trip_miles)::numeric AS trip_miles,
    (predicted_duration)::numeric AS predicted_minutes,
    (predicted_low)::numeric AS predicted_low_minutes,
    (predicted_high)::numeric AS predicted_high_minutes,
    trip_start_timestamp,
    created_at AS scored_at
   FROM raw.ride_predictions;

ALTER VIEW staging.stg_scoring__ride_predictions OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__shadow_predictions AS
 SELECT trip_id,
    model_id,
    run_id,
    batch_id,
    (predicted_duration)::numeric AS predicted_minutes,
    (predicted_low)::numeric AS predicted_low_minutes,
    (predicted_high)::numeric AS predicted_high_minutes
   FROM raw.shadow_predictions;

ALTER VIEW staging.stg_scoring__shadow_predictions OWNER TO taxi_dbt;

CREATE VIEW marts.mart_freshness AS
 WITH rides AS NOT MATERIALIZED (
         SELECT stg_scoring__ride_predictions.trip_id,
            stg_scoring__ride_predictions.run_id,
            stg_scoring__ride_predictions.batch_id,
            stg_scoring__ride_predictions.model_id,
            stg_scoring__ride_predictions.source,
            stg_scoring__ride_predictions.source_trip_id,
            stg_scoring__ride_predictions.pickup_community_area,
            stg_scoring__ride_predictions.dropoff_community_area,
            stg_scoring__ride_predictions.fare,
            stg_scoring__ride_predictions.trip_total,
            stg_scoring__ride_predictions.trip_miles,
            stg_scoring__ride_predictions.predicted_minutes,
            stg_scoring__ride_predictions.predicted_low_minutes,
            stg_scoring__ride_predictions.predicted_high_minutes,
            stg_scoring__ride_predictions.trip_start_timestamp,
            stg_scoring__ride_predictions.scored_at
           FROM staging.stg_scoring__ride_predictions
        ), outcomes AS NOT MATERIALIZED (
         SELECT stg_scoring__ride_outcomes.outcome_id,
            stg_scoring__ride_outcomes.trip_id,
            stg_scoring__ride_outcomes.batch_id,
            stg_scoring__ride_outcomes.actual_minutes,
            stg_scoring__ride_outcomes.observed_at
           FROM staging.stg_scoring__ride_outcomes
        ), runs AS NOT MATERIALIZED (
         SELECT stg_scoring__runs.run_id,
            stg_scoring__runs.model_id,
            stg_scoring__runs.command,
            stg_scoring__runs.source,
            stg_scoring__runs.status,
            stg_scoring__runs.scenario,
            stg_scoring__runs.profile_digest,
            stg_scoring__runs.code_version,
            stg_scoring__runs.error,
            stg_scoring__runs.records_read,
            stg_scoring__runs.rides_scored,
            stg_scoring__runs.rides_known,
            stg_scoring__runs.records_rejected,
            stg_scoring__runs.windows,
            stg_scoring__runs.model_stale,
            stg_scoring__runs.started_at,
            stg_scoring__runs.finished_at
           FROM staging.stg_scoring__runs
        ), rejected_records AS NOT MATERIALIZED (
         SELECT rejected_records.rejected_id,
            runs.started_at
           FROM (staging.stg_scoring__rejected_records rejected_records
             JOIN runs ON ((rejected_records.run_id = runs.run_id)))
        ), shadows AS NOT MATERIALIZED (
         SELECT shadow_predictions.batch_id,
            runs.started_at
           FROM (staging.stg_scoring__shadow_predictions shadow_predictions
             JOIN runs ON ((shadow_predictions.run_id = runs.run_id)))
        ), counts AS NOT MATERIALIZED (
         SELECT input_counts.batch_id,
            runs.started_at
           FROM (staging.stg_scoring__input_counts input_counts
             JOIN runs ON ((input_counts.run_id = runs.run_id)))
        ), ride_marts AS (
         SELECT 'rides_per_interval'::text AS mart,
            max(rides_per_interval.batch_id) AS batch_id
           FROM marts.rides_per_interval
        UNION ALL
         SELECT 'rides_per_hour'::text AS mart,
            max(rides_per_hour.batch_id) AS batch_id
           FROM marts.rides_per_hour
        UNION ALL
         SELECT 'durations_per_hour'::text AS mart,
            max(durations_per_hour.batch_id) AS batch_id
           FROM marts.durations_per_hour
        UNION ALL
         SELECT 'fare_per_mile'::text AS mart,
            max(fare_per_mile.batch_id) AS batch_id
           FROM marts.fare_per_mile
        UNION ALL
         SELECT 'top_pickup_dropoff_pairs'::text AS mart,
            max(top_pickup_dropoff_pairs.batch_id) AS batch_id
           FROM marts.top_pickup_dropoff_pairs
        UNION ALL
         SELECT 'latest_predictions'::text AS mart,
            max(latest_predictions.batch_id) AS batch_id
           FROM marts.latest_predictions
        ), latest_starts AS MATERIALIZED (
         SELECT 'latest_predictions'::text AS mart,
            latest_predictions.source,
            (max(latest_predictions.trip_start_timestamp) - '2 days'::interval) AS first_start
           FROM marts.latest_predictions
          GROUP BY latest_predictions.source
        ), ride_freshness AS (
         SELECT ride_marts.mart,
            included.scored_at AS newest_at,
            waiting.scored_at AS waiting_since
           FROM ((ride_marts
             LEFT JOIN LATERAL ( SELECT rides.scored_at
                   FROM rides
                  WHERE (rides.batch_id <= ride_marts.batch_id)
                  ORDER BY rides.batch_id DESC
                 LIMIT 1) included ON (true))
             LEFT JOIN LATERAL ( SELECT rides.scored_at
                   FROM rides
                  WHERE ((rides.batch_id > COALESCE(ride_marts.batch_id, (0)::bigint)) AND ((ride_marts.mart <> 'fare_per_mile'::text) OR (rides.fare IS NOT NULL)) AND COALESCE((rides.trip_start_timestamp >= ( SELECT latest_starts.first_start
                           FROM latest_starts
                          WHERE ((latest_starts.mart = ride_marts.mart) AND (latest_starts.source = rides.source)))), true))
                  ORDER BY rides.batch_id
                 LIMIT 1) waiting ON (true))
        ), quality_marts AS (
         SELECT 'prediction_quality'::text AS mart,
            max(prediction_quality.batch_id) AS batch_id
           FROM marts.prediction_quality
        UNION ALL
         SELECT 'prediction_quality_by_segment'::text AS mart,
            max(prediction_quality_by_segment.batch_id) AS batch_id
           FROM marts.prediction_quality_by_segment
        ), quality_freshness AS (
         SELECT quality_marts.mart,
            COALESCE(( SELECT rides.scored_at
                   FROM rides
                  WHERE (rides.batch_id = quality_marts.batch_id)
                  ORDER BY rides.batch_id
                 LIMIT 1), ( SELECT outcomes.observed_at
                   FROM outcomes
                  WHERE (outcomes.batch_id <= quality_marts.batch_id)
                  ORDER BY outcomes.batch_id DESC
                 LIMIT 1)) AS newest_at,
            LEAST(( SELECT rides.scored_at
                   FROM rides
                  WHERE (rides.batch_id > COALESCE(quality_marts.batch_id, (0)::bigint))
                  ORDER BY rides.batch_id
                 LIMIT 1), ( SELECT outcomes.observed_at
                   FROM outcomes
                  WHERE (outcomes.batch_id > COALESCE(quality_marts.batch_id, (0)::bigint))
                  ORDER BY outcomes.batch_id
                 LIMIT 1)) AS waiting_since
           FROM quality_marts
        ), freshness AS (
         SELECT ride_freshness.mart,
            ride_freshness.newest_at,
            ride_freshness.waiting_since
           FROM ride_freshness
        UNION ALL
         SELECT quality_freshness.mart,
            quality_freshness.newest_at,
            quality_freshness.waiting_since
           FROM quality_freshness
        UNION ALL
         SELECT 'model_comparison'::text AS mart,
            ( SELECT shadows.started_at
                   FROM shadows
                  WHERE (shadows.batch_id <= newest.watermark)
                  ORDER BY shadows.batch_id DESC
                 LIMIT 1) AS newest_at,
            ( SELECT shadows.started_at
                   FROM shadows
                  WHERE (shadows.batch_id > COALESCE(newest.watermark, (0)::bigint))
                  ORDER BY shadows.batch_id
                 LIMIT 1) AS waiting_since
           FROM ( SELECT max(model_comparison.batch_id) AS watermark
                   FROM marts.model_comparison) newest
        UNION ALL
         SELECT 'feature_drift'::text AS mart,
            ( SELECT counts.started_at
                   FROM counts
                  WHERE (counts.batch_id <= newest.watermark)
                  ORDER BY counts.batch_id DESC
                 LIMIT 1) AS newest_at,
            ( SELECT counts.started_at
                   FROM counts
                  WHERE (counts.batch_id > COALESCE(newest.watermark, (0)::bigint))
                  ORDER BY counts.batch_id
                 LIMIT 1) AS waiting_since
           FROM ( SELECT max(feature_drift.batch_id) AS watermark
                   FROM marts.feature_drift) newest
        UNION ALL
         SELECT 'rejects'::text AS mart,
            ( SELECT rejected_records.started_at
                   FROM rejected_records
                  WHERE (rejected_records.rejected_id <= newest.watermark)
                  ORDER BY rejected_records.rejected_id DESC
                 LIMIT 1) AS newest_at,
            ( SELECT rejected_records.started_at
                   FROM rejected_records
                  WHERE (rejected_records.rejected_id > COALESCE(newest.watermark, (0)::bigint))
                  ORDER BY rejected_records.rejected_id
                 LIMIT 1) AS waiting_since
           FROM ( SELECT max(rejects.rejected_id) AS watermark
                   FROM marts.rejects) newest
        )
 SELECT mart,
    newest_at,
    (EXTRACT(epoch FROM (CURRENT_TIMESTAMP - newest_at)))::numeric(18,1) AS age_seconds,
    waiting_since,
    (COALESCE(EXTRACT(epoch FROM (CURRENT_TIMESTAMP - waiting_since)), (0)::numeric))::numeric(18,1) AS waiting_seconds
   FROM freshness;

ALTER VIEW marts.mart_freshness OWNER TO taxi_dbt;

CREATE TABLE raw.model_promotions (
    promotion_id bigint NOT NULL,
    promoted_at timestamp with time zone DEFAULT now() NOT NULL,
    name text NOT NULL,
    from_version text,
    to_version text NOT NULL,
    why text NOT NULL
);

ALTER TABLE raw.model_promotions OWNER TO taxi_owner;

CREATE VIEW staging.stg_scoring__model_promotions AS
 SELECT promotion_id,
    name AS model_name,
    from_version,
    to_version,
    why,
    promoted_at
   FROM raw.model_promotions;

ALTER VIEW staging.stg_scoring__model_promotions OWNER TO taxi_dbt;

CREATE VIEW marts.model_promotions AS
 WITH promotions AS (
         SELECT stg_scoring__model_promotions.promotion_id,
            stg_scoring__model_promotions.model_name,
            stg_scoring__model_promotions.from_version,
            stg_scoring__model_promotions.to_version,
            stg_scoring__model_promotions.why,
            stg_scoring__model_promotions.promoted_at
           FROM staging.stg_scoring__model_promotions
        ), models AS (
         SELECT DISTINCT ON (stg_scoring__models.model_name, stg_scoring__models.model_version) stg_scoring__models.model_id,
            stg_scoring__models.model_name,
            stg_scoring__models.model_version,
            stg_scoring__models.validation_mae
           FROM staging.stg_scoring__models
          ORDER BY stg_scoring__models.model_name, stg_scoring__models.model_version, stg_scoring__models.model_id DESC
        ), sources AS (
         SELECT known.source
           FROM ( VALUES ('simulator'::text), ('city'::text)) known(source)
        ), intervals AS (
         SELECT rides_per_interval.interval_start,
            rides_per_interval.source,
            rides_per_interval.model_id,
            rides_per_interval.model_version,
            rides_per_interval.rides,
            rides_per_interval.rides_with_fare,
            rides_per_interval.sum_minutes,
            rides_per_interval.sum_miles,
            rides_per_interval.sum_fares,
            rides_per_interval.first_ride_start,
            rides_per_interval.last_scored_at,
            rides_per_interval.batch_id
           FROM marts.rides_per_interval
        ), marked AS (
         SELECT promotions.promotion_id,
            sources.source,
            promotions.model_name,
            promotions.from_version,
            promotions.to_version,
            promotions.why,
            promotions.promoted_at,
            first_interval.first_ride_start
           FROM (((promotions
             CROSS JOIN sources)
             LEFT JOIN models ON (((promotions.model_name = models.model_name) AND (promotions.to_version = models.model_version))))
             LEFT JOIN LATERAL ( SELECT intervals.first_ride_start
                   FROM intervals
                  WHERE ((intervals.model_id = models.model_id) AND (intervals.source = sources.source) AND (intervals.last_scored_at >= promotions.promoted_at))
                  ORDER BY intervals.interval_start
                 LIMIT 1) first_interval ON (true))
        )
 SELECT promotion_id,
    source,
    model_name,
    from_version,
    to_version,
    why,
    promoted_at,
    first_ride_start
   FROM marked;

ALTER VIEW marts.model_promotions OWNER TO taxi_dbt;

CREATE TABLE raw._yoyo_log (
    id character varying(36) NOT NULL,
    migration_hash character varying(64),
    migration_id character varying(255),
    operation character varying(10),
    username character varying(255),
    hostname character varying(255),
    comment character varying(255),
    created_at_utc timestamp without time zone
);

ALTER TABLE raw._yoyo_log OWNER TO taxi_owner;

CREATE TABLE raw._yoyo_migration (
    migration_hash character varying(64) NOT NULL,
    migration_id character varying(255),
    applied_at_utc timestamp without time zone
);

ALTER TABLE raw._yoyo_migration OWNER TO taxi_owner;

CREATE TABLE raw._yoyo_version (
    version integer NOT NULL,
    installed_at_utc timestamp without time zone
);

ALTER TABLE raw._yoyo_version OWNER TO taxi_owner;

CREATE SEQUENCE raw.batch_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE raw.batch_id OWNER TO taxi_owner;

CREATE TABLE raw.feed_files (
    feed text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    modified_us bigint NOT NULL,
    changed_us bigint NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    is_gone boolean DEFAULT false NOT NULL,
    was_read boolean DEFAULT false NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    records bigint DEFAULT 0 NOT NULL,
    rides bigint DEFAULT 0 NOT NULL,
    finished_at timestamp with time zone,
    error text,
    run_id bigint,
    CONSTRAINT feed_files_check CHECK (((rides >= 0) AND (rides <= records))),
    CONSTRAINT feed_files_records_check CHECK ((records >= 0))
);

ALTER TABLE raw.feed_files OWNER TO taxi_owner;

COMMENT ON TABLE raw.feed_files IS 'One row per file that was seen in an inbox, in the version that was read last.';

COMMENT ON COLUMN raw.feed_files.modified_us IS 'Modification time, microseconds since 1970.';

COMMENT ON COLUMN raw.feed_files.changed_us IS 'Change time (permissions too), microseconds since 1970.';

COMMENT ON COLUMN raw.feed_files.seen_at IS 'When a tick first saw this version.';

COMMENT ON COLUMN raw.feed_files.was_read IS 'Whether an earlier version was read: new files come first.';

COMMENT ON COLUMN raw.feed_files.attempts IS 'How many ticks in a row began to read it and ended without a batch.';

COMMENT ON COLUMN raw.feed_files.records IS 'How many of its records are committed: where the next tick goes on.';

COMMENT ON COLUMN raw.feed_files.rides IS 'How many of them were scored or known.';

COMMENT ON COLUMN raw.feed_files.finished_at IS 'When it was read to its end, or given up with an error.';

CREATE TABLE raw.feeds (
    feed text NOT NULL,
    kind text NOT NULL,
    looked_at timestamp with time zone DEFAULT now() NOT NULL,
    checked_at timestamp with time zone,
    ended_at timestamp with time zone,
    error text,
    records bigint DEFAULT 0 NOT NULL,
    newest_start timestamp with time zone,
    run_id bigint,
    cursor_start text,
    cursor_trip_id text,
    overlap_began_at timestamp with time zone,
    overlap_start text,
    overlap_trip_id text,
    overlap_until text,
    CONSTRAINT feeds_cursor_is_whole CHECK (((cursor_start IS NULL) = (cursor_trip_id IS NULL))),
    CONSTRAINT feeds_kind_check CHECK ((kind = ANY (ARRAY['inbox'::text, 'data set'::text]))),
    CONSTRAINT feeds_overlap_is_whole CHECK ((((overlap_start IS NULL) = (overlap_trip_id IS NULL)) AND ((overlap_start IS NULL) = (overlap_until IS NULL)))),
    CONSTRAINT feeds_records_check CHECK ((records >= 0))
);

ALTER TABLE raw.feeds OWNER TO taxi_owner;

COMMENT ON TABLE raw.feeds IS 'One row per feed: an inbox folder, or a data set with its cursor.';

COMMENT ON COLUMN raw.feeds.feed IS 'The folder, or the address without credentials and query, followed by a digest of the query''s conditions.';

COMMENT ON COLUMN raw.feeds.looked_at IS 'When a tick last looked at it, whatever came of it.';

COMMENT ON COLUMN raw.feeds.checked_at IS 'When a tick last read it without a failure of the feed itself.';

COMMENT ON COLUMN raw.feeds.ended_at IS 'When it was last read to its end.';

COMMENT ON COLUMN raw.feeds.error IS 'Why the last tick could not read it; null if it could.';

COMMENT ON COLUMN raw.feeds.newest_start IS 'The newest start of a ride that it brought.';

COMMENT ON COLUMN raw.feeds.cursor_start IS 'Wall-clock start of the last record read, as the API writes it, so that a change of clocks cannot move it.';

COMMENT ON COLUMN raw.feeds.overlap_began_at IS 'When the last pass over the days before the cursor began.';

COMMENT ON COLUMN raw.feeds.overlap_start IS 'Start of the last record of the pass under way; null between two passes.';

COMMENT ON COLUMN raw.feeds.overlap_until IS 'The start at which the pass under way ends.';

CREATE VIEW raw.job_status_now AS
 SELECT last_success_at,
    unhealthy_after_minutes,
    is_healthy,
    catch_up_hours,
    windows_owed,
    oldest_owed,
    windows_skipped
   FROM raw.job_status(CURRENT_TIMESTAMP) job_status(last_success_at, unhealthy_after_minutes, is_healthy, catch_up_hours, windows_owed, oldest_owed, windows_skipped);

ALTER VIEW raw.job_status_now OWNER TO taxi_owner;

COMMENT ON VIEW raw.job_status_now IS 'raw.job_status at this moment.';

ALTER TABLE raw.model_promotions ALTER COLUMN promotion_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME raw.model_promotions_promotion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE raw.models ALTER COLUMN model_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME raw.models_model_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE raw.pending_outcomes (
    trip_id uuid NOT NULL,
    actual_duration double precision NOT NULL,
    due_at timestamp with time zone NOT NULL,
    batch_id bigint,
    CONSTRAINT pending_outcomes_actual_duration_check CHECK (raw.is_duration(actual_duration))
);

ALTER TABLE raw.pending_outcomes OWNER TO taxi_owner;

COMMENT ON TABLE raw.pending_outcomes IS 'True durations of simulated rides, not known before due_at.';

COMMENT ON COLUMN raw.pending_outcomes.batch_id IS 'The batch that observed it; null while it waits to become known.';

CREATE TABLE raw.place (
    name text NOT NULL,
    time_zone text NOT NULL
);

ALTER TABLE raw.place OWNER TO taxi_owner;

COMMENT ON TABLE raw.place IS 'One row: the place whose rides this database holds.';

ALTER TABLE raw.rejected_records ALTER COLUMN rejected_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME raw.rejected_records_rejected_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE raw.ride_outcomes ALTER COLUMN outcome_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME raw.ride_outcomes_outcome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE raw.runs ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME raw.runs_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE raw.sources (
    source text NOT NULL
);

ALTER TABLE raw.sources OWNER TO taxi_owner;

COMMENT ON TABLE raw.sources IS 'One row per source of rides: the simulator, and every name that SOURCE has had.';

CREATE TABLE raw.windows (
    window_start timestamp with time zone NOT NULL,
    run_id bigint NOT NULL,
    rides integer NOT NULL,
    CONSTRAINT windows_rides_check CHECK ((rides >= 0)),
    CONSTRAINT windows_window_start_check CHECK ((((EXTRACT(epoch FROM window_start))::bigint % (120)::bigint) = 0))
);

ALTER TABLE raw.windows OWNER TO taxi_owner;

COMMENT ON TABLE raw.windows IS 'The ledger: one row per two-minute window that was scored.';

CREATE TABLE raw.yoyo_lock (
    locked integer DEFAULT 1 NOT NULL,
    ctime timestamp without time zone,
    pid integer NOT NULL
);

ALTER TABLE raw.yoyo_lock OWNER TO taxi_owner;

CREATE TABLE raw.zones (
    zone integer NOT NULL,
    name text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    is_airport boolean NOT NULL,
    CONSTRAINT zones_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
    CONSTRAINT zones_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
    CONSTRAINT zones_zone_check CHECK ((zone >= 1))
);

ALTER TABLE raw.zones OWNER TO taxi_owner;

COMMENT ON TABLE raw.zones IS 'One row per zone of the place.';

COMMENT ON COLUMN raw.zones.latitude IS 'Latitude of the centroid, degrees.';

COMMENT ON COLUMN raw.zones.longitude IS 'Longitude of the centroid, degrees.';

CREATE TABLE staging.accepted_values_alerts_by_day_alert__error__coverage__drift (
    value_field text,
    n_records bigint
);

ALTER TABLE staging.accepted_values_alerts_by_day_alert__error__coverage__drift OWNER TO taxi_dbt;

CREATE TABLE staging.accepted_values_feature_drift_8b73364188ef787f36001bf325250dff (
    value_field text,
    n_records bigint
);

ALTER TABLE staging.accepted_values_feature_drift_8b73364188ef787f36001bf325250dff OWNER TO taxi_dbt;

CREATE TABLE staging.accepted_values_feature_drift_verdict__stable__watch__drift (
    value_field text,
    n_records bigint
);

ALTER TABLE staging.accepted_values_feature_drift_verdict__stable__watch__drift OWNER TO taxi_dbt;

CREATE TABLE staging.accepted_values_stg_scoring__r_f2fb0a37f0059b1340cb358e2b1e6baa (
    value_field text,
    n_records bigint
);

ALTER TABLE staging.accepted_values_stg_scoring__r_f2fb0a37f0059b1340cb358e2b1e6baa OWNER TO taxi_dbt;

CREATE TABLE staging.accepted_values_stg_scoring__t_a63bcc8e1408f9889066b9c41481df5a (
    value_field text,
    n_records bigint
);

ALTER TABLE staging.accepted_values_stg_scoring__t_a63bcc8e1408f9889066b9c41481df5a OWNER TO taxi_dbt;

CREATE TABLE staging.community_areas (
    community_area integer,
    name text,
    latitude double precision,
    longitude double precision
);

ALTER TABLE staging.community_areas OWNER TO taxi_dbt;

CREATE TABLE staging.every_ride_is_counted_once (
    mart text,
    rides numeric,
    raw_rides bigint
);

ALTER TABLE staging.every_ride_is_counted_once OWNER TO taxi_dbt;

CREATE VIEW staging.int_scored_rides AS
 SELECT predictions.trip_id,
    predictions.run_id,
    predictions.batch_id,
    predictions.model_id,
    current_outcome.batch_id AS outcome_batch_id,
    predictions.source,
    predictions.source_trip_id,
    models.model_name,
    models.model_version,
    models.validation_mae,
    runs.scenario,
    runs.code_version,
    COALESCE(predictions.pickup_community_area, 0) AS pickup_community_area,
    COALESCE(predictions.dropoff_community_area, 0) AS dropoff_community_area,
    (predictions.fare)::numeric(18,2) AS fare,
    (predictions.trip_total)::numeric(18,2) AS trip_total,
    (predictions.trip_miles)::numeric(18,3) AS trip_miles,
    (
        CASE
            WHEN (predictions.fare IS NOT NULL) THEN LEAST((floor(((predictions.fare / predictions.trip_miles) * (2)::numeric)) / (2)::numeric), (25)::numeric)
            ELSE NULL::numeric
        END)::numeric(4,1) AS fare_per_mile_bin,
    (predictions.predicted_minutes)::numeric(18,3) AS predicted_minutes,
    (predictions.predicted_low_minutes)::numeric(18,3) AS predicted_low_minutes,
    (predictions.predicted_high_minutes)::numeric(18,3) AS predicted_high_minutes,
    (current_outcome.actual_minutes)::numeric(18,3) AS actual_minutes,
    ((predictions.predicted_minutes)::numeric(18,3) - (current_outcome.actual_minutes)::numeric(18,3)) AS error_minutes,
    runs.model_stale,
    (((current_outcome.actual_minutes)::numeric(18,3) >= (predictions.predicted_low_minutes)::numeric(18,3)) AND ((current_outcome.actual_minutes)::numeric(18,3) <= (predictions.predicted_high_minutes)::numeric(18,3))) AS is_covered,
    predictions.trip_start_timestamp,
    predictions.scored_at,
    current_outcome.observed_at
   FROM (((staging.stg_scoring__ride_predictions predictions
     LEFT JOIN staging.stg_scoring__runs runs ON ((predictions.run_id = runs.run_id)))
     LEFT JOIN staging.stg_scoring__models models ON ((predictions.model_id = models.model_id)))
     LEFT JOIN LATERAL ( SELECT DISTINCT ON (outcomes.trip_id) outcomes.outcome_id,
            outcomes.trip_id,
            outcomes.batch_id,
            outcomes.actual_minutes,
            outcomes.observed_at
           FROM staging.stg_scoring__ride_outcomes outcomes
          WHERE (outcomes.trip_id = predictions.trip_id)
          ORDER BY outcomes.trip_id, outcomes.outcome_id DESC) current_outcome ON ((predictions.trip_id = current_outcome.trip_id)));

ALTER VIEW staging.int_scored_rides OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_alerts_by_day_alert (
    day date,
    day_start timestamp with time zone,
    source text,
    alert text,
    subject text,
    value numeric(12,3),
    meaning text
);

ALTER TABLE staging.not_null_alerts_by_day_alert OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_alerts_by_day_day (
    day date,
    day_start timestamp with time zone,
    source text,
    alert text,
    subject text,
    value numeric(12,3),
    meaning text
);

ALTER TABLE staging.not_null_alerts_by_day_day OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_alerts_by_day_source (
    day date,
    day_start timestamp with time zone,
    source text,
    alert text,
    subject text,
    value numeric(12,3),
    meaning text
);

ALTER TABLE staging.not_null_alerts_by_day_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_alerts_by_day_subject (
    day date,
    day_start timestamp with time zone,
    source text,
    alert text,
    subject text,
    value numeric(12,3),
    meaning text
);

ALTER TABLE staging.not_null_alerts_by_day_subject OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_community_areas_community_area (
    community_area integer,
    name text,
    latitude double precision,
    longitude double precision
);

ALTER TABLE staging.not_null_community_areas_community_area OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_community_areas_latitude (
    community_area integer,
    name text,
    latitude double precision,
    longitude double precision
);

ALTER TABLE staging.not_null_community_areas_latitude OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_community_areas_longitude (
    community_area integer,
    name text,
    latitude double precision,
    longitude double precision
);

ALTER TABLE staging.not_null_community_areas_longitude OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_community_areas_name (
    community_area integer,
    name text,
    latitude double precision,
    longitude double precision
);

ALTER TABLE staging.not_null_community_areas_name OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_durations_per_hour_hour_start (
    hour_start timestamp with time zone,
    source text,
    rides bigint,
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_durations_per_hour_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_durations_per_hour_source (
    hour_start timestamp with time zone,
    source text,
    rides bigint,
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_durations_per_hour_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_fare_per_mile_fare_per_mile_bin (
    hour_start timestamp with time zone,
    source text,
    fare_per_mile_bin numeric(4,1),
    bin_name text,
    rides bigint,
    batch_id bigint
);

ALTER TABLE staging.not_null_fare_per_mile_fare_per_mile_bin OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_fare_per_mile_hour_start (
    hour_start timestamp with time zone,
    source text,
    fare_per_mile_bin numeric(4,1),
    bin_name text,
    rides bigint,
    batch_id bigint
);

ALTER TABLE staging.not_null_fare_per_mile_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_fare_per_mile_source (
    hour_start timestamp with time zone,
    source text,
    fare_per_mile_bin numeric(4,1),
    bin_name text,
    rides bigint,
    batch_id bigint
);

ALTER TABLE staging.not_null_fare_per_mile_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_day (
    day date,
    source text,
    model_id integer,
    model_version text,
    feature text,
    compared_with text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text,
    batch_id bigint
);

ALTER TABLE staging.not_null_feature_drift_day OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_feature (
    day date,
    source text,
    model_id integer,
    model_version text,
    feature text,
    compared_with text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text,
    batch_id bigint
);

ALTER TABLE staging.not_null_feature_drift_feature OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_model_id (
    day date,
    source text,
    model_id integer,
    model_version text,
    feature text,
    compared_with text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text,
    batch_id bigint
);

ALTER TABLE staging.not_null_feature_drift_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_recent_feature (
    source text,
    model_id integer,
    model_version text,
    feature text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text
);

ALTER TABLE staging.not_null_feature_drift_recent_feature OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_recent_model_id (
    source text,
    model_id integer,
    model_version text,
    feature text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text
);

ALTER TABLE staging.not_null_feature_drift_recent_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_recent_source (
    source text,
    model_id integer,
    model_version text,
    feature text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text
);

ALTER TABLE staging.not_null_feature_drift_recent_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_feature_drift_source (
    day date,
    source text,
    model_id integer,
    model_version text,
    feature text,
    compared_with text,
    rides bigint,
    psi numeric(10,4),
    verdict text,
    no_verdict_why text,
    batch_id bigint
);

ALTER TABLE staging.not_null_feature_drift_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_job_runs_run_id (
    run_id bigint,
    command text,
    source text,
    status text,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    seconds numeric(12,3),
    records_read bigint,
    rides_scored bigint,
    rides_known bigint,
    records_rejected bigint,
    windows bigint,
    model_id integer,
    model_version text,
    model_stale boolean,
    scenario text,
    profile_digest text,
    code_version text,
    error text
);

ALTER TABLE staging.not_null_job_runs_run_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_latest_predictions_trip_id (
    trip_id uuid,
    source text,
    trip_start_timestamp timestamp with time zone,
    pickup_community_area integer,
    dropoff_community_area integer,
    pickup_area_name text,
    dropoff_area_name text,
    predicted_minutes numeric(18,3),
    predicted_low_minutes numeric(18,3),
    predicted_high_minutes numeric(18,3),
    trip_miles numeric(18,3),
    fare numeric(18,2),
    trip_total numeric(18,2),
    model_id integer,
    model_version text,
    run_id bigint,
    scored_at timestamp with time zone,
    batch_id bigint
);

ALTER TABLE staging.not_null_latest_predictions_trip_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_mart_freshness_mart (
    mart text,
    newest_at timestamp with time zone,
    age_seconds numeric(18,1),
    waiting_since timestamp with time zone,
    waiting_seconds numeric(18,1)
);

ALTER TABLE staging.not_null_mart_freshness_mart OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_model_comparison_challenger_model_id (
    hour_start timestamp with time zone,
    source text,
    champion_model_id integer,
    champion_version text,
    challenger_model_id integer,
    challenger_version text,
    rides bigint,
    rides_with_outcome bigint,
    sum_champion_absolute_error numeric(18,3),
    sum_challenger_absolute_error numeric(18,3),
    sum_difference numeric(18,3),
    sum_squared_difference numeric(24,6),
    batch_id bigint
);

ALTER TABLE staging.not_null_model_comparison_challenger_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_model_comparison_champion_model_id (
    hour_start timestamp with time zone,
    source text,
    champion_model_id integer,
    champion_version text,
    challenger_model_id integer,
    challenger_version text,
    rides bigint,
    rides_with_outcome bigint,
    sum_champion_absolute_error numeric(18,3),
    sum_challenger_absolute_error numeric(18,3),
    sum_difference numeric(18,3),
    sum_squared_difference numeric(24,6),
    batch_id bigint
);

ALTER TABLE staging.not_null_model_comparison_champion_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_model_comparison_hour_start (
    hour_start timestamp with time zone,
    source text,
    champion_model_id integer,
    champion_version text,
    challenger_model_id integer,
    challenger_version text,
    rides bigint,
    rides_with_outcome bigint,
    sum_champion_absolute_error numeric(18,3),
    sum_challenger_absolute_error numeric(18,3),
    sum_difference numeric(18,3),
    sum_squared_difference numeric(24,6),
    batch_id bigint
);

ALTER TABLE staging.not_null_model_comparison_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_model_comparison_source (
    hour_start timestamp with time zone,
    source text,
    champion_model_id integer,
    champion_version text,
    challenger_model_id integer,
    challenger_version text,
    rides bigint,
    rides_with_outcome bigint,
    sum_champion_absolute_error numeric(18,3),
    sum_challenger_absolute_error numeric(18,3),
    sum_difference numeric(18,3),
    sum_squared_difference numeric(24,6),
    batch_id bigint
);

ALTER TABLE staging.not_null_model_comparison_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_model_promotions_promotion_id (
    promotion_id bigint,
    source text,
    model_name text,
    from_version text,
    to_version text,
    why text,
    promoted_at timestamp with time zone,
    first_ride_start timestamp with time zone
);

ALTER TABLE staging.not_null_model_promotions_promotion_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_model_promotions_source (
    promotion_id bigint,
    source text,
    model_name text,
    from_version text,
    to_version text,
    why text,
    promoted_at timestamp with time zone,
    first_ride_start timestamp with time zone
);

ALTER TABLE staging.not_null_model_promotions_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_by_segment_dimension (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    dimension text,
    segment text,
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_by_segment_dimension OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_by_segment_hour_start (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    dimension text,
    segment text,
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_by_segment_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_by_segment_model_id (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    dimension text,
    segment text,
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_by_segment_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_by_segment_segment (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    dimension text,
    segment text,
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_by_segment_segment OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_by_segment_source (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    dimension text,
    segment text,
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_by_segment_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_hour_start (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    validation_mae numeric(9,3),
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    mae numeric(18,3),
    rmse numeric(18,3),
    bias numeric(18,3),
    coverage numeric(5,4),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_model_id (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    validation_mae numeric(9,3),
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    mae numeric(18,3),
    rmse numeric(18,3),
    bias numeric(18,3),
    coverage numeric(5,4),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_prediction_quality_source (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    validation_mae numeric(9,3),
    rides bigint,
    rides_with_outcome bigint,
    rides_with_band bigint,
    rides_covered bigint,
    sum_absolute_error numeric(18,3),
    sum_squared_error numeric(24,6),
    sum_error numeric(18,3),
    sum_width numeric(18,3),
    mae numeric(18,3),
    rmse numeric(18,3),
    bias numeric(18,3),
    coverage numeric(5,4),
    batch_id bigint
);

ALTER TABLE staging.not_null_prediction_quality_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rejects_hour_start (
    hour_start timestamp with time zone,
    source text,
    reason text,
    records bigint,
    rejected_id bigint
);

ALTER TABLE staging.not_null_rejects_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rejects_reason (
    hour_start timestamp with time zone,
    source text,
    reason text,
    records bigint,
    rejected_id bigint
);

ALTER TABLE staging.not_null_rejects_reason OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rejects_source (
    hour_start timestamp with time zone,
    source text,
    reason text,
    records bigint,
    rejected_id bigint
);

ALTER TABLE staging.not_null_rejects_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_hour_hour_start (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    pickup_community_area integer,
    pickup_area_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_hour_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_hour_model_id (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    pickup_community_area integer,
    pickup_area_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_hour_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_hour_pickup_community_area (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    pickup_community_area integer,
    pickup_area_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_hour_pickup_community_area OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_hour_source (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    pickup_community_area integer,
    pickup_area_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    p10_minutes numeric(18,3),
    median_minutes numeric(18,3),
    p90_minutes numeric(18,3),
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_hour_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_interval_interval_start (
    interval_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    first_ride_start timestamp with time zone,
    last_scored_at timestamp with time zone,
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_interval_interval_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_interval_model_id (
    interval_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    first_ride_start timestamp with time zone,
    last_scored_at timestamp with time zone,
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_interval_model_id OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_rides_per_interval_source (
    interval_start timestamp with time zone,
    source text,
    model_id integer,
    model_version text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_miles numeric(18,3),
    sum_fares numeric(18,2),
    first_ride_start timestamp with time zone,
    last_scored_at timestamp with time zone,
    batch_id bigint
);

ALTER TABLE staging.not_null_rides_per_interval_source OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_top_pickup_dropoff_pairs_dropoff_community_area (
    hour_start timestamp with time zone,
    source text,
    pickup_community_area integer,
    dropoff_community_area integer,
    pickup_area_name text,
    dropoff_area_name text,
    pair_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_fares numeric(18,2),
    batch_id bigint
);

ALTER TABLE staging.not_null_top_pickup_dropoff_pairs_dropoff_community_area OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_top_pickup_dropoff_pairs_hour_start (
    hour_start timestamp with time zone,
    source text,
    pickup_community_area integer,
    dropoff_community_area integer,
    pickup_area_name text,
    dropoff_area_name text,
    pair_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_fares numeric(18,2),
    batch_id bigint
);

ALTER TABLE staging.not_null_top_pickup_dropoff_pairs_hour_start OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_top_pickup_dropoff_pairs_pickup_community_area (
    hour_start timestamp with time zone,
    source text,
    pickup_community_area integer,
    dropoff_community_area integer,
    pickup_area_name text,
    dropoff_area_name text,
    pair_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_fares numeric(18,2),
    batch_id bigint
);

ALTER TABLE staging.not_null_top_pickup_dropoff_pairs_pickup_community_area OWNER TO taxi_dbt;

CREATE TABLE staging.not_null_top_pickup_dropoff_pairs_source (
    hour_start timestamp with time zone,
    source text,
    pickup_community_area integer,
    dropoff_community_area integer,
    pickup_area_name text,
    dropoff_area_name text,
    pair_name text,
    rides bigint,
    rides_with_fare bigint,
    sum_minutes numeric(18,3),
    sum_fares numeric(18,2),
    batch_id bigint
);

ALTER TABLE staging.not_null_top_pickup_dropoff_pairs_source OWNER TO taxi_dbt;

CREATE VIEW staging.stg_scoring__windows AS
 SELECT run_id,
    rides,
    window_start
   FROM raw.windows;

ALTER VIEW staging.stg_scoring__windows OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_alerts_by_day_day__source__alert__subject (
    day date,
    source text,
    alert text,
    subject text
);

ALTER TABLE staging.unique_combination_alerts_by_day_day__source__alert__subject OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_durations_per_hour_hour_start__source (
    hour_start timestamp with time zone,
    source text
);

ALTER TABLE staging.unique_combination_durations_per_hour_hour_start__source OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_fare_per_mi_8f401aa4b53f6e2dbe9e954155e9ca1e (
    hour_start timestamp with time zone,
    source text,
    fare_per_mile_bin numeric(4,1)
);

ALTER TABLE staging.unique_combination_fare_per_mi_8f401aa4b53f6e2dbe9e954155e9ca1e OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_feature_dri_d7b10749ce12f92f8df6068cf7a934d9 (
    source text,
    model_id integer,
    feature text
);

ALTER TABLE staging.unique_combination_feature_dri_d7b10749ce12f92f8df6068cf7a934d9 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_feature_drift_day__source__model_id__feature (
    day date,
    source text,
    model_id integer,
    feature text
);

ALTER TABLE staging.unique_combination_feature_drift_day__source__model_id__feature OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_model_compa_c818ccde7f8c90e2ce6e806c9737a9d4 (
    hour_start timestamp with time zone,
    source text,
    champion_model_id integer,
    challenger_model_id integer
);

ALTER TABLE staging.unique_combination_model_compa_c818ccde7f8c90e2ce6e806c9737a9d4 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_model_promotions_promotion_id__source (
    promotion_id bigint,
    source text
);

ALTER TABLE staging.unique_combination_model_promotions_promotion_id__source OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_prediction__84ee3d88aa9971fae9d568621b84ac15 (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    dimension text,
    segment text
);

ALTER TABLE staging.unique_combination_prediction__84ee3d88aa9971fae9d568621b84ac15 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_prediction__ab6486290c24a99880dda0ffa5e07252 (
    hour_start timestamp with time zone,
    source text,
    model_id integer
);

ALTER TABLE staging.unique_combination_prediction__ab6486290c24a99880dda0ffa5e07252 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_rejects_hour_start__source__reason (
    hour_start timestamp with time zone,
    source text,
    reason text
);

ALTER TABLE staging.unique_combination_rejects_hour_start__source__reason OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_rides_per_h_a5017b929019f83b7a94902437dcaf04 (
    hour_start timestamp with time zone,
    source text,
    model_id integer,
    pickup_community_area integer
);

ALTER TABLE staging.unique_combination_rides_per_h_a5017b929019f83b7a94902437dcaf04 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_rides_per_i_da882dead42cef2190b16e078b7625a0 (
    interval_start timestamp with time zone,
    source text,
    model_id integer
);

ALTER TABLE staging.unique_combination_rides_per_i_da882dead42cef2190b16e078b7625a0 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_combination_top_pickup__b5deb55bbb35eb2e2123b452818ab531 (
    hour_start timestamp with time zone,
    source text,
    pickup_community_area integer,
    dropoff_community_area integer
);

ALTER TABLE staging.unique_combination_top_pickup__b5deb55bbb35eb2e2123b452818ab531 OWNER TO taxi_dbt;

CREATE TABLE staging.unique_community_areas_community_area (
    unique_field integer,
    n_records bigint
);

ALTER TABLE staging.unique_community_areas_community_area OWNER TO taxi_dbt;

CREATE TABLE staging.unique_community_areas_name (
    unique_field text,
    n_records bigint
);

ALTER TABLE staging.unique_community_areas_name OWNER TO taxi_dbt;

CREATE TABLE staging.unique_job_runs_run_id (
    unique_field bigint,
    n_records bigint
);

ALTER TABLE staging.unique_job_runs_run_id OWNER TO taxi_dbt;

CREATE TABLE staging.unique_latest_predictions_trip_id (
    unique_field uuid,
    n_records bigint
);

ALTER TABLE staging.unique_latest_predictions_trip_id OWNER TO taxi_dbt;

CREATE TABLE staging.unique_mart_freshness_mart (
    unique_field text,
    n_records bigint
);

ALTER TABLE staging.unique_mart_freshness_mart OWNER TO taxi_dbt;

INSERT INTO marts.durations_per_hour VALUES
	('2026-11-16 14:00:00+00', 'simulator', 18, 6.192, 18.147, 31.052, 1),
	('2026-11-16 16:00:00+00', 'city', 8, 6.091, 11.814, 20.202, 2),
	('2026-11-16 17:00:00+00', 'city', 8, 6.113, 7.539, 20.919, 2),
	('2026-11-16 18:00:00+00', 'city', 4, 11.879, 22.455, 30.230, 2),
	('2026-11-16 19:00:00+00', 'city', 9, 8.017, 12.023, 25.583, 2),
	('2026-11-17 15:00:00+00', 'simulator', 7, 8.752, 16.651, 25.751, 3),
	('2026-11-18 16:00:00+00', 'simulator', 7, 6.310, 15.169, 30.719, 5),
	('2026-11-20 23:00:00+00', 'simulator', 10, 9.490, 26.554, 42.641, 7),
	('2026-11-21 18:00:00+00', 'simulator', 8, 3.699, 8.605, 15.573, 8),
	('2026-11-22 18:00:00+00', 'city', 7, 6.146, 9.833, 22.922, 9),
	('2026-11-22 19:00:00+00', 'city', 8, 7.324, 17.414, 27.270, 9),
	('2026-11-22 20:00:00+00', 'city', 8, 6.348, 14.814, 30.511, 9),
	('2026-11-22 21:00:00+00', 'city', 6, 6.827, 15.877, 34.183, 9),
	('2026-11-25 17:00:00+00', 'simulator', 18, 5.886, 23.309, 31.355, 11);

INSERT INTO marts.fare_per_mile VALUES
	('2026-11-16 17:00:00+00', 'city', 9.5, '9.50 to 10.00', 1, 2),
	('2026-11-16 16:00:00+00', 'city', 4.5, '4.50 to 5.00', 1, 2),
	('2026-11-16 17:00:00+00', 'city', 6.5, '6.50 to 7.00', 1, 2),
	('2026-11-16 14:00:00+00', 'simulator', 6.5, '6.50 to 7.00', 1, 1),
	('2026-11-17 15:00:00+00', 'simulator', 4.0, '4.00 to 4.50', 1, 3),
	('2026-11-16 18:00:00+00', 'city', 2.0, '2.00 to 2.50', 1, 2),
	('2026-11-16 17:00:00+00', 'city', 25.0, '25.00 and more', 1, 2),
	('2026-11-16 16:00:00+00', 'city', 8.5, '8.50 to 9.00', 1, 2),
	('2026-11-16 16:00:00+00', 'city', 2.5, '2.50 to 3.00', 1, 2),
	('2026-11-16 16:00:00+00', 'city', 3.5, '3.50 to 4.00', 2, 2),
	('2026-11-16 17:00:00+00', 'city', 6.0, '6.00 to 6.50', 1, 2),
	('2026-11-16 17:00:00+00', 'city', 3.0, '3.00 to 3.50', 1, 2),
	('2026-11-16 14:00:00+00', 'simulator', 4.0, '4.00 to 4.50', 1, 1),
	('2026-11-16 14:00:00+00', 'simulator', 3.0, '3.00 to 3.50', 2, 1),
	('2026-11-16 16:00:00+00', 'city', 7.0, '7.00 to 7.50', 1, 2),
	('2026-11-16 19:00:00+00', 'city', 3.5, '3.50 to 4.00', 1, 2),
	('2026-11-16 17:00:00+00', 'city', 5.5, '5.50 to 6.00', 1, 2),
	('2026-11-16 14:00:00+00', 'simulator', 4.5, '4.50 to 5.00', 3, 1),
	('2026-11-17 15:00:00+00', 'simulator', 2.5, '2.50 to 3.00', 1, 3),
	('2026-11-16 17:00:00+00', 'city', 7.0, '7.00 to 7.50', 1, 2),
	('2026-11-16 14:00:00+00', 'simulator', 2.5, '2.50 to 3.00', 5, 1),
	('2026-11-16 17:00:00+00', 'city', 2.5, '2.50 to 3.00', 1, 2),
	('2026-11-16 14:00:00+00', 'simulator', 5.5, '5.50 to 6.00', 2, 1),
	('2026-11-16 18:00:00+00', 'city', 3.0, '3.00 to 3.50', 1, 2),
	('2026-11-17 15:00:00+00', 'simulator', 10.5, '10.50 to 11.00', 1, 3),
	('2026-11-16 18:00:00+00', 'city', 4.5, '4.50 to 5.00', 1, 2),
	('2026-11-17 15:00:00+00', 'simulator', 9.5, '9.50 to 10.00', 1, 3),
	('2026-11-16 14:00:00+00', 'simulator', 3.5, '3.50 to 4.00', 1, 1),
	('2026-11-16 19:00:00+00', 'city', 2.5, '2.50 to 3.00', 3, 2),
	('2026-11-17 15:00:00+00', 'simulator', 3.0, '3.00 to 3.50', 3, 3),
	('2026-11-16 18:00:00+00', 'city', 2.5, '2.50 to 3.00', 1, 2),
	('2026-11-16 16:00:00+00', 'city', 3.0, '3.00 to 3.50', 2, 2),
	('2026-11-16 14:00:00+00', 'simulator', 9.5, '9.50 to 10.00', 1, 1),
	('2026-11-16 14:00:00+00', 'simulator', 25.0, '25.00 and more', 2, 1),
	('2026-11-16 19:00:00+00', 'city', 6.0, '6.00 to 6.50', 1, 2),
	('2026-11-16 19:00:00+00', 'city', 4.5, '4.50 to 5.00', 2, 2),
	('2026-11-16 19:00:00+00', 'city', 5.0, '5.00 to 5.50', 2, 2),
	('2026-11-18 16:00:00+00', 'simulator', 2.0, '2.00 to 2.50', 1, 5),
	('2026-11-18 16:00:00+00', 'simulator', 2.5, '2.50 to 3.00', 2, 5),
	('2026-11-18 16:00:00+00', 'simulator', 3.0, '3.00 to 3.50', 1, 5),
	('2026-11-18 16:00:00+00', 'simulator', 5.0, '5.00 to 5.50', 1, 5),
	('2026-11-18 16:00:00+00', 'simulator', 6.0, '6.00 to 6.50', 1, 5),
	('2026-11-18 16:00:00+00', 'simulator', 17.0, '17.00 to 17.50', 1, 5),
	('2026-11-20 23:00:00+00', 'simulator', 2.5, '2.50 to 3.00', 4, 7),
	('2026-11-20 23:00:00+00', 'simulator', 3.0, '3.00 to 3.50', 2, 7),
	('2026-11-20 23:00:00+00', 'simulator', 4.0, '4.00 to 4.50', 2, 7),
	('2026-11-20 23:00:00+00', 'simulator', 6.0, '6.00 to 6.50', 1, 7),
	('2026-11-20 23:00:00+00', 'simulator', 8.0, '8.00 to 8.50', 1, 7),
	('2026-11-21 18:00:00+00', 'simulator', 2.5, '2.50 to 3.00', 1, 8),
	('2026-11-21 18:00:00+00', 'simulator', 4.0, '4.00 to 4.50', 1, 8),
	('2026-11-21 18:00:00+00', 'simulator', 4.5, '4.50 to 5.00', 1, 8),
	('2026-11-21 18:00:00+00', 'simulator', 5.0, '5.00 to 5.50', 2, 8),
	('2026-11-21 18:00:00+00', 'simulator', 5.5, '5.50 to 6.00', 1, 8),
	('2026-11-21 18:00:00+00', 'simulator', 11.0, '11.00 to 11.50', 1, 8),
	('2026-11-21 18:00:00+00', 'simulator', 15.5, '15.50 to 16.00', 1, 8),
	('2026-11-22 18:00:00+00', 'city', 2.5, '2.50 to 3.00', 1, 9),
	('2026-11-22 18:00:00+00', 'city', 3.5, '3.50 to 4.00', 1, 9),
	('2026-11-22 18:00:00+00', 'city', 4.5, '4.50 to 5.00', 1, 9),
	('2026-11-22 18:00:00+00', 'city', 5.0, '5.00 to 5.50', 1, 9),
	('2026-11-22 18:00:00+00', 'city', 6.0, '6.00 to 6.50', 2, 9),
	('2026-11-22 18:00:00+00', 'city', 25.0, '25.00 and more', 1, 9),
	('2026-11-22 19:00:00+00', 'city', 2.5, '2.50 to 3.00', 4, 9),
	('2026-11-22 19:00:00+00', 'city', 7.0, '7.00 to 7.50', 1, 9),
	('2026-11-22 19:00:00+00', 'city', 8.0, '8.00 to 8.50', 1, 9),
	('2026-11-22 19:00:00+00', 'city', 14.0, '14.00 to 14.50', 1, 9),
	('2026-11-22 19:00:00+00', 'city', 25.0, '25.00 and more', 1, 9),
	('2026-11-22 20:00:00+00', 'city', 2.5, '2.50 to 3.00', 3, 9),
	('2026-11-22 20:00:00+00', 'city', 3.0, '3.00 to 3.50', 1, 9),
	('2026-11-22 20:00:00+00', 'city', 3.5, '3.50 to 4.00', 1, 9),
	('2026-11-22 20:00:00+00', 'city', 5.0, '5.00 to 5.50', 1, 9),
	('2026-11-22 20:00:00+00', 'city', 5.5, '5.50 to 6.00', 1, 9),
	('2026-11-22 20:00:00+00', 'city', 7.0, '7.00 to 7.50', 1, 9),
	('2026-11-22 21:00:00+00', 'city', 2.5, '2.50 to 3.00', 2, 9),
	('2026-11-22 21:00:00+00', 'city', 3.0, '3.00 to 3.50', 1, 9),
	('2026-11-22 21:00:00+00', 'city', 5.0, '5.00 to 5.50', 1, 9),
	('2026-11-22 21:00:00+00', 'city', 5.5, '5.50 to 6.00', 1, 9),
	('2026-11-22 21:00:00+00', 'city', 6.5, '6.50 to 7.00', 1, 9),
	('2026-11-25 17:00:00+00', 'simulator', 2.0, '2.00 to 2.50', 2, 11),
	('2026-11-25 17:00:00+00', 'simulator', 2.5, '2.50 to 3.00', 8, 11),
	('2026-11-25 17:00:00+00', 'simulator', 3.0, '3.00 to 3.50', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 4.0, '4.00 to 4.50', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 5.0, '5.00 to 5.50', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 7.0, '7.00 to 7.50', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 7.5, '7.50 to 8.00', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 10.0, '10.00 to 10.50', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 17.5, '17.50 to 18.00', 1, 11),
	('2026-11-25 17:00:00+00', 'simulator', 25.0, '25.00 and more', 1, 11);

INSERT INTO marts.feature_drift VALUES
	('2026-11-25', 'simulator', 1, '1', 'prediction', 'weekday', 18, NULL, NULL, 'the day is not over', 11),
	('2026-11-25', 'simulator', 1, '1', 'pickup', 'weekday', 18, NULL, NULL, 'the day is not over', 11),
	('2026-11-25', 'simulator', 1, '1', 'pair', 'weekday', 18, NULL, NULL, 'the day is not over', 11),
	('2026-11-25', 'simulator', 1, '1', 'miles', 'weekday', 18, NULL, NULL, 'the day is not over', 11),
	('2026-11-25', 'simulator', 1, '1', 'hour', 'weekday', 18, NULL, NULL, 'the day is not over', 11),
	('2026-11-25', 'simulator', 1, '1', 'dropoff', 'weekday', 18, NULL, NULL, 'the day is not over', 11),
	('2026-11-22', 'city', 1, '1', 'prediction', 'weekend', 29, NULL, NULL, 'the day is not over', 9),
	('2026-11-22', 'city', 1, '1', 'pickup', 'weekend', 29, NULL, NULL, 'the day is not over', 9),
	('2026-11-22', 'city', 1, '1', 'pair', 'weekend', 29, NULL, NULL, 'the day is not over', 9),
	('2026-11-22', 'city', 1, '1', 'miles', 'weekend', 29, NULL, NULL, 'the day is not over', 9),
	('2026-11-22', 'city', 1, '1', 'hour', 'weekend', 29, NULL, NULL, 'the day is not over', 9),
	('2026-11-22', 'city', 1, '1', 'dropoff', 'weekend', 29, NULL, NULL, 'the day is not over', 9),
	('2026-11-21', 'simulator', 1, '1', 'prediction', 'weekend', 8, NULL, NULL, 'too few rides', 8),
	('2026-11-21', 'simulator', 1, '1', 'pickup', 'weekend', 8, NULL, NULL, 'too few rides', 8),
	('2026-11-21', 'simulator', 1, '1', 'pair', 'weekend', 8, NULL, NULL, 'too few rides', 8),
	('2026-11-21', 'simulator', 1, '1', 'miles', 'weekend', 8, NULL, NULL, 'too few rides', 8),
	('2026-11-21', 'simulator', 1, '1', 'hour', 'weekend', 8, NULL, NULL, 'too few rides', 8),
	('2026-11-21', 'simulator', 1, '1', 'dropoff', 'weekend', 8, NULL, NULL, 'too few rides', 8),
	('2026-11-17', 'simulator', 1, '1', 'prediction', 'weekday', 7, NULL, NULL, 'too few rides', 3),
	('2026-11-17', 'simulator', 1, '1', 'pickup', 'weekday', 7, NULL, NULL, 'too few rides', 3),
	('2026-11-17', 'simulator', 1, '1', 'pair', 'weekday', 7, NULL, NULL, 'too few rides', 3),
	('2026-11-17', 'simulator', 1, '1', 'miles', 'weekday', 7, NULL, NULL, 'too few rides', 3),
	('2026-11-17', 'simulator', 1, '1', 'hour', 'weekday', 7, NULL, NULL, 'too few rides', 3),
	('2026-11-17', 'simulator', 1, '1', 'dropoff', 'weekday', 7, NULL, NULL, 'too few rides', 3),
	('2026-11-16', 'simulator', 1, '1', 'prediction', 'weekday', 18, NULL, NULL, 'too few rides', 1),
	('2026-11-16', 'simulator', 1, '1', 'pickup', 'weekday', 18, NULL, NULL, 'too few rides', 1),
	('2026-11-16', 'simulator', 1, '1', 'pair', 'weekday', 18, NULL, NULL, 'too few rides', 1),
	('2026-11-16', 'simulator', 1, '1', 'miles', 'weekday', 18, NULL, NULL, 'too few rides', 1),
	('2026-11-16', 'simulator', 1, '1', 'hour', 'weekday', 18, NULL, NULL, 'too few rides', 1),
	('2026-11-16', 'simulator', 1, '1', 'dropoff', 'weekday', 18, NULL, NULL, 'too few rides', 1),
	('2026-11-16', 'city', 1, '1', 'prediction', 'weekday', 29, NULL, NULL, 'too few rides', 2),
	('2026-11-16', 'city', 1, '1', 'pickup', 'weekday', 29, NULL, NULL, 'too few rides', 2),
	('2026-11-16', 'city', 1, '1', 'pair', 'weekday', 29, NULL, NULL, 'too few rides', 2),
	('2026-11-16', 'city', 1, '1', 'miles', 'weekday', 29, NULL, NULL, 'too few rides', 2),
	('2026-11-16', 'city', 1, '1', 'hour', 'weekday', 29, NULL, NULL, 'too few rides', 2),
	('2026-11-16', 'city', 1, '1', 'dropoff', 'weekday', 29, NULL, NULL, 'too few rides', 2),
	('2026-11-20', 'simulator', 3, '2', 'prediction', 'all', 10, NULL, NULL, 'too few rides', 7),
	('2026-11-20', 'simulator', 3, '2', 'pickup', 'all', 10, NULL, NULL, 'too few rides', 7),
	('2026-11-20', 'simulator', 3, '2', 'pair', 'all', 10, NULL, NULL, 'too few rides', 7),
	('2026-11-20', 'simulator', 3, '2', 'miles', 'all', 10, NULL, NULL, 'too few rides', 7),
	('2026-11-20', 'simulator', 3, '2', 'hour', 'all', 10, NULL, NULL, 'too few rides', 7),
	('2026-11-20', 'simulator', 3, '2', 'dropoff', 'all', 10, NULL, NULL, 'too few rides', 7),
	('2026-11-18', 'simulator', 3, '2', 'prediction', 'all', 7, NULL, NULL, 'too few rides', 5),
	('2026-11-18', 'simulator', 3, '2', 'pickup', 'all', 7, NULL, NULL, 'too few rides', 5),
	('2026-11-18', 'simulator', 3, '2', 'pair', 'all', 7, NULL, NULL, 'too few rides', 5),
	('2026-11-18', 'simulator', 3, '2', 'miles', 'all', 7, NULL, NULL, 'too few rides', 5),
	('2026-11-18', 'simulator', 3, '2', 'hour', 'all', 7, NULL, NULL, 'too few rides', 5),
	('2026-11-18', 'simulator', 3, '2', 'dropoff', 'all', 7, NULL, NULL, 'too few rides', 5);

INSERT INTO marts.latest_predictions VALUES
	('4923c66d-7364-5a2b-8e47-d39648895229', 'city', '2026-11-22 21:45:00+00', 3, 3, 'Uptown', 'Uptown', 8.007, 3.865, 12.070, 1.200, 6.25, 7.48, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('52e8eda8-23fa-5816-bf13-71fcf6524719', 'city', '2026-11-22 19:00:00+00', 2, 4, 'West Ridge', 'Lincoln Square', 7.633, 3.428, 15.695, 0.200, 15.75, 15.75, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('847ac5bb-b9c7-50c6-a41a-12dd84bceddc', 'simulator', '2026-11-25 17:37:34+00', 36, 6, 'Oakland', 'Lake View', 26.454, 15.137, 40.952, 11.370, 30.00, 34.20, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('f7538e65-59ed-5259-a2a3-a10247bd2ef5', 'city', '2026-11-22 21:15:00+00', 32, 6, 'Loop', 'Lake View', 23.747, 14.307, 39.333, 6.550, 20.25, 20.25, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('954e85e2-eaaa-527e-b41e-e892321642c2', 'simulator', '2026-11-25 17:34:27+00', 3, 6, 'Uptown', 'Lake View', 9.020, 4.878, 13.083, 1.550, 7.75, 8.99, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('97bcfc66-3796-5511-b69b-b92a85a98396', 'simulator', '2026-11-25 17:34:51+00', 76, 8, 'O''Hare', 'Near North Side', 33.033, 22.609, 50.529, 17.800, 44.75, 48.75, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('7822b9d7-0b58-59e8-9971-4c3deaa7e164', 'city', '2026-11-22 20:15:00+00', 32, 8, 'Loop', 'Near North Side', 8.739, 4.596, 12.801, 1.470, 7.75, 9.29, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('ab937a77-75dc-5ee9-9ef5-614f7f72e6dd', 'city', '2026-11-22 18:00:00+00', 32, 8, 'Loop', 'Near North Side', 9.648, 5.506, 13.711, 1.850, 9.00, 11.07, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('641a3a42-82a3-5746-a959-1ca939f257fc', 'city', '2026-11-22 21:45:00+00', 32, 8, 'Loop', 'Near North Side', 6.453, 2.249, 14.516, 1.000, 6.75, 6.75, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('eb377ecf-ba66-56f7-9612-35280c1cef21', 'city', '2026-11-22 19:45:00+00', 28, 8, 'Near West Side', 'Near North Side', 6.602, 2.398, 14.665, 0.300, 4.25, 4.88, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('33cd8230-8126-5241-9e7a-0b1818613072', 'city', '2026-11-22 20:45:00+00', 8, 8, 'Near North Side', 'Near North Side', 7.021, 2.816, 15.084, 1.140, 6.75, 7.52, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('fddb64a4-b494-571c-b044-3552694d66d0', 'city', '2026-11-22 19:30:00+00', 8, 8, 'Near North Side', 'Near North Side', 10.705, 5.527, 16.928, 1.920, 16.25, 16.25, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('7ffff00c-66f5-54cb-9cff-a482de155096', 'city', '2026-11-22 21:45:00+00', 8, 8, 'Near North Side', 'Near North Side', 7.200, 2.996, 15.263, 1.210, 7.25, 8.76, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('b86de486-e0ce-5cdf-83b9-9663294229a0', 'city', '2026-11-22 19:00:00+00', 8, 8, 'Near North Side', 'Near North Side', 8.120, 3.977, 12.182, 1.230, 9.00, 9.00, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('5896c9b9-e043-51f5-845a-ec1f96812eb4', 'simulator', '2026-11-25 17:37:18+00', 8, 8, 'Near North Side', 'Near North Side', 5.775, 3.166, 14.214, 0.800, 6.00, 6.00, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('f9a35336-ca30-5d5c-967a-1e81de3e4aae', 'city', '2026-11-22 19:45:00+00', 3, 8, 'Uptown', 'Near North Side', 28.013, 16.695, 42.510, 9.570, 27.25, 27.25, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('f4c1ccec-0d14-5c76-9195-c56dccdcd4ed', 'simulator', '2026-11-25 17:35:37+00', 0, 22, 'Outside the city or withheld', 'Logan Square', 29.883, 19.459, 47.379, 16.410, 41.50, 41.50, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('13d3fee7-e774-5cf9-88a0-77dc00097c28', 'simulator', '2026-11-25 17:37:05+00', 32, 23, 'Loop', 'Humboldt Park', 25.397, 15.958, 40.984, 9.200, 24.50, 30.35, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('162d3e4b-5738-50f1-8059-f36cf9569199', 'city', '2026-11-22 19:30:00+00', 8, 23, 'Near North Side', 'Humboldt Park', 24.293, 14.853, 39.880, 8.680, 23.25, 27.95, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('14ea87aa-9b8b-5cb3-b248-dbfb29adfd8f', 'simulator', '2026-11-25 17:37:08+00', 28, 25, 'Near West Side', 'Austin', 23.095, 13.656, 38.682, 8.190, 23.25, 23.25, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('096cf3fa-63f2-5780-8a72-f4b1216fb84a', 'city', '2026-11-22 20:15:00+00', 32, 28, 'Loop', 'Near West Side', 4.779, 2.170, 13.218, 0.710, 5.25, 7.60, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('48b66d07-c98f-5809-8f04-82395437f03d', 'city', '2026-11-22 18:00:00+00', 32, 28, 'Loop', 'Near West Side', 9.833, 5.691, 13.896, 1.920, 10.50, 13.85, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('de016b32-de80-5522-96ca-69cca0d225a0', 'city', '2026-11-22 18:45:00+00', 28, 28, 'Near West Side', 'Near West Side', 6.197, 1.992, 14.260, 1.000, 6.00, 6.00, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('0b776265-bdb0-50df-bc93-371383c361ce', 'simulator', '2026-11-25 17:34:08+00', 28, 28, 'Near West Side', 'Near West Side', 17.248, 8.595, 31.809, 4.130, 13.50, 16.07, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('cdd9c10a-d750-5320-bd85-6368063aa719', 'simulator', '2026-11-25 17:34:20+00', 8, 28, 'Near North Side', 'Near West Side', 11.120, 5.942, 17.343, 2.020, 8.25, 8.25, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('d512e1d7-f6bb-5c09-bac8-0e0202ab22f7', 'simulator', '2026-11-25 17:36:54+00', 76, 31, 'O''Hare', 'Lower West Side', 35.861, 22.968, 60.265, 19.060, 47.25, 61.64, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('c83de605-2acd-57c7-9bb3-7070b1e8f9c3', 'city', '2026-11-22 21:15:00+00', 76, 32, 'O''Hare', 'Loop', 41.348, 28.455, 65.752, 18.000, 47.75, 62.83, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('81b28933-afb8-582a-833a-019d28741722', 'city', '2026-11-22 20:00:00+00', 76, 32, 'O''Hare', 'Loop', 34.802, 21.909, 59.205, 18.240, 45.75, 50.25, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('0dcd6b12-c214-5969-8eae-517e014f6667', 'simulator', '2026-11-25 17:36:56+00', 67, 32, 'West Englewood', 'Loop', 26.769, 15.452, 41.267, 9.860, 27.75, 27.75, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('db343ff7-16b9-5546-b40a-37b484eff70a', 'simulator', '2026-11-25 17:35:23+00', 41, 32, 'Hyde Park', 'Loop', 23.523, 14.084, 39.110, 7.110, 20.50, 23.74, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('a0962655-9f26-5cbb-a939-4297db838db3', 'simulator', '2026-11-25 17:35:20+00', 32, 32, 'Loop', 'Loop', 5.385, 2.776, 13.824, 0.700, 5.00, 6.03, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('5a967c8e-459c-561b-ba89-2f1d63d283f5', 'simulator', '2026-11-25 17:37:29+00', 32, 32, 'Loop', 'Loop', 5.934, 3.325, 14.373, 0.800, 8.00, 8.00, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('e29b817c-c5bb-5797-b188-d93729d3370c', 'city', '2026-11-22 18:30:00+00', 28, 32, 'Near West Side', 'Loop', 6.070, 3.460, 14.509, 0.100, 3.75, 4.99, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('6fb790b5-d89f-59f4-af05-8bc19d8dd141', 'simulator', '2026-11-25 17:34:55+00', 8, 32, 'Near North Side', 'Loop', 8.679, 4.536, 12.741, 1.440, 25.50, 25.50, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('b497c258-0594-5f93-adcd-66180dd47705', 'city', '2026-11-22 20:15:00+00', 77, 33, 'Edgewater', 'Near South Side', 28.672, 17.355, 43.170, 13.380, 34.00, 34.00, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('efaab96a-ba5c-533a-8dd4-de93f477a149', 'simulator', '2026-11-25 17:36:40+00', 28, 33, 'Near West Side', 'Near South Side', 9.392, 5.250, 13.455, 0.100, 8.25, 10.15, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('ee55c799-0f95-59c5-9374-cd22c727c5f4', 'city', '2026-11-22 19:15:00+00', 8, 42, 'Near North Side', 'Woodlawn', 24.123, 14.683, 39.710, 9.740, 27.50, 34.44, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('f38a422d-a440-5c5a-bc58-e77813510236', 'city', '2026-11-22 18:45:00+00', 0, 43, 'Outside the city or withheld', 'South Shore', 14.127, 7.985, 28.587, 3.330, 12.25, 12.25, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('fd5a235d-032e-562c-b185-f9421e863324', 'city', '2026-11-22 20:30:00+00', 37, 50, 'Fuller Park', 'Pullman', 26.609, 15.292, 41.107, 8.390, 24.00, 30.19, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('d168f750-a32e-53cc-aa61-261329db2df3', 'city', '2026-11-22 20:00:00+00', 53, 54, 'West Pullman', 'Riverdale', 11.157, 5.979, 17.380, 2.640, 9.75, 9.75, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('f4123b5e-a59a-5530-a52b-4e6e25c94b9d', 'city', '2026-11-22 18:00:00+00', 46, 77, 'South Chicago', 'Edgewater', 35.508, 22.615, 59.912, 20.270, 50.75, 50.75, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('d44ff1b4-9836-59c7-80cc-755845906088', 'city', '2026-11-22 20:45:00+00', 22, 77, 'Logan Square', 'Edgewater', 18.471, 9.818, 33.033, 5.280, 16.50, 16.50, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('84745549-722f-5c79-9f6f-f3198fce0a1f', 'simulator', '2026-11-25 17:35:51+00', 0, 0, 'Outside the city or withheld', 'Outside the city or withheld', 30.636, 20.212, 48.132, 18.480, 45.50, 45.50, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('b7858851-f443-5d8d-a090-c6cdcfd39ff3', 'city', '2026-11-22 21:45:00+00', 76, 0, 'O''Hare', 'Outside the city or withheld', 27.017, 15.700, 41.514, 13.880, 35.75, 49.59, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('a0024ba8-a9af-5fd5-bb64-c0099bef248e', 'simulator', '2026-11-25 17:37:35+00', 33, 0, 'Near South Side', 'Outside the city or withheld', 25.429, 15.989, 41.016, 10.950, 30.25, 38.70, 1, '1', 14, '2026-11-25 17:39:14.408999+00', 11),
	('5e8b2fe9-e370-5aa8-be42-313a360e0429', 'city', '2026-11-22 19:45:00+00', 28, 0, 'Near West Side', 'Outside the city or withheld', 26.951, 15.633, 41.448, 14.490, 37.75, 45.60, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9),
	('84497e36-bf59-575c-a17a-0487a525d5be', 'city', '2026-11-22 18:45:00+00', 1, 0, 'Rogers Park', 'Outside the city or withheld', 14.532, 8.391, 28.992, 1.760, 11.25, 14.70, 1, '1', 11, '2026-11-25 17:38:55.411431+00', 9);

INSERT INTO marts.model_comparison VALUES
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 3, '2', 7, 7, 36.703, 37.964, 1.261, 59.725995, 4),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 3, '2', 18, 18, 154.894, 173.259, 18.365, 91.176923, 10),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 8, '3', 8, 8, 12.114, 15.457, 3.343, 18.124321, 12),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 8, '3', 7, 7, 24.719, 29.557, 4.838, 12.741710, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 8, '3', 8, 8, 55.686, 51.174, -4.512, 69.400442, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 8, '3', 8, 8, 20.555, 30.922, 10.367, 38.200827, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 8, '3', 6, 6, 13.086, 13.739, 0.653, 0.605023, 9),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 8, '3', 18, 0, 0.000, 0.000, 0.000, 0.000000, 11);

INSERT INTO marts.prediction_quality VALUES
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 4.995, 18, 18, 18, 15, 154.894, 4643.020652, -126.590, 345.151, 8.605, 16.061, -7.033, 0.8333, 4),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 4.995, 8, 8, 8, 7, 22.787, 114.330385, 4.563, 113.291, 2.848, 3.780, 0.570, 0.8750, 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 4.995, 4, 4, 4, 4, 11.098, 47.054938, 0.868, 85.154, 2.775, 3.430, 0.217, 1.0000, 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 4.995, 7, 7, 7, 5, 36.703, 248.821597, -9.405, 140.320, 5.243, 5.962, -1.344, 0.7143, 4),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 4.995, 8, 8, 8, 8, 15.142, 65.167006, -8.472, 113.026, 1.893, 2.854, -1.059, 1.0000, 6),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 4.995, 9, 9, 9, 8, 34.847, 223.478477, 8.791, 147.367, 3.872, 4.983, 0.977, 0.8889, 6),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 4.926, 7, 7, 7, 5, 65.116, 1093.238654, -39.444, 145.305, 9.302, 12.497, -5.635, 0.7143, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 4.926, 10, 10, 10, 9, 85.341, 1222.866275, -78.051, 256.783, 8.534, 11.058, -7.805, 0.9000, 12),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 4.995, 8, 8, 8, 8, 12.114, 38.421042, 7.290, 94.978, 1.514, 2.191, 0.911, 1.0000, 12),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 4.995, 7, 7, 7, 5, 24.719, 162.879335, -14.319, 118.227, 3.531, 4.824, -2.046, 0.7143, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 4.995, 8, 8, 8, 5, 55.686, 448.471150, -11.360, 145.824, 6.961, 7.487, -1.420, 0.6250, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 4.995, 8, 8, 8, 8, 20.555, 82.687069, 11.983, 155.063, 2.569, 3.215, 1.498, 1.0000, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 4.995, 6, 6, 6, 6, 13.086, 37.280870, -3.078, 120.876, 2.181, 2.493, -0.513, 1.0000, 9),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 4.995, 18, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, NULL, NULL, NULL, NULL, 11);

INSERT INTO marts.prediction_quality_by_segment VALUES
	('2026-11-16 18:00:00+00', 'city', 1, '1', 'areas', 'airport', 1, 1, 1, 1, 5.983, 35.796289, 5.983, 27.920, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 1, 1, 1, 1, 2.718, 7.387524, 2.718, 25.815, 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'areas', 'empty area', 2, 2, 2, 1, 15.874, 127.842826, -1.924, 34.615, 4),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'miles', '10 to 20', 4, 4, 4, 3, 36.135, 526.730631, -12.277, 121.057, 4),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 1, 1, 1, 1, 2.097, 4.397409, 2.097, 8.205, 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'areas', 'city', 5, 5, 5, 4, 20.829, 120.978771, -7.481, 105.705, 4),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 1, 1, 1, 1, 0.407, 0.165649, -0.407, 8.205, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'areas', 'empty area', 2, 2, 2, 1, 12.234, 89.916410, -5.492, 24.535, 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'miles', '00 to 01', 2, 2, 2, 0, 10.327, 59.886529, 10.327, 22.449, 4),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'areas', 'city', 6, 6, 6, 6, 10.553, 24.413975, 10.055, 88.756, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'hour', '08', 18, 18, 18, 15, 154.894, 4643.020652, -126.590, 345.151, 4),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'areas', 'city', 15, 15, 15, 13, 110.513, 3844.968801, -82.209, 271.729, 4),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'miles', '00 to 01', 3, 3, 3, 2, 22.398, 410.294030, -17.952, 30.301, 4),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'miles', '10 to 20', 1, 1, 1, 1, 2.953, 8.720209, 2.953, 25.815, 4),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'hour', '09', 7, 7, 7, 5, 36.703, 248.821597, -9.405, 140.320, 4),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'areas', 'airport', 2, 2, 2, 1, 25.276, 433.050826, -25.276, 36.125, 4),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'miles', '01 to 02', 5, 5, 5, 5, 6.608, 14.849236, -6.608, 48.284, 4),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'miles', '05 to 10', 2, 2, 2, 2, 6.853, 42.178417, -6.115, 48.240, 4),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 'areas', 'city', 3, 3, 3, 3, 5.115, 11.258649, -5.115, 57.234, 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 'miles', '03 to 05', 2, 2, 2, 2, 16.570, 138.036442, -16.570, 43.816, 4),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'miles', '03 to 05', 1, 1, 1, 1, 0.249, 0.062001, -0.249, 23.214, 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 2, 2, 2, 2, 8.409, 41.681765, 3.557, 53.735, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'areas', 'empty area', 1, 1, 1, 1, 19.105, 365.001025, -19.105, 37.297, 4),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 'miles', '05 to 10', 1, 1, 1, 1, 2.282, 5.207524, -2.282, 23.214, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'hour', '11', 8, 8, 8, 7, 22.787, 114.330385, 4.563, 113.291, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 5, 5, 5, 4, 17.723, 102.483451, -0.003, 56.057, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 'miles', '05 to 10', 6, 6, 6, 5, 89.753, 3691.146755, -89.753, 145.509, 4),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 'hour', '12', 4, 4, 4, 4, 11.098, 47.054938, 0.868, 85.154, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'areas', 'city', 6, 6, 6, 6, 6.784, 12.070532, -0.114, 73.705, 6),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'areas', 'empty area', 2, 2, 2, 2, 8.358, 53.096474, -8.358, 39.321, 6),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'hour', '10', 8, 8, 8, 8, 15.142, 65.167006, -8.472, 113.026, 6),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 2, 2, 2, 2, 2.671, 6.536605, -2.437, 22.096, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 1, 1, 1, 1, 0.442, 0.195364, 0.442, 8.205, 6),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'miles', '02 to 03', 1, 1, 1, 1, 1.973, 3.892729, 1.973, 11.401, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'miles', '03 to 05', 3, 3, 3, 3, 2.863, 2.803059, -1.257, 43.404, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 1, 1, 1, 1, 7.193, 51.739249, -7.193, 27.920, 6),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'areas', 'airport', 2, 2, 2, 1, 13.996, 118.991080, 6.488, 50.842, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'areas', 'city', 6, 6, 6, 6, 18.940, 100.835476, 0.392, 84.257, 6),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'areas', 'empty area', 1, 1, 1, 1, 1.911, 3.651921, 1.911, 12.268, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'hour', '13', 9, 9, 9, 8, 34.847, 223.478477, 8.791, 147.367, 6),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 1, 1, 1, 1, 1.911, 3.651921, 1.911, 12.268, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 4, 4, 4, 4, 6.880, 19.469194, 4.550, 36.016, 6),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'miles', '03 to 05', 1, 1, 1, 1, 8.109, 65.755881, -8.109, 23.215, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'miles', '05 to 10', 1, 1, 1, 0, 10.242, 104.898564, 10.242, 25.027, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 2, 2, 2, 2, 7.705, 29.702917, 0.197, 50.841, 2),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'areas', 'airport', 2, 2, 2, 2, 13.360, 91.080328, 1.916, 50.452, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'areas', 'city', 5, 5, 5, 3, 51.756, 1002.158326, -41.360, 94.853, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'hour', '10', 7, 7, 7, 5, 65.116, 1093.238654, -39.444, 145.305, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'miles', '00 to 01', 1, 1, 1, 0, 3.813, 14.538969, 3.813, 20.157, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'miles', '01 to 02', 1, 1, 1, 1, 1.385, 1.918225, 1.385, 9.456, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'miles', '03 to 05', 1, 1, 1, 0, 28.694, 823.345636, -28.694, 18.593, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'miles', '05 to 10', 1, 1, 1, 1, 10.114, 102.292996, -10.114, 19.155, 12),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 'miles', '10 to 20', 3, 3, 3, 3, 21.110, 151.142828, -5.834, 77.944, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'areas', 'airport', 3, 3, 3, 3, 32.388, 407.948630, -32.388, 99.924, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'areas', 'city', 6, 6, 6, 6, 28.402, 212.166044, -21.112, 129.367, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'areas', 'empty area', 1, 1, 1, 0, 24.551, 602.751601, -24.551, 27.492, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'hour', '17', 10, 10, 10, 9, 85.341, 1222.866275, -78.051, 256.783, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'miles', '00 to 01', 1, 1, 1, 1, 1.628, 2.650384, -1.628, 20.157, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'miles', '01 to 02', 2, 2, 2, 2, 4.698, 14.394834, 2.592, 35.654, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'miles', '05 to 10', 3, 3, 3, 2, 41.494, 771.524738, -41.494, 75.822, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'miles', '10 to 20', 3, 3, 3, 3, 22.311, 202.952219, -22.311, 87.801, 12),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 'miles', 'over 20', 1, 1, 1, 1, 15.210, 231.344100, -15.210, 37.349, 12),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 'areas', 'city', 8, 8, 8, 8, 12.114, 38.421042, 7.290, 94.978, 12),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 'hour', '12', 8, 8, 8, 8, 12.114, 38.421042, 7.290, 94.978, 12),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 'miles', '00 to 01', 2, 2, 2, 2, 0.724, 0.384106, 0.494, 22.097, 12),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 'miles', '01 to 02', 5, 5, 5, 5, 6.349, 12.625255, 1.755, 47.066, 12),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 'miles', '10 to 20', 1, 1, 1, 1, 5.041, 25.411681, 5.041, 25.815, 12),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'areas', 'city', 5, 5, 5, 3, 12.928, 46.523974, -2.528, 77.024, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'areas', 'empty area', 2, 2, 2, 2, 11.791, 116.355361, -11.791, 41.203, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'hour', '12', 7, 7, 7, 5, 24.719, 162.879335, -14.319, 118.227, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 2, 2, 2, 1, 5.200, 17.841800, 5.200, 23.317, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 3, 3, 3, 2, 17.704, 143.346318, -17.704, 37.011, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'miles', '03 to 05', 1, 1, 1, 1, 1.056, 1.115136, -1.056, 20.602, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 'miles', 'over 20', 1, 1, 1, 1, 0.759, 0.576081, -0.759, 37.297, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'areas', 'city', 7, 7, 7, 4, 49.720, 412.877994, -5.394, 120.009, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'areas', 'empty area', 1, 1, 1, 1, 5.966, 35.593156, -5.966, 25.815, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'hour', '13', 8, 8, 8, 5, 55.686, 448.471150, -11.360, 145.824, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 2, 2, 2, 0, 15.969, 150.387093, -6.765, 24.534, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 2, 2, 2, 1, 9.085, 48.776425, -3.875, 19.606, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'miles', '05 to 10', 3, 3, 3, 3, 24.666, 213.714476, 5.246, 75.869, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 1, 1, 1, 1, 5.966, 35.593156, -5.966, 25.815, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'areas', 'airport', 1, 1, 1, 1, 0.935, 0.874225, 0.935, 37.296, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'areas', 'city', 7, 7, 7, 7, 19.620, 81.812844, 11.048, 117.767, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'hour', '14', 8, 8, 8, 8, 20.555, 82.687069, 11.983, 155.063, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 1, 1, 1, 1, 1.079, 1.164241, 1.079, 11.048, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 2, 2, 2, 2, 2.366, 3.909028, -1.490, 20.473, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'miles', '02 to 03', 1, 1, 1, 1, 3.957, 15.657849, 3.957, 11.401, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'miles', '05 to 10', 2, 2, 2, 2, 5.429, 14.991205, 0.713, 49.030, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 2, 2, 2, 2, 7.724, 46.964746, 7.724, 63.111, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'areas', 'airport', 2, 2, 2, 2, 5.918, 19.826914, -5.918, 63.111, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'areas', 'city', 4, 4, 4, 4, 7.168, 17.453956, 2.840, 57.765, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'hour', '15', 6, 6, 6, 6, 13.086, 37.280870, -3.078, 120.876, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'miles', '00 to 01', 1, 1, 1, 1, 0.547, 0.299209, -0.547, 12.267, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'miles', '01 to 02', 2, 2, 2, 2, 5.124, 14.913738, 1.890, 20.472, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'miles', '05 to 10', 1, 1, 1, 1, 1.497, 2.241009, 1.497, 25.026, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 'miles', '10 to 20', 2, 2, 2, 2, 5.918, 19.826914, -5.918, 63.111, 9),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'areas', 'airport', 2, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'areas', 'city', 13, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'areas', 'empty area', 3, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'hour', '11', 18, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'miles', '00 to 01', 4, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'miles', '01 to 02', 2, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'miles', '02 to 03', 1, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'miles', '03 to 05', 1, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'miles', '05 to 10', 4, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 'miles', '10 to 20', 6, 0, 0, 0, 0.000, 0.000000, 0.000, 0.000, 11);

INSERT INTO marts.rejects VALUES
	('2026-11-25 17:00:00+00', 'city', 'nonpositive_miles', 16, 16);

INSERT INTO marts.rides_per_hour VALUES
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 2, 'West Ridge', 1, 1, 24.949, 6.740, 21.75, 24.949, 24.949, 24.949, 3),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 3, 'Uptown', 1, 1, 17.608, 4.760, 17.25, 17.608, 17.608, 17.608, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 3, 'Uptown', 1, 1, 30.133, 12.590, 33.50, 30.133, 30.133, 30.133, 1),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 4, 'Lincoln Square', 1, 1, 26.601, 11.590, 29.75, 26.601, 26.601, 26.601, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 6, 'Lake View', 2, 2, 22.115, 4.620, 19.50, 7.035, 11.058, 15.080, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 6, 'Lake View', 3, 3, 57.354, 17.380, 186.00, 17.702, 18.887, 20.626, 1),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 7, 'Lincoln Park', 1, 1, 16.329, 3.600, 14.50, 16.329, 16.329, 16.329, 3),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 7, 'Lincoln Park', 1, 1, 9.102, 1.670, 8.00, 9.102, 9.102, 9.102, 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 8, 'Near North Side', 1, 1, 17.369, 5.100, 16.50, 17.369, 17.369, 17.369, 3),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 8, 'Near North Side', 1, 1, 12.023, 1.900, 8.75, 12.023, 12.023, 12.023, 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 8, 'Near North Side', 1, 1, 9.376, 1.700, 8.25, 9.376, 9.376, 9.376, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 8, 'Near North Side', 2, 2, 11.481, 1.450, 10.25, 4.872, 5.741, 6.609, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 8, 'Near North Side', 1, 1, 8.409, 1.420, 7.00, 8.409, 8.409, 8.409, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 8, 'Near North Side', 2, 2, 34.394, 9.070, 30.75, 11.013, 17.197, 23.381, 1),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 22, 'Logan Square', 1, 1, 9.577, 1.540, 7.75, 9.577, 9.577, 9.577, 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 24, 'West Town', 1, 1, 27.191, 10.730, 28.25, 27.191, 27.191, 27.191, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 28, 'Near West Side', 1, 1, 25.501, 12.200, 31.25, 25.501, 25.501, 25.501, 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 28, 'Near West Side', 1, 1, 17.718, 5.700, 17.50, 17.718, 17.718, 17.718, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 28, 'Near West Side', 2, 2, 26.425, 5.730, 21.75, 8.995, 13.213, 17.430, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 28, 'Near West Side', 1, 1, 9.355, 1.800, 8.00, 9.355, 9.355, 9.355, 1),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 32, 'Loop', 2, 2, 32.322, 11.890, 34.25, 7.527, 16.161, 24.795, 3),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 32, 'Loop', 1, 1, 8.348, 1.400, 7.00, 8.348, 8.348, 8.348, 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 32, 'Loop', 1, 1, 31.533, 16.910, 42.00, 31.533, 31.533, 31.533, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 32, 'Loop', 2, 2, 17.640, 3.320, 15.75, 6.658, 8.820, 10.982, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 32, 'Loop', 5, 5, 35.960, 6.070, 34.25, 5.262, 6.250, 9.616, 1),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 33, 'Near South Side', 1, 1, 25.377, 9.500, 27.00, 25.377, 25.377, 25.377, 1),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 41, 'Hyde Park', 1, 1, 8.097, 1.100, 6.75, 8.097, 8.097, 8.097, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 56, 'Garfield Ridge', 1, 1, 25.913, 13.830, 36.75, 25.913, 25.913, 25.913, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 56, 'Garfield Ridge', 1, 1, 31.999, 13.860, 79.75, 31.999, 31.999, 31.999, 1),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 61, 'New City', 1, 1, 27.589, 9.610, 31.75, 27.589, 27.589, 27.589, 1),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 63, 'Gage Park', 1, 1, 30.646, 10.100, 26.50, 30.646, 30.646, 30.646, 1),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 71, 'Auburn Gresham', 1, 1, 12.105, 3.200, 11.00, 12.105, 12.105, 12.105, 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 76, 'O''Hare', 1, 1, 24.242, 9.500, 25.00, 24.242, 24.242, 24.242, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 76, 'O''Hare', 1, 1, 8.825, 1.000, 42.25, 8.825, 8.825, 8.825, 1),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 0, 'Outside the city or withheld', 2, 2, 27.659, 5.450, 22.25, 11.572, 13.830, 16.087, 3),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 0, 'Outside the city or withheld', 1, 1, 6.694, 0.950, 6.00, 6.694, 6.694, 6.694, 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 0, 'Outside the city or withheld', 2, 2, 13.875, 1.250, 28.75, 6.778, 6.938, 7.097, 2),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 0, 'Outside the city or withheld', 2, 2, 42.242, 19.750, 56.50, 14.172, 21.121, 28.070, 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 0, 'Outside the city or withheld', 1, 1, 41.812, 17.610, 47.00, 41.812, 41.812, 41.812, 1),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 8, 'Near North Side', 1, 1, 12.106, 3.920, 20.50, 12.106, 12.106, 12.106, 5),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 28, 'Near West Side', 3, 3, 52.649, 23.070, 67.75, 8.515, 15.169, 27.536, 5),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 32, 'Loop', 2, 2, 33.796, 12.640, 37.75, 7.776, 16.898, 26.020, 5),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 76, 'O''Hare', 1, 1, 30.855, 16.790, 41.25, 30.855, 30.855, 30.855, 5),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 0, 'Outside the city or withheld', 1, 1, 26.132, 6.380, 27.00, 26.132, 26.132, 26.132, 7),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 8, 'Near North Side', 2, 2, 48.674, 12.720, 42.50, 22.226, 24.337, 26.448, 7),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 27, 'East Garfield Park', 1, 1, 32.034, 11.300, 33.00, 32.034, 32.034, 32.034, 7),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 32, 'Loop', 4, 4, 68.713, 22.500, 73.25, 6.745, 10.371, 33.058, 7),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 56, 'Garfield Ridge', 1, 1, 31.840, 10.730, 29.75, 31.840, 31.840, 31.840, 7),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 76, 'O''Hare', 1, 1, 43.023, 21.620, 55.00, 43.023, 43.023, 43.023, 7),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 7, 'Lincoln Park', 1, 1, 10.451, 1.880, 8.25, 10.451, 10.451, 10.451, 8),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 8, 'Near North Side', 3, 3, 16.218, 2.220, 16.75, 3.361, 3.902, 8.052, 8),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 28, 'Near West Side', 2, 2, 14.115, 2.490, 13.75, 6.208, 7.058, 7.907, 8),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 32, 'Loop', 1, 1, 9.232, 1.700, 8.00, 9.232, 9.232, 9.232, 8),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 42, 'Woodlawn', 1, 1, 27.524, 10.560, 28.00, 27.524, 27.524, 27.524, 8),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 0, 'Outside the city or withheld', 1, 1, 14.127, 3.330, 12.25, 14.127, 14.127, 14.127, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 1, 'Rogers Park', 1, 1, 14.532, 1.760, 11.25, 14.532, 14.532, 14.532, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 28, 'Near West Side', 2, 2, 12.267, 1.100, 9.75, 6.083, 6.134, 6.184, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 32, 'Loop', 2, 2, 19.481, 3.770, 19.50, 9.667, 9.741, 9.815, 9),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 46, 'South Chicago', 1, 1, 35.508, 20.270, 50.75, 35.508, 35.508, 35.508, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 2, 'West Ridge', 1, 1, 7.633, 0.200, 15.75, 7.633, 7.633, 7.633, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 3, 'Uptown', 1, 1, 28.013, 9.570, 27.25, 28.013, 28.013, 28.013, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 8, 'Near North Side', 4, 4, 67.241, 21.570, 76.00, 8.896, 17.414, 24.242, 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 28, 'Near West Side', 2, 2, 33.553, 14.790, 42.00, 8.637, 16.777, 24.916, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 8, 'Near North Side', 1, 1, 7.021, 1.140, 6.75, 7.021, 7.021, 7.021, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 22, 'Logan Square', 1, 1, 18.471, 5.280, 16.50, 18.471, 18.471, 18.471, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 32, 'Loop', 2, 2, 13.518, 2.180, 13.00, 5.175, 6.759, 8.343, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 37, 'Fuller Park', 1, 1, 26.609, 8.390, 24.00, 26.609, 26.609, 26.609, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 53, 'West Pullman', 1, 1, 11.157, 2.640, 9.75, 11.157, 11.157, 11.157, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 76, 'O''Hare', 1, 1, 34.802, 18.240, 45.75, 34.802, 34.802, 34.802, 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 77, 'Edgewater', 1, 1, 28.672, 13.380, 34.00, 28.672, 28.672, 28.672, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 3, 'Uptown', 1, 1, 8.007, 1.200, 6.25, 8.007, 8.007, 8.007, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 8, 'Near North Side', 1, 1, 7.200, 1.210, 7.25, 7.200, 7.200, 7.200, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 32, 'Loop', 2, 2, 30.200, 7.550, 27.00, 8.182, 15.100, 22.018, 9),
	('2026-11-22 21:00:00+00', 'city', 1, '1', 76, 'O''Hare', 2, 2, 68.365, 31.880, 83.50, 28.450, 34.183, 39.915, 9),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 0, 'Outside the city or withheld', 2, 2, 60.519, 34.890, 87.00, 29.958, 30.260, 30.561, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 3, 'Uptown', 1, 1, 9.020, 1.550, 7.75, 9.020, 9.020, 9.020, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 8, 'Near North Side', 3, 3, 25.574, 4.260, 39.75, 6.356, 8.679, 10.632, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 28, 'Near West Side', 3, 3, 49.735, 12.420, 45.00, 10.963, 17.248, 21.926, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 32, 'Loop', 3, 3, 36.716, 10.700, 37.50, 5.495, 5.934, 21.504, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 33, 'Near South Side', 1, 1, 25.429, 10.950, 30.25, 25.429, 25.429, 25.429, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 36, 'Oakland', 1, 1, 26.454, 11.370, 30.00, 26.454, 26.454, 26.454, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 41, 'Hyde Park', 1, 1, 23.523, 7.110, 20.50, 23.523, 23.523, 23.523, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 67, 'West Englewood', 1, 1, 26.769, 9.860, 27.75, 26.769, 26.769, 26.769, 11),
	('2026-11-25 17:00:00+00', 'simulator', 1, '1', 76, 'O''Hare', 2, 2, 68.894, 36.860, 92.00, 33.316, 34.447, 35.578, 11);

INSERT INTO marts.rides_per_interval VALUES
	('2026-11-16 19:14:00+00', 'city', 1, '1', 3, 3, 59.762, 27.430, 75.00, '2026-11-16 19:15:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 16:44:00+00', 'city', 1, '1', 1, 1, 12.435, 3.150, 12.25, '2026-11-16 16:45:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 16:30:00+00', 'city', 1, '1', 3, 3, 52.010, 21.410, 64.00, '2026-11-16 16:30:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 17:00:00+00', 'city', 1, '1', 2, 2, 45.085, 16.350, 44.75, '2026-11-16 17:00:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 18:14:00+00', 'city', 1, '1', 1, 1, 27.191, 10.730, 28.25, '2026-11-16 18:15:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 18:30:00+00', 'city', 1, '1', 1, 1, 17.718, 5.700, 17.50, '2026-11-16 18:30:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 18:00:00+00', 'city', 1, '1', 1, 1, 9.376, 1.700, 8.25, '2026-11-16 18:00:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 19:44:00+00', 'city', 1, '1', 5, 5, 72.552, 19.370, 66.75, '2026-11-16 19:45:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-17 15:00:00+00', 'simulator', 1, '1', 7, 7, 118.628, 32.780, 109.25, '2026-11-17 15:00:11+00', '2026-11-25 17:37:39.943311+00', 3),
	('2026-11-16 16:00:00+00', 'city', 1, '1', 2, 2, 18.134, 3.910, 17.25, '2026-11-16 16:00:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 17:30:00+00', 'city', 1, '1', 3, 3, 19.733, 1.950, 35.00, '2026-11-16 17:30:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 19:00:00+00', 'city', 1, '1', 1, 1, 6.694, 0.950, 6.00, '2026-11-16 19:00:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 16:14:00+00', 'city', 1, '1', 2, 2, 19.932, 3.840, 16.25, '2026-11-16 16:15:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 17:44:00+00', 'city', 1, '1', 2, 2, 14.923, 2.070, 12.25, '2026-11-16 17:45:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 14:02:00+00', 'simulator', 1, '1', 10, 10, 159.630, 45.360, 323.50, '2026-11-16 14:02:01+00', '2026-11-25 17:37:20.665131+00', 1),
	('2026-11-16 18:44:00+00', 'city', 1, '1', 1, 1, 31.533, 16.910, 42.00, '2026-11-16 18:45:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-16 14:00:00+00', 'simulator', 1, '1', 8, 8, 173.814, 63.230, 223.25, '2026-11-16 14:00:18+00', '2026-11-25 17:37:20.665131+00', 1),
	('2026-11-16 17:14:00+00', 'city', 1, '1', 1, 1, 6.738, 0.750, 5.25, '2026-11-16 17:15:00+00', '2026-11-25 17:37:25.004822+00', 2),
	('2026-11-18 16:00:00+00', 'simulator', 3, '2', 7, 7, 129.406, 56.420, 167.25, '2026-11-18 16:00:14+00', '2026-11-25 17:38:10.648614+00', 5),
	('2026-11-20 23:00:00+00', 'simulator', 3, '2', 10, 10, 250.416, 85.250, 260.50, '2026-11-20 23:00:24+00', '2026-11-25 17:38:27.491351+00', 7),
	('2026-11-21 18:00:00+00', 'simulator', 1, '1', 4, 4, 33.656, 5.870, 29.50, '2026-11-21 18:00:35+00', '2026-11-25 17:38:49.759122+00', 8),
	('2026-11-21 18:02:00+00', 'simulator', 1, '1', 4, 4, 43.884, 12.980, 45.25, '2026-11-21 18:02:02+00', '2026-11-25 17:38:49.759122+00', 8),
	('2026-11-22 18:00:00+00', 'city', 1, '1', 3, 3, 54.989, 24.040, 70.25, '2026-11-22 18:00:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 18:30:00+00', 'city', 1, '1', 1, 1, 6.070, 0.100, 3.75, '2026-11-22 18:30:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 18:44:00+00', 'city', 1, '1', 3, 3, 34.856, 6.090, 29.50, '2026-11-22 18:45:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 19:00:00+00', 'city', 1, '1', 2, 2, 15.753, 1.430, 24.75, '2026-11-22 19:00:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 19:14:00+00', 'city', 1, '1', 1, 1, 24.123, 9.740, 27.50, '2026-11-22 19:15:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 19:30:00+00', 'city', 1, '1', 2, 2, 34.998, 10.600, 39.50, '2026-11-22 19:30:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 19:44:00+00', 'city', 1, '1', 3, 3, 61.566, 24.360, 69.25, '2026-11-22 19:45:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 20:00:00+00', 'city', 1, '1', 2, 2, 45.959, 20.880, 55.50, '2026-11-22 20:00:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 20:14:00+00', 'city', 1, '1', 3, 3, 42.190, 15.560, 47.00, '2026-11-22 20:15:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 20:30:00+00', 'city', 1, '1', 1, 1, 26.609, 8.390, 24.00, '2026-11-22 20:30:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 20:44:00+00', 'city', 1, '1', 2, 2, 25.492, 6.420, 23.25, '2026-11-22 20:45:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 21:14:00+00', 'city', 1, '1', 2, 2, 65.095, 24.550, 68.00, '2026-11-22 21:15:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-22 21:44:00+00', 'city', 1, '1', 4, 4, 48.677, 17.290, 56.00, '2026-11-22 21:45:00+00', '2026-11-25 17:38:55.411431+00', 9),
	('2026-11-25 17:34:00+00', 'simulator', 1, '1', 9, 9, 168.527, 69.640, 212.25, '2026-11-25 17:34:08+00', '2026-11-25 17:39:14.408999+00', 11),
	('2026-11-25 17:36:00+00', 'simulator', 1, '1', 9, 9, 184.106, 70.330, 205.25, '2026-11-25 17:36:40+00', '2026-11-25 17:39:14.408999+00', 11);

INSERT INTO marts.top_pickup_dropoff_pairs VALUES
	('2026-11-16 16:00:00+00', 'city', 0, 0, 'Outside the city or withheld', 'Outside the city or withheld', 'Outside the city or withheld → Outside the city or withheld', 1, 1, 12.435, 12.25, 2),
	('2026-11-16 19:00:00+00', 'city', 0, 0, 'Outside the city or withheld', 'Outside the city or withheld', 'Outside the city or withheld → Outside the city or withheld', 1, 1, 6.694, 6.00, 2),
	('2026-11-16 17:00:00+00', 'city', 0, 0, 'Outside the city or withheld', 'Outside the city or withheld', 'Outside the city or withheld → Outside the city or withheld', 1, 1, 6.738, 5.25, 2),
	('2026-11-16 19:00:00+00', 'city', 76, 0, 'O''Hare', 'Outside the city or withheld', 'O''Hare → Outside the city or withheld', 1, 1, 24.242, 25.00, 2),
	('2026-11-16 14:00:00+00', 'simulator', 33, 3, 'Near South Side', 'Uptown', 'Near South Side → Uptown', 1, 1, 25.377, 27.00, 1),
	('2026-11-17 15:00:00+00', 'simulator', 8, 4, 'Near North Side', 'Lincoln Square', 'Near North Side → Lincoln Square', 1, 1, 17.369, 16.50, 3),
	('2026-11-16 16:00:00+00', 'city', 6, 6, 'Lake View', 'Lake View', 'Lake View → Lake View', 1, 1, 6.029, 6.25, 2),
	('2026-11-16 17:00:00+00', 'city', 28, 7, 'Near West Side', 'Lincoln Park', 'Near West Side → Lincoln Park', 1, 1, 18.484, 15.00, 2),
	('2026-11-17 15:00:00+00', 'simulator', 2, 8, 'West Ridge', 'Near North Side', 'West Ridge → Near North Side', 1, 1, 24.949, 21.75, 3),
	('2026-11-16 16:00:00+00', 'city', 6, 8, 'Lake View', 'Near North Side', 'Lake View → Near North Side', 1, 1, 16.086, 13.25, 2),
	('2026-11-16 19:00:00+00', 'city', 7, 8, 'Lincoln Park', 'Near North Side', 'Lincoln Park → Near North Side', 1, 1, 9.102, 8.00, 2),
	('2026-11-16 17:00:00+00', 'city', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 1, 1, 4.655, 4.75, 2),
	('2026-11-16 17:00:00+00', 'city', 28, 8, 'Near West Side', 'Near North Side', 'Near West Side → Near North Side', 1, 1, 7.941, 6.75, 2),
	('2026-11-16 16:00:00+00', 'city', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 2, 2, 17.640, 15.75, 2),
	('2026-11-16 14:00:00+00', 'simulator', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 3, 3, 25.170, 23.50, 1),
	('2026-11-16 16:00:00+00', 'city', 0, 8, 'Outside the city or withheld', 'Near North Side', 'Outside the city or withheld → Near North Side', 1, 1, 29.807, 44.25, 2),
	('2026-11-17 15:00:00+00', 'simulator', 0, 8, 'Outside the city or withheld', 'Near North Side', 'Outside the city or withheld → Near North Side', 1, 1, 11.008, 5.25, 3),
	('2026-11-16 18:00:00+00', 'city', 24, 10, 'West Town', 'Norwood Park', 'West Town → Norwood Park', 1, 1, 27.191, 28.25, 2),
	('2026-11-16 14:00:00+00', 'simulator', 63, 16, 'Gage Park', 'Irving Park', 'Gage Park → Irving Park', 1, 1, 30.646, 26.50, 1),
	('2026-11-16 19:00:00+00', 'city', 22, 24, 'Logan Square', 'West Town', 'Logan Square → West Town', 1, 1, 9.577, 7.75, 2),
	('2026-11-16 19:00:00+00', 'city', 3, 24, 'Uptown', 'West Town', 'Uptown → West Town', 1, 1, 17.608, 17.25, 2),
	('2026-11-16 14:00:00+00', 'simulator', 8, 25, 'Near North Side', 'Austin', 'Near North Side → Austin', 1, 1, 24.927, 21.75, 1),
	('2026-11-16 18:00:00+00', 'city', 8, 28, 'Near North Side', 'Near West Side', 'Near North Side → Near West Side', 1, 1, 9.376, 8.25, 2),
	('2026-11-16 19:00:00+00', 'city', 56, 28, 'Garfield Ridge', 'Near West Side', 'Garfield Ridge → Near West Side', 1, 1, 25.913, 36.75, 2),
	('2026-11-16 17:00:00+00', 'city', 4, 28, 'Lincoln Square', 'Near West Side', 'Lincoln Square → Near West Side', 1, 1, 26.601, 29.75, 2),
	('2026-11-16 19:00:00+00', 'city', 8, 28, 'Near North Side', 'Near West Side', 'Near North Side → Near West Side', 1, 1, 12.023, 8.75, 2),
	('2026-11-16 17:00:00+00', 'city', 8, 28, 'Near North Side', 'Near West Side', 'Near North Side → Near West Side', 1, 1, 6.826, 5.50, 2),
	('2026-11-16 14:00:00+00', 'simulator', 32, 28, 'Loop', 'Near West Side', 'Loop → Near West Side', 2, 2, 10.790, 10.75, 1),
	('2026-11-16 14:00:00+00', 'simulator', 8, 32, 'Near North Side', 'Loop', 'Near North Side → Loop', 1, 1, 9.467, 9.00, 1),
	('2026-11-17 15:00:00+00', 'simulator', 7, 32, 'Lincoln Park', 'Loop', 'Lincoln Park → Loop', 1, 1, 16.329, 14.50, 3),
	('2026-11-16 14:00:00+00', 'simulator', 28, 32, 'Near West Side', 'Loop', 'Near West Side → Loop', 1, 1, 9.355, 8.00, 1),
	('2026-11-17 15:00:00+00', 'simulator', 32, 32, 'Loop', 'Loop', 'Loop → Loop', 1, 1, 5.369, 4.25, 3),
	('2026-11-16 19:00:00+00', 'city', 32, 32, 'Loop', 'Loop', 'Loop → Loop', 1, 1, 8.348, 7.00, 2),
	('2026-11-16 14:00:00+00', 'simulator', 6, 32, 'Lake View', 'Loop', 'Lake View → Loop', 2, 2, 39.948, 38.75, 1),
	('2026-11-16 14:00:00+00', 'simulator', 56, 32, 'Garfield Ridge', 'Loop', 'Garfield Ridge → Loop', 1, 1, 31.999, 79.75, 1),
	('2026-11-16 14:00:00+00', 'simulator', 61, 32, 'New City', 'Loop', 'New City → Loop', 1, 1, 27.589, 31.75, 1),
	('2026-11-16 14:00:00+00', 'simulator', 0, 32, 'Outside the city or withheld', 'Loop', 'Outside the city or withheld → Loop', 1, 1, 41.812, 47.00, 1),
	('2026-11-17 15:00:00+00', 'simulator', 0, 32, 'Outside the city or withheld', 'Loop', 'Outside the city or withheld → Loop', 1, 1, 16.651, 17.00, 3),
	('2026-11-16 16:00:00+00', 'city', 8, 32, 'Near North Side', 'Loop', 'Near North Side → Loop', 1, 1, 8.409, 7.00, 2),
	('2026-11-16 18:00:00+00', 'city', 28, 35, 'Near West Side', 'Douglas', 'Near West Side → Douglas', 1, 1, 17.718, 17.50, 2),
	('2026-11-16 17:00:00+00', 'city', 0, 38, 'Outside the city or withheld', 'Grand Boulevard', 'Outside the city or withheld → Grand Boulevard', 1, 1, 7.137, 23.50, 2),
	('2026-11-16 14:00:00+00', 'simulator', 3, 38, 'Uptown', 'Grand Boulevard', 'Uptown → Grand Boulevard', 1, 1, 30.133, 33.50, 1),
	('2026-11-16 17:00:00+00', 'city', 41, 41, 'Hyde Park', 'Hyde Park', 'Hyde Park → Hyde Park', 1, 1, 8.097, 6.75, 2),
	('2026-11-16 16:00:00+00', 'city', 71, 73, 'Auburn Gresham', 'Washington Heights', 'Auburn Gresham → Washington Heights', 1, 1, 12.105, 11.00, 2),
	('2026-11-16 19:00:00+00', 'city', 28, 73, 'Near West Side', 'Washington Heights', 'Near West Side → Washington Heights', 1, 1, 25.501, 31.25, 2),
	('2026-11-16 18:00:00+00', 'city', 32, 76, 'Loop', 'O''Hare', 'Loop → O''Hare', 1, 1, 31.533, 42.00, 2),
	('2026-11-16 14:00:00+00', 'simulator', 76, 76, 'O''Hare', 'O''Hare', 'O''Hare → O''Hare', 1, 1, 8.825, 42.25, 1),
	('2026-11-17 15:00:00+00', 'simulator', 32, 77, 'Loop', 'Edgewater', 'Loop → Edgewater', 1, 1, 26.953, 30.00, 3),
	('2026-11-16 14:00:00+00', 'simulator', 6, 77, 'Lake View', 'Edgewater', 'Lake View → Edgewater', 1, 1, 17.406, 147.25, 1),
	('2026-11-22 21:00:00+00', 'city', 76, 0, 'O''Hare', 'Outside the city or withheld', 'O''Hare → Outside the city or withheld', 1, 1, 27.017, 35.75, 9),
	('2026-11-25 17:00:00+00', 'simulator', 33, 0, 'Near South Side', 'Outside the city or withheld', 'Near South Side → Outside the city or withheld', 1, 1, 25.429, 30.25, 11),
	('2026-11-22 18:00:00+00', 'city', 1, 0, 'Rogers Park', 'Outside the city or withheld', 'Rogers Park → Outside the city or withheld', 1, 1, 14.532, 11.25, 9),
	('2026-11-25 17:00:00+00', 'simulator', 0, 0, 'Outside the city or withheld', 'Outside the city or withheld', 'Outside the city or withheld → Outside the city or withheld', 1, 1, 30.636, 45.50, 11),
	('2026-11-20 23:00:00+00', 'simulator', 76, 0, 'O''Hare', 'Outside the city or withheld', 'O''Hare → Outside the city or withheld', 1, 1, 43.023, 55.00, 7),
	('2026-11-22 19:00:00+00', 'city', 28, 0, 'Near West Side', 'Outside the city or withheld', 'Near West Side → Outside the city or withheld', 1, 1, 26.951, 37.75, 9),
	('2026-11-22 21:00:00+00', 'city', 3, 3, 'Uptown', 'Uptown', 'Uptown → Uptown', 1, 1, 8.007, 6.25, 9),
	('2026-11-22 19:00:00+00', 'city', 2, 4, 'West Ridge', 'Lincoln Square', 'West Ridge → Lincoln Square', 1, 1, 7.633, 15.75, 9),
	('2026-11-21 18:00:00+00', 'simulator', 7, 5, 'Lincoln Park', 'North Center', 'Lincoln Park → North Center', 1, 1, 10.451, 8.25, 8),
	('2026-11-18 16:00:00+00', 'simulator', 8, 6, 'Near North Side', 'Lake View', 'Near North Side → Lake View', 1, 1, 12.106, 20.50, 5),
	('2026-11-18 16:00:00+00', 'simulator', 28, 6, 'Near West Side', 'Lake View', 'Near West Side → Lake View', 1, 1, 15.169, 18.25, 5),
	('2026-11-25 17:00:00+00', 'simulator', 36, 6, 'Oakland', 'Lake View', 'Oakland → Lake View', 1, 1, 26.454, 30.00, 11),
	('2026-11-25 17:00:00+00', 'simulator', 3, 6, 'Uptown', 'Lake View', 'Uptown → Lake View', 1, 1, 9.020, 7.75, 11),
	('2026-11-22 21:00:00+00', 'city', 32, 6, 'Loop', 'Lake View', 'Loop → Lake View', 1, 1, 23.747, 20.25, 9),
	('2026-11-20 23:00:00+00', 'simulator', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 3, 3, 26.114, 23.25, 7),
	('2026-11-21 18:00:00+00', 'simulator', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 3, 3, 16.218, 16.75, 8),
	('2026-11-22 19:00:00+00', 'city', 28, 8, 'Near West Side', 'Near North Side', 'Near West Side → Near North Side', 1, 1, 6.602, 4.25, 9),
	('2026-11-25 17:00:00+00', 'simulator', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 1, 1, 5.775, 6.00, 11),
	('2026-11-21 18:00:00+00', 'simulator', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 1, 1, 9.232, 8.00, 8),
	('2026-11-22 19:00:00+00', 'city', 3, 8, 'Uptown', 'Near North Side', 'Uptown → Near North Side', 1, 1, 28.013, 27.25, 9),
	('2026-11-22 19:00:00+00', 'city', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 2, 2, 18.825, 25.25, 9),
	('2026-11-22 20:00:00+00', 'city', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 1, 1, 7.021, 6.75, 9),
	('2026-11-22 21:00:00+00', 'city', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 1, 1, 6.453, 6.75, 9),
	('2026-11-20 23:00:00+00', 'simulator', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 1, 1, 26.976, 25.50, 7),
	('2026-11-18 16:00:00+00', 'simulator', 28, 8, 'Near West Side', 'Near North Side', 'Near West Side → Near North Side', 1, 1, 6.852, 6.25, 5),
	('2026-11-22 21:00:00+00', 'city', 8, 8, 'Near North Side', 'Near North Side', 'Near North Side → Near North Side', 1, 1, 7.200, 7.25, 9),
	('2026-11-22 18:00:00+00', 'city', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 1, 1, 9.648, 9.00, 9),
	('2026-11-18 16:00:00+00', 'simulator', 76, 8, 'O''Hare', 'Near North Side', 'O''Hare → Near North Side', 1, 1, 30.855, 41.25, 5),
	('2026-11-22 20:00:00+00', 'city', 32, 8, 'Loop', 'Near North Side', 'Loop → Near North Side', 1, 1, 8.739, 7.75, 9),
	('2026-11-25 17:00:00+00', 'simulator', 76, 8, 'O''Hare', 'Near North Side', 'O''Hare → Near North Side', 1, 1, 33.033, 44.75, 11),
	('2026-11-25 17:00:00+00', 'simulator', 0, 22, 'Outside the city or withheld', 'Logan Square', 'Outside the city or withheld → Logan Square', 1, 1, 29.883, 41.50, 11),
	('2026-11-25 17:00:00+00', 'simulator', 32, 23, 'Loop', 'Humboldt Park', 'Loop → Humboldt Park', 1, 1, 25.397, 24.50, 11),
	('2026-11-22 19:00:00+00', 'city', 8, 23, 'Near North Side', 'Humboldt Park', 'Near North Side → Humboldt Park', 1, 1, 24.293, 23.25, 9),
	('2026-11-21 18:00:00+00', 'simulator', 28, 24, 'Near West Side', 'West Town', 'Near West Side → West Town', 1, 1, 8.119, 7.25, 8),
	('2026-11-25 17:00:00+00', 'simulator', 28, 25, 'Near West Side', 'Austin', 'Near West Side → Austin', 1, 1, 23.095, 23.25, 11),
	('2026-11-22 18:00:00+00', 'city', 28, 28, 'Near West Side', 'Near West Side', 'Near West Side → Near West Side', 1, 1, 6.197, 6.00, 9),
	('2026-11-22 20:00:00+00', 'city', 32, 28, 'Loop', 'Near West Side', 'Loop → Near West Side', 1, 1, 4.779, 5.25, 9),
	('2026-11-22 18:00:00+00', 'city', 32, 28, 'Loop', 'Near West Side', 'Loop → Near West Side', 1, 1, 9.833, 10.50, 9),
	('2026-11-25 17:00:00+00', 'simulator', 28, 28, 'Near West Side', 'Near West Side', 'Near West Side → Near West Side', 1, 1, 17.248, 13.50, 11),
	('2026-11-21 18:00:00+00', 'simulator', 42, 28, 'Woodlawn', 'Near West Side', 'Woodlawn → Near West Side', 1, 1, 27.524, 28.00, 8),
	('2026-11-20 23:00:00+00', 'simulator', 8, 28, 'Near North Side', 'Near West Side', 'Near North Side → Near West Side', 1, 1, 21.698, 17.00, 7),
	('2026-11-25 17:00:00+00', 'simulator', 8, 28, 'Near North Side', 'Near West Side', 'Near North Side → Near West Side', 1, 1, 11.120, 8.25, 11),
	('2026-11-25 17:00:00+00', 'simulator', 76, 31, 'O''Hare', 'Lower West Side', 'O''Hare → Lower West Side', 1, 1, 35.861, 47.25, 11),
	('2026-11-22 18:00:00+00', 'city', 28, 32, 'Near West Side', 'Loop', 'Near West Side → Loop', 1, 1, 6.070, 3.75, 9),
	('2026-11-20 23:00:00+00', 'simulator', 27, 32, 'East Garfield Park', 'Loop', 'East Garfield Park → Loop', 1, 1, 32.034, 33.00, 7),
	('2026-11-25 17:00:00+00', 'simulator', 32, 32, 'Loop', 'Loop', 'Loop → Loop', 2, 2, 11.319, 13.00, 11),
	('2026-11-22 21:00:00+00', 'city', 76, 32, 'O''Hare', 'Loop', 'O''Hare → Loop', 1, 1, 41.348, 47.75, 9),
	('2026-11-21 18:00:00+00', 'simulator', 28, 32, 'Near West Side', 'Loop', 'Near West Side → Loop', 1, 1, 5.996, 6.50, 8),
	('2026-11-25 17:00:00+00', 'simulator', 67, 32, 'West Englewood', 'Loop', 'West Englewood → Loop', 1, 1, 26.769, 27.75, 11),
	('2026-11-25 17:00:00+00', 'simulator', 8, 32, 'Near North Side', 'Loop', 'Near North Side → Loop', 1, 1, 8.679, 25.50, 11),
	('2026-11-25 17:00:00+00', 'simulator', 41, 32, 'Hyde Park', 'Loop', 'Hyde Park → Loop', 1, 1, 23.523, 20.50, 11),
	('2026-11-22 20:00:00+00', 'city', 76, 32, 'O''Hare', 'Loop', 'O''Hare → Loop', 1, 1, 34.802, 45.75, 9),
	('2026-11-18 16:00:00+00', 'simulator', 32, 32, 'Loop', 'Loop', 'Loop → Loop', 2, 2, 33.796, 37.75, 5),
	('2026-11-22 20:00:00+00', 'city', 77, 33, 'Edgewater', 'Near South Side', 'Edgewater → Near South Side', 1, 1, 28.672, 34.00, 9),
	('2026-11-25 17:00:00+00', 'simulator', 28, 33, 'Near West Side', 'Near South Side', 'Near West Side → Near South Side', 1, 1, 9.392, 8.25, 11),
	('2026-11-22 19:00:00+00', 'city', 8, 42, 'Near North Side', 'Woodlawn', 'Near North Side → Woodlawn', 1, 1, 24.123, 27.50, 9),
	('2026-11-20 23:00:00+00', 'simulator', 56, 43, 'Garfield Ridge', 'South Shore', 'Garfield Ridge → South Shore', 1, 1, 31.840, 29.75, 7),
	('2026-11-22 18:00:00+00', 'city', 0, 43, 'Outside the city or withheld', 'South Shore', 'Outside the city or withheld → South Shore', 1, 1, 14.127, 12.25, 9),
	('2026-11-22 20:00:00+00', 'city', 37, 50, 'Fuller Park', 'Pullman', 'Fuller Park → Pullman', 1, 1, 26.609, 24.00, 9),
	('2026-11-22 20:00:00+00', 'city', 53, 54, 'West Pullman', 'Riverdale', 'West Pullman → Riverdale', 1, 1, 11.157, 9.75, 9),
	('2026-11-20 23:00:00+00', 'simulator', 32, 76, 'Loop', 'O''Hare', 'Loop → O''Hare', 1, 1, 42.599, 50.00, 7),
	('2026-11-18 16:00:00+00', 'simulator', 28, 76, 'Near West Side', 'O''Hare', 'Near West Side → O''Hare', 1, 1, 30.628, 43.25, 5),
	('2026-11-22 18:00:00+00', 'city', 46, 77, 'South Chicago', 'Edgewater', 'South Chicago → Edgewater', 1, 1, 35.508, 50.75, 9),
	('2026-11-22 20:00:00+00', 'city', 22, 77, 'Logan Square', 'Edgewater', 'Logan Square → Edgewater', 1, 1, 18.471, 16.50, 9),
	('2026-11-20 23:00:00+00', 'simulator', 0, 77, 'Outside the city or withheld', 'Edgewater', 'Outside the city or withheld → Edgewater', 1, 1, 26.132, 27.00, 7);

INSERT INTO raw._yoyo_log VALUES
	('5c0615a0-6659-f349-52c6-eb4f2f45335b', '3ef54af11f5dd6ae30463e2a77ee651fb81022a58928acccdd9ff64181d79745', '0001_initial', 'apply', '', '', NULL, '2026-11-25 17:36:57.680744'),
	('1f3db8ea-24c4-c9b7-b41e-ff081e317330', '71dc93a6787e0f039a536374620d840e014b9c9e0a4ddd95d323e7745d86e053', '0002_observed_outcomes', 'apply', '', '', NULL, '2026-11-25 17:36:57.692885'),
	('1aea33c6-5667-9324-897f-940bc773b069', '1786b02e6977a37aa8bd82dda956d8d4b7b8ed8a88741ab6181106c0f65817b3', '0003_drift', 'apply', '', '', NULL, '2026-11-25 17:36:57.710573'),
	('5c181eb4-4f76-9ecd-8aa7-c6ed21156de9', 'db2dc95baee021d323e958aa9ac47e0ca04319587e400d7c94b5f07aeb87ff80', '0004_shadow_predictions', 'apply', '', '', NULL, '2026-11-25 17:36:57.724243'),
	('427f8326-e0d4-69c5-28ed-72e35d0fb8d4', '682e4a0762b3281853c1a3521755881202ec66d0774e0f0fbc771c9633efd40e', '0005_pruned_days', 'apply', '', '', NULL, '2026-11-25 17:36:57.736231'),
	('1ee45820-2d5b-c436-cd44-6713396d00bd', '5360532d708f6073b836cedbb09a8648dfc4fe2b249739ded0d4f10af8a1ffd9', '0006_rejected_trips', 'apply', '', '', NULL, '2026-11-25 17:36:57.743872'),
	('39fe976c-1b1c-507d-8fea-5bac83f574c7', '658d4f139c11407c6b4c16633dfac5cd673c6e6a400941a92cf1d8c39e4350ba', '0007_no_pruning', 'apply', '', '', NULL, '2026-11-25 17:42:10.373841'),
	('e5134755-ff55-5b41-93fc-b5843743f142', '11c318848fc61ad6f52ede2d3fa17dc796efd737ba7c5e05e3a11b049254136f', '0008_place', 'apply', '', '', NULL, '2026-11-25 17:42:10.477415'),
	('de9bcb07-90ef-5c2c-820f-d509e4e0c35b', '5585c43d636ccc474150ed60a321caece99a7de504fad29e56a1ac9d353b90ca', '0009_settings_of_runs', 'apply', '', '', NULL, '2026-11-25 17:42:10.555808'),
	('3bd1a788-9b62-5465-bb4c-c15b39d6d5c8', '8f062161abb07d2014b7ee4ac69de14af80e070f76675361b287291f6e38f16e', '0010_connection', 'apply', '', '', NULL, '2026-11-25 17:42:10.658128'),
	('74950833-e6e2-56a6-ace6-1a4ddf9d8261', '1f02c517ad38fc8515625bc3e29b84e06b2fe842816a8f98d4e75444c68f721b', '0011_feed', 'apply', '', '', NULL, '2026-11-25 17:42:10.839664'),
	('bc24087f-0288-5bfc-8208-7e3f95665cfc', 'aa874804cecc0ccecb8a9eb9af51e8672e5c29a0bdf074969df3c6233124474a', '0012_redacted_errors', 'apply', '', '', NULL, '2026-11-25 17:42:10.942068'),
	('824d019d-4845-5f1c-8bdb-2707b1b7d71b', 'f4e2ea8a85f9f7129757d9af2c07d1e9a3f0cd99ee097d55ea6c49b6b87cdd3e', '0013_bulk', 'apply', '', '', NULL, '2026-11-25 17:42:11.112847'),
	('5511a8d1-9337-52cf-9c6d-109fb34ce941', 'dd957a3e0f5926dcae68bc3bf8fdc83ce35f50c9327ff4461618e5edd15d76c8', '0014_expected_error', 'apply', '', '', NULL, '2026-11-25 17:42:11.217491'),
	('b3f10e6f-d02f-58d7-a7ee-576581ef8e28', '38fdbce3a4f7ea8ba8b265c3ae7211dcbd3e341ec71282e13a27f98c6b5a4c30', '0015_tracked_band', 'apply', '', '', NULL, '2026-11-25 17:42:11.344636'),
	('6b72bb14-09ed-54e5-95ae-6a8570db3fee', 'b45a89ff9a6a40146a58e99a224b851583f111f76f9b59423f87e72797b3d88a', '0016_sources', 'apply', '', '', NULL, '2026-11-25 17:42:11.41615');

INSERT INTO raw._yoyo_migration VALUES
	('3ef54af11f5dd6ae30463e2a77ee651fb81022a58928acccdd9ff64181d79745', '0001_initial', '2026-11-25 17:36:57.682594'),
	('71dc93a6787e0f039a536374620d840e014b9c9e0a4ddd95d323e7745d86e053', '0002_observed_outcomes', '2026-11-25 17:36:57.694443'),
	('1786b02e6977a37aa8bd82dda956d8d4b7b8ed8a88741ab6181106c0f65817b3', '0003_drift', '2026-11-25 17:36:57.712227'),
	('db2dc95baee021d323e958aa9ac47e0ca04319587e400d7c94b5f07aeb87ff80', '0004_shadow_predictions', '2026-11-25 17:36:57.725079'),
	('682e4a0762b3281853c1a3521755881202ec66d0774e0f0fbc771c9633efd40e', '0005_pruned_days', '2026-11-25 17:36:57.737064'),
	('5360532d708f6073b836cedbb09a8648dfc4fe2b249739ded0d4f10af8a1ffd9', '0006_rejected_trips', '2026-11-25 17:36:57.745335'),
	('658d4f139c11407c6b4c16633dfac5cd673c6e6a400941a92cf1d8c39e4350ba', '0007_no_pruning', '2026-11-25 17:42:10.390424'),
	('11c318848fc61ad6f52ede2d3fa17dc796efd737ba7c5e05e3a11b049254136f', '0008_place', '2026-11-25 17:42:10.499561'),
	('5585c43d636ccc474150ed60a321caece99a7de504fad29e56a1ac9d353b90ca', '0009_settings_of_runs', '2026-11-25 17:42:10.576978'),
	('8f062161abb07d2014b7ee4ac69de14af80e070f76675361b287291f6e38f16e', '0010_connection', '2026-11-25 17:42:10.673478'),
	('1f02c517ad38fc8515625bc3e29b84e06b2fe842816a8f98d4e75444c68f721b', '0011_feed', '2026-11-25 17:42:10.849219'),
	('aa874804cecc0ccecb8a9eb9af51e8672e5c29a0bdf074969df3c6233124474a', '0012_redacted_errors', '2026-11-25 17:42:10.954817'),
	('f4e2ea8a85f9f7129757d9af2c07d1e9a3f0cd99ee097d55ea6c49b6b87cdd3e', '0013_bulk', '2026-11-25 17:42:11.139602'),
	('dd957a3e0f5926dcae68bc3bf8fdc83ce35f50c9327ff4461618e5edd15d76c8', '0014_expected_error', '2026-11-25 17:42:11.231444'),
	('38fdbce3a4f7ea8ba8b265c3ae7211dcbd3e341ec71282e13a27f98c6b5a4c30', '0015_tracked_band', '2026-11-25 17:42:11.359482'),
	('b45a89ff9a6a40146a58e99a224b851583f111f76f9b59423f87e72797b3d88a', '0016_sources', '2026-11-25 17:42:11.419867');

INSERT INTO raw._yoyo_version VALUES
	(2, '2026-11-25 17:36:57.61997');

INSERT INTO raw.feed_files VALUES
	('/srv/taxi/inbox', 'trips.csv', 7214, 1764000000000000, 1764000000000000, '2026-11-25 17:43:02.979826+00', false, false, 0, 24, 21, '2026-11-25 17:43:13.162151+00', NULL, 18);

INSERT INTO raw.feeds VALUES
	('/srv/taxi/inbox', 'inbox', '2026-11-25 17:43:14.024426+00', '2026-11-25 17:43:14.058539+00', '2026-11-25 17:43:14.058539+00', NULL, 24, '2026-11-21 04:15:00+00', 18, NULL, NULL, NULL, NULL, NULL, NULL);

INSERT INTO raw.input_counts VALUES
	(2, 1, '2026-11-16', 'pickup', 0, 1),
	(2, 1, '2026-11-16', 'pickup', 3, 1),
	(2, 1, '2026-11-16', 'pickup', 4, 3),
	(2, 1, '2026-11-16', 'pickup', 6, 2),
	(2, 1, '2026-11-16', 'pickup', 11, 1),
	(2, 1, '2026-11-16', 'pickup', 13, 5),
	(2, 1, '2026-11-16', 'pickup', 14, 1),
	(2, 1, '2026-11-16', 'pickup', 23, 1),
	(2, 1, '2026-11-16', 'pickup', 26, 1),
	(2, 1, '2026-11-16', 'pickup', 28, 2),
	(2, 1, '2026-11-16', 'dropoff', 3, 1),
	(2, 1, '2026-11-16', 'dropoff', 8, 3),
	(2, 1, '2026-11-16', 'dropoff', 10, 1),
	(2, 1, '2026-11-16', 'dropoff', 13, 2),
	(2, 1, '2026-11-16', 'dropoff', 15, 7),
	(2, 1, '2026-11-16', 'dropoff', 18, 1),
	(2, 1, '2026-11-16', 'dropoff', 27, 1),
	(2, 1, '2026-11-16', 'dropoff', 28, 1),
	(2, 1, '2026-11-16', 'dropoff', 29, 1),
	(2, 1, '2026-11-16', 'pair', 1, 1),
	(2, 1, '2026-11-16', 'pair', 11, 1),
	(2, 1, '2026-11-16', 'pair', 14, 1),
	(2, 1, '2026-11-16', 'pair', 18, 3),
	(2, 1, '2026-11-16', 'pair', 20, 2),
	(2, 1, '2026-11-16', 'pair', 31, 1),
	(2, 1, '2026-11-16', 'pair', 32, 9),
	(2, 1, '2026-11-16', 'miles', 0, 1),
	(2, 1, '2026-11-16', 'miles', 1, 3),
	(2, 1, '2026-11-16', 'miles', 3, 4),
	(2, 1, '2026-11-16', 'miles', 5, 3),
	(2, 1, '2026-11-16', 'miles', 6, 3),
	(2, 1, '2026-11-16', 'miles', 7, 2),
	(2, 1, '2026-11-16', 'miles', 8, 1),
	(2, 1, '2026-11-16', 'miles', 9, 1),
	(2, 1, '2026-11-16', 'hour', 8, 18),
	(2, 1, '2026-11-16', 'prediction', 0, 2),
	(2, 1, '2026-11-16', 'prediction', 1, 1),
	(2, 1, '2026-11-16', 'prediction', 2, 4),
	(2, 1, '2026-11-16', 'prediction', 3, 1),
	(2, 1, '2026-11-16', 'prediction', 5, 3),
	(2, 1, '2026-11-16', 'prediction', 6, 2),
	(2, 1, '2026-11-16', 'prediction', 7, 1),
	(2, 1, '2026-11-16', 'prediction', 8, 3),
	(2, 1, '2026-11-16', 'prediction', 9, 1),
	(3, 2, '2026-11-16', 'pickup', 0, 5),
	(3, 2, '2026-11-16', 'pickup', 3, 1),
	(3, 2, '2026-11-16', 'pickup', 4, 2),
	(3, 2, '2026-11-16', 'pickup', 5, 1),
	(3, 2, '2026-11-16', 'pickup', 6, 5),
	(3, 2, '2026-11-16', 'pickup', 9, 1),
	(3, 2, '2026-11-16', 'pickup', 10, 1),
	(3, 2, '2026-11-16', 'pickup', 11, 4),
	(3, 2, '2026-11-16', 'pickup', 13, 4),
	(3, 2, '2026-11-16', 'pickup', 18, 1),
	(3, 2, '2026-11-16', 'pickup', 23, 1),
	(3, 2, '2026-11-16', 'pickup', 26, 1),
	(3, 2, '2026-11-16', 'pickup', 28, 2),
	(3, 2, '2026-11-16', 'dropoff', 0, 4),
	(3, 2, '2026-11-16', 'dropoff', 6, 1),
	(3, 2, '2026-11-16', 'dropoff', 7, 1),
	(3, 2, '2026-11-16', 'dropoff', 8, 7),
	(3, 2, '2026-11-16', 'dropoff', 9, 1),
	(3, 2, '2026-11-16', 'dropoff', 12, 2),
	(3, 2, '2026-11-16', 'dropoff', 13, 5),
	(3, 2, '2026-11-16', 'dropoff', 15, 2),
	(3, 2, '2026-11-16', 'dropoff', 17, 1),
	(3, 2, '2026-11-16', 'dropoff', 18, 1),
	(3, 2, '2026-11-16', 'dropoff', 20, 1),
	(3, 2, '2026-11-16', 'dropoff', 27, 1),
	(3, 2, '2026-11-16', 'dropoff', 29, 2),
	(3, 2, '2026-11-16', 'pair', 0, 3),
	(3, 2, '2026-11-16', 'pair', 3, 1),
	(3, 2, '2026-11-16', 'pair', 4, 1),
	(3, 2, '2026-11-16', 'pair', 8, 1),
	(3, 2, '2026-11-16', 'pair', 10, 3),
	(3, 2, '2026-11-16', 'pair', 11, 1),
	(3, 2, '2026-11-16', 'pair', 12, 1),
	(3, 2, '2026-11-16', 'pair', 18, 2),
	(3, 2, '2026-11-16', 'pair', 21, 1),
	(3, 2, '2026-11-16', 'pair', 23, 1),
	(3, 2, '2026-11-16', 'pair', 25, 1),
	(3, 2, '2026-11-16', 'pair', 32, 13),
	(3, 2, '2026-11-16', 'miles', 0, 2),
	(3, 2, '2026-11-16', 'miles', 1, 6),
	(3, 2, '2026-11-16', 'miles', 2, 3),
	(3, 2, '2026-11-16', 'miles', 3, 4),
	(3, 2, '2026-11-16', 'miles', 4, 3),
	(3, 2, '2026-11-16', 'miles', 5, 4),
	(3, 2, '2026-11-16', 'miles', 6, 1),
	(3, 2, '2026-11-16', 'miles', 7, 3),
	(3, 2, '2026-11-16', 'miles', 8, 3),
	(3, 2, '2026-11-16', 'hour', 10, 8),
	(3, 2, '2026-11-16', 'hour', 11, 8),
	(3, 2, '2026-11-16', 'hour', 12, 4),
	(3, 2, '2026-11-16', 'hour', 13, 9),
	(3, 2, '2026-11-16', 'prediction', 0, 3),
	(3, 2, '2026-11-16', 'prediction', 1, 4),
	(3, 2, '2026-11-16', 'prediction', 2, 7),
	(3, 2, '2026-11-16', 'prediction', 3, 4),
	(3, 2, '2026-11-16', 'prediction', 4, 1),
	(3, 2, '2026-11-16', 'prediction', 5, 3),
	(3, 2, '2026-11-16', 'prediction', 6, 2),
	(3, 2, '2026-11-16', 'prediction', 7, 3),
	(3, 2, '2026-11-16', 'prediction', 8, 2),
	(4, 3, '2026-11-17', 'pickup', 0, 2),
	(4, 3, '2026-11-17', 'pickup', 2, 1),
	(4, 3, '2026-11-17', 'pickup', 5, 1),
	(4, 3, '2026-11-17', 'pickup', 6, 1),
	(4, 3, '2026-11-17', 'pickup', 13, 2),
	(4, 3, '2026-11-17', 'dropoff', 4, 1),
	(4, 3, '2026-11-17', 'dropoff', 8, 2),
	(4, 3, '2026-11-17', 'dropoff', 15, 3),
	(4, 3, '2026-11-17', 'dropoff', 28, 1),
	(4, 3, '2026-11-17', 'pair', 1, 1),
	(4, 3, '2026-11-17', 'pair', 21, 1),
	(4, 3, '2026-11-17', 'pair', 32, 5),
	(4, 3, '2026-11-17', 'miles', 0, 2),
	(4, 3, '2026-11-17', 'miles', 4, 1),
	(4, 3, '2026-11-17', 'miles', 5, 2),
	(4, 3, '2026-11-17', 'miles', 6, 1),
	(4, 3, '2026-11-17', 'miles', 7, 1),
	(4, 3, '2026-11-17', 'hour', 9, 7),
	(4, 3, '2026-11-17', 'prediction', 0, 1),
	(4, 3, '2026-11-17', 'prediction', 3, 1),
	(4, 3, '2026-11-17', 'prediction', 5, 3),
	(4, 3, '2026-11-17', 'prediction', 6, 1),
	(4, 3, '2026-11-17', 'prediction', 7, 1),
	(7, 5, '2026-11-18', 'pickup', 5, 1),
	(7, 5, '2026-11-18', 'pickup', 7, 3),
	(7, 5, '2026-11-18', 'pickup', 8, 2),
	(7, 5, '2026-11-18', 'pickup', 16, 1),
	(7, 5, '2026-11-18', 'dropoff', 5, 2),
	(7, 5, '2026-11-18', 'dropoff', 7, 2),
	(7, 5, '2026-11-18', 'dropoff', 12, 2),
	(7, 5, '2026-11-18', 'dropoff', 20, 1),
	(7, 5, '2026-11-18', 'pair', 11, 1),
	(7, 5, '2026-11-18', 'pair', 18, 2),
	(7, 5, '2026-11-18', 'pair', 22, 1),
	(7, 5, '2026-11-18', 'pair', 26, 3),
	(7, 5, '2026-11-18', 'miles', 0, 1),
	(7, 5, '2026-11-18', 'miles', 1, 1),
	(7, 5, '2026-11-18', 'miles', 5, 2),
	(7, 5, '2026-11-18', 'miles', 7, 1),
	(7, 5, '2026-11-18', 'miles', 8, 2),
	(7, 5, '2026-11-18', 'hour', 10, 7),
	(7, 5, '2026-11-18', 'prediction', 0, 1),
	(7, 5, '2026-11-18', 'prediction', 1, 1),
	(7, 5, '2026-11-18', 'prediction', 3, 1),
	(7, 5, '2026-11-18', 'prediction', 4, 1),
	(7, 5, '2026-11-18', 'prediction', 7, 1),
	(7, 5, '2026-11-18', 'prediction', 8, 2),
	(9, 7, '2026-11-20', 'pickup', 0, 1),
	(9, 7, '2026-11-20', 'pickup', 5, 2),
	(9, 7, '2026-11-20', 'pickup', 8, 4),
	(9, 7, '2026-11-20', 'pickup', 14, 1),
	(9, 7, '2026-11-20', 'pickup', 16, 1),
	(9, 7, '2026-11-20', 'pickup', 18, 1),
	(9, 7, '2026-11-20', 'dropoff', 0, 1),
	(9, 7, '2026-11-20', 'dropoff', 7, 4),
	(9, 7, '2026-11-20', 'dropoff', 11, 1),
	(9, 7, '2026-11-20', 'dropoff', 12, 1),
	(9, 7, '2026-11-20', 'dropoff', 17, 1),
	(9, 7, '2026-11-20', 'dropoff', 20, 1),
	(9, 7, '2026-11-20', 'dropoff', 21, 1),
	(9, 7, '2026-11-20', 'pair', 7, 1),
	(9, 7, '2026-11-20', 'pair', 9, 1),
	(9, 7, '2026-11-20', 'pair', 15, 3),
	(9, 7, '2026-11-20', 'pair', 20, 1),
	(9, 7, '2026-11-20', 'pair', 26, 4),
	(9, 7, '2026-11-20', 'miles', 1, 1),
	(9, 7, '2026-11-20', 'miles', 2, 1),
	(9, 7, '2026-11-20', 'miles', 3, 1),
	(9, 7, '2026-11-20', 'miles', 5, 1),
	(9, 7, '2026-11-20', 'miles', 6, 2),
	(9, 7, '2026-11-20', 'miles', 7, 2),
	(9, 7, '2026-11-20', 'miles', 9, 2),
	(9, 7, '2026-11-20', 'hour', 17, 10),
	(9, 7, '2026-11-20', 'prediction', 0, 1),
	(9, 7, '2026-11-20', 'prediction', 2, 1),
	(9, 7, '2026-11-20', 'prediction', 3, 1),
	(9, 7, '2026-11-20', 'prediction', 6, 1),
	(9, 7, '2026-11-20', 'prediction', 7, 2),
	(9, 7, '2026-11-20', 'prediction', 8, 2),
	(9, 7, '2026-11-20', 'prediction', 9, 2),
	(10, 8, '2026-11-21', 'pickup', 5, 1),
	(10, 8, '2026-11-21', 'pickup', 6, 3),
	(10, 8, '2026-11-21', 'pickup', 11, 2),
	(10, 8, '2026-11-21', 'pickup', 13, 1),
	(10, 8, '2026-11-21', 'pickup', 19, 1),
	(10, 8, '2026-11-21', 'dropoff', 5, 1),
	(10, 8, '2026-11-21', 'dropoff', 8, 4),
	(10, 8, '2026-11-21', 'dropoff', 12, 1),
	(10, 8, '2026-11-21', 'dropoff', 13, 1),
	(10, 8, '2026-11-21', 'dropoff', 15, 1),
	(10, 8, '2026-11-21', 'pair', 8, 3),
	(10, 8, '2026-11-21', 'pair', 14, 1),
	(10, 8, '2026-11-21', 'pair', 18, 1),
	(10, 8, '2026-11-21', 'pair', 32, 3),
	(10, 8, '2026-11-21', 'miles', 0, 2),
	(10, 8, '2026-11-21', 'miles', 1, 1),
	(10, 8, '2026-11-21', 'miles', 2, 1),
	(10, 8, '2026-11-21', 'miles', 3, 3),
	(10, 8, '2026-11-21', 'miles', 7, 1),
	(10, 8, '2026-11-21', 'hour', 12, 8),
	(10, 8, '2026-11-21', 'prediction', 0, 3),
	(10, 8, '2026-11-21', 'prediction', 2, 3),
	(10, 8, '2026-11-21', 'prediction', 3, 1),
	(10, 8, '2026-11-21', 'prediction', 7, 1),
	(11, 9, '2026-11-22', 'pickup', 0, 1),
	(11, 9, '2026-11-22', 'pickup', 1, 1),
	(11, 9, '2026-11-22', 'pickup', 2, 1),
	(11, 9, '2026-11-22', 'pickup', 3, 2),
	(11, 9, '2026-11-22', 'pickup', 6, 6),
	(11, 9, '2026-11-22', 'pickup', 9, 1),
	(11, 9, '2026-11-22', 'pickup', 11, 4),
	(11, 9, '2026-11-22', 'pickup', 13, 6),
	(11, 9, '2026-11-22', 'pickup', 26, 3),
	(11, 9, '2026-11-22', 'pickup', 27, 1),
	(11, 9, '2026-11-22', 'pickup', 28, 3),
	(11, 9, '2026-11-22', 'dropoff', 0, 3),
	(11, 9, '2026-11-22', 'dropoff', 3, 1),
	(11, 9, '2026-11-22', 'dropoff', 4, 1),
	(11, 9, '2026-11-22', 'dropoff', 6, 1),
	(11, 9, '2026-11-22', 'dropoff', 8, 9),
	(11, 9, '2026-11-22', 'dropoff', 13, 3),
	(11, 9, '2026-11-22', 'dropoff', 15, 3),
	(11, 9, '2026-11-22', 'dropoff', 16, 1),
	(11, 9, '2026-11-22', 'dropoff', 21, 1),
	(11, 9, '2026-11-22', 'dropoff', 28, 2),
	(11, 9, '2026-11-22', 'dropoff', 29, 4),
	(11, 9, '2026-11-22', 'pair', 2, 1),
	(11, 9, '2026-11-22', 'pair', 8, 4),
	(11, 9, '2026-11-22', 'pair', 12, 1),
	(11, 9, '2026-11-22', 'pair', 13, 1),
	(11, 9, '2026-11-22', 'pair', 14, 1),
	(11, 9, '2026-11-22', 'pair', 16, 1),
	(11, 9, '2026-11-22', 'pair', 18, 3),
	(11, 9, '2026-11-22', 'pair', 20, 2),
	(11, 9, '2026-11-22', 'pair', 25, 1),
	(11, 9, '2026-11-22', 'pair', 30, 2),
	(11, 9, '2026-11-22', 'pair', 32, 12),
	(11, 9, '2026-11-22', 'miles', 0, 3),
	(11, 9, '2026-11-22', 'miles', 1, 3),
	(11, 9, '2026-11-22', 'miles', 2, 5),
	(11, 9, '2026-11-22', 'miles', 3, 4),
	(11, 9, '2026-11-22', 'miles', 4, 2),
	(11, 9, '2026-11-22', 'miles', 5, 2),
	(11, 9, '2026-11-22', 'miles', 6, 4),
	(11, 9, '2026-11-22', 'miles', 8, 3),
	(11, 9, '2026-11-22', 'miles', 9, 3),
	(11, 9, '2026-11-22', 'hour', 12, 7),
	(11, 9, '2026-11-22', 'hour', 13, 8),
	(11, 9, '2026-11-22', 'hour', 14, 8),
	(11, 9, '2026-11-22', 'hour', 15, 6),
	(11, 9, '2026-11-22', 'prediction', 0, 2),
	(11, 9, '2026-11-22', 'prediction', 1, 5),
	(11, 9, '2026-11-22', 'prediction', 2, 6),
	(11, 9, '2026-11-22', 'prediction', 3, 2),
	(11, 9, '2026-11-22', 'prediction', 4, 2),
	(11, 9, '2026-11-22', 'prediction', 5, 1),
	(11, 9, '2026-11-22', 'prediction', 6, 3),
	(11, 9, '2026-11-22', 'prediction', 7, 5),
	(11, 9, '2026-11-22', 'prediction', 9, 3),
	(14, 11, '2026-11-25', 'pickup', 0, 2),
	(14, 11, '2026-11-25', 'pickup', 3, 1),
	(14, 11, '2026-11-25', 'pickup', 6, 3),
	(14, 11, '2026-11-25', 'pickup', 11, 3),
	(14, 11, '2026-11-25', 'pickup', 13, 3),
	(14, 11, '2026-11-25', 'pickup', 14, 1),
	(14, 11, '2026-11-25', 'pickup', 18, 1),
	(14, 11, '2026-11-25', 'pickup', 26, 2),
	(14, 11, '2026-11-25', 'pickup', 28, 2),
	(14, 11, '2026-11-25', 'dropoff', 0, 2),
	(14, 11, '2026-11-25', 'dropoff', 6, 2),
	(14, 11, '2026-11-25', 'dropoff', 8, 2),
	(14, 11, '2026-11-25', 'dropoff', 11, 1),
	(14, 11, '2026-11-25', 'dropoff', 13, 2),
	(14, 11, '2026-11-25', 'dropoff', 14, 1),
	(14, 11, '2026-11-25', 'dropoff', 15, 5),
	(14, 11, '2026-11-25', 'dropoff', 16, 1),
	(14, 11, '2026-11-25', 'dropoff', 29, 2),
	(14, 11, '2026-11-25', 'pair', 0, 1),
	(14, 11, '2026-11-25', 'pair', 8, 1),
	(14, 11, '2026-11-25', 'pair', 10, 1),
	(14, 11, '2026-11-25', 'pair', 11, 1),
	(14, 11, '2026-11-25', 'pair', 13, 1),
	(14, 11, '2026-11-25', 'pair', 21, 2),
	(14, 11, '2026-11-25', 'pair', 28, 1),
	(14, 11, '2026-11-25', 'pair', 32, 10),
	(14, 11, '2026-11-25', 'miles', 0, 2),
	(14, 11, '2026-11-25', 'miles', 1, 2),
	(14, 11, '2026-11-25', 'miles', 2, 1),
	(14, 11, '2026-11-25', 'miles', 3, 2),
	(14, 11, '2026-11-25', 'miles', 5, 1),
	(14, 11, '2026-11-25', 'miles', 6, 3),
	(14, 11, '2026-11-25', 'miles', 7, 3),
	(14, 11, '2026-11-25', 'miles', 8, 1),
	(14, 11, '2026-11-25', 'miles', 9, 3),
	(14, 11, '2026-11-25', 'hour', 11, 18),
	(14, 11, '2026-11-25', 'prediction', 0, 3),
	(14, 11, '2026-11-25', 'prediction', 2, 3),
	(14, 11, '2026-11-25', 'prediction', 3, 1),
	(14, 11, '2026-11-25', 'prediction', 5, 1),
	(14, 11, '2026-11-25', 'prediction', 6, 4),
	(14, 11, '2026-11-25', 'prediction', 7, 2),
	(14, 11, '2026-11-25', 'prediction', 8, 3),
	(14, 11, '2026-11-25', 'prediction', 9, 1),
	(18, 14, '2026-11-20', 'pickup', 0, 3),
	(18, 14, '2026-11-20', 'pickup', 7, 1),
	(18, 14, '2026-11-20', 'pickup', 8, 6),
	(18, 14, '2026-11-20', 'pickup', 19, 2),
	(18, 14, '2026-11-20', 'pickup', 22, 2),
	(18, 14, '2026-11-20', 'pickup', 24, 1),
	(18, 14, '2026-11-20', 'pickup', 39, 1),
	(18, 14, '2026-11-20', 'pickup', 51, 4),
	(18, 14, '2026-11-20', 'pickup', 53, 1),
	(18, 14, '2026-11-20', 'dropoff', 0, 3),
	(18, 14, '2026-11-20', 'dropoff', 3, 1),
	(18, 14, '2026-11-20', 'dropoff', 4, 1),
	(18, 14, '2026-11-20', 'dropoff', 6, 1),
	(18, 14, '2026-11-20', 'dropoff', 8, 7),
	(18, 14, '2026-11-20', 'dropoff', 21, 1),
	(18, 14, '2026-11-20', 'dropoff', 25, 1),
	(18, 14, '2026-11-20', 'dropoff', 28, 3),
	(18, 14, '2026-11-20', 'dropoff', 31, 1),
	(18, 14, '2026-11-20', 'dropoff', 43, 1),
	(18, 14, '2026-11-20', 'dropoff', 54, 1),
	(18, 14, '2026-11-20', 'pair', 0, 3),
	(18, 14, '2026-11-20', 'pair', 7, 2),
	(18, 14, '2026-11-20', 'pair', 9, 1),
	(18, 14, '2026-11-20', 'pair', 10, 2),
	(18, 14, '2026-11-20', 'pair', 12, 1),
	(18, 14, '2026-11-20', 'pair', 17, 1),
	(18, 14, '2026-11-20', 'pair', 19, 1),
	(18, 14, '2026-11-20', 'pair', 23, 3),
	(18, 14, '2026-11-20', 'pair', 24, 1),
	(18, 14, '2026-11-20', 'pair', 27, 6),
	(18, 14, '2026-11-20', 'miles', 0, 3),
	(18, 14, '2026-11-20', 'miles', 1, 3),
	(18, 14, '2026-11-20', 'miles', 2, 2),
	(18, 14, '2026-11-20', 'miles', 3, 4),
	(18, 14, '2026-11-20', 'miles', 5, 2),
	(18, 14, '2026-11-20', 'miles', 6, 1),
	(18, 14, '2026-11-20', 'miles', 8, 4),
	(18, 14, '2026-11-20', 'miles', 9, 2),
	(18, 14, '2026-11-20', 'hour', 1, 1),
	(18, 14, '2026-11-20', 'hour', 5, 2),
	(18, 14, '2026-11-20', 'hour', 6, 1),
	(18, 14, '2026-11-20', 'hour', 9, 3),
	(18, 14, '2026-11-20', 'hour', 10, 1),
	(18, 14, '2026-11-20', 'hour', 13, 1),
	(18, 14, '2026-11-20', 'hour', 15, 2),
	(18, 14, '2026-11-20', 'hour', 16, 3),
	(18, 14, '2026-11-20', 'hour', 17, 3),
	(18, 14, '2026-11-20', 'hour', 18, 2),
	(18, 14, '2026-11-20', 'hour', 21, 1),
	(18, 14, '2026-11-20', 'hour', 22, 1),
	(18, 14, '2026-11-20', 'prediction', 0, 1),
	(18, 14, '2026-11-20', 'prediction', 1, 4),
	(18, 14, '2026-11-20', 'prediction', 2, 3),
	(18, 14, '2026-11-20', 'prediction', 3, 2),
	(18, 14, '2026-11-20', 'prediction', 5, 2),
	(18, 14, '2026-11-20', 'prediction', 6, 2),
	(18, 14, '2026-11-20', 'prediction', 7, 4),
	(18, 14, '2026-11-20', 'prediction', 8, 1),
	(18, 14, '2026-11-20', 'prediction', 9, 2),
	(21, 17, '2026-11-25', 'pickup', 3, 1),
	(21, 17, '2026-11-25', 'pickup', 8, 3),
	(21, 17, '2026-11-25', 'pickup', 19, 1),
	(21, 17, '2026-11-25', 'pickup', 22, 1),
	(21, 17, '2026-11-25', 'pickup', 29, 1),
	(21, 17, '2026-11-25', 'pickup', 47, 1),
	(21, 17, '2026-11-25', 'pickup', 53, 1),
	(21, 17, '2026-11-25', 'dropoff', 6, 1),
	(21, 17, '2026-11-25', 'dropoff', 8, 1),
	(21, 17, '2026-11-25', 'dropoff', 21, 1),
	(21, 17, '2026-11-25', 'dropoff', 25, 1),
	(21, 17, '2026-11-25', 'dropoff', 28, 3),
	(21, 17, '2026-11-25', 'dropoff', 39, 1),
	(21, 17, '2026-11-25', 'dropoff', 55, 1),
	(21, 17, '2026-11-25', 'pair', 10, 2),
	(21, 17, '2026-11-25', 'pair', 12, 1),
	(21, 17, '2026-11-25', 'pair', 18, 1),
	(21, 17, '2026-11-25', 'pair', 27, 5),
	(21, 17, '2026-11-25', 'miles', 3, 4),
	(21, 17, '2026-11-25', 'miles', 4, 1),
	(21, 17, '2026-11-25', 'miles', 6, 1),
	(21, 17, '2026-11-25', 'miles', 7, 3),
	(21, 17, '2026-11-25', 'hour', 11, 9),
	(21, 17, '2026-11-25', 'prediction', 2, 3),
	(21, 17, '2026-11-25', 'prediction', 3, 1),
	(21, 17, '2026-11-25', 'prediction', 4, 1),
	(21, 17, '2026-11-25', 'prediction', 6, 4);

INSERT INTO raw.model_promotions OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-25 17:37:15.449495+00', 'chicago-taxi-duration', NULL, '1', 'the registry had no production model'),
	(2, '2026-11-25 17:38:03.119466+00', 'chicago-taxi-duration', '1', '2', 'asset: a promotion by hand'),
	(3, '2026-11-25 17:38:35.804636+00', 'chicago-taxi-duration', '2', '1', 'rollback from version 2');

INSERT INTO raw.models OVERRIDING SYSTEM VALUE VALUES
	(1, 'chicago-taxi-duration', '1', 'c83a80d4ee88ffdd4729ad44eea0cff229eb66be3de457678d62dbf138720901', 1, '{"r2": 0.6662062338297481, "mae": 4.9948811146869705, "rmse": 9.533439498004196, "rides": 478.0, "rmsle": 0.3204026171480699, "coverage": 0.9184100418410042, "half_width": 9.91765425176652, "mae_baseline": 12.625217342976926, "r2_areas_known": 0.7544447235256725, "mae_areas_known": 4.378506005723657, "mae_noisy_miles": 5.269764333441211, "r2_all_accepted": 0.6639844338948613, "coverage_third_1": 0.95, "coverage_third_2": 0.9056603773584906, "coverage_third_3": 0.89937106918239, "mae_all_accepted": 5.024376717928703, "rmse_areas_known": 6.7939710475138, "mae_without_miles": 7.913073339705821, "rides_areas_known": 408.0, "rmse_all_accepted": 9.519229308049995, "rmsle_areas_known": 0.30010924512860304, "rides_all_accepted": 483.0, "rmsle_all_accepted": 0.326595644344412, "median_absolute_error": 2.9548069245267325, "median_absolute_error_areas_known": 2.7967886839302505, "median_absolute_error_all_accepted": 2.9882190155515875}', '{"low": [-2.609272965425969, -4.204675669552228, -4.1425756495429615, -5.178174253791034, -6.141599312134031, -8.652696451058222, -9.439687414184412, -11.317529429315762, -10.424279391317599, -12.893012661165558], "high": [8.43896811115257, 8.062902116933856, 4.062505284004064, 6.222855536182673, 14.460038626554443, 14.561708421770954, 15.586684024871513, 14.49740351726165, 17.495746283637683, 24.403925759312774], "edges": [6.124093084432968, 7.635992885838317, 9.864261737927295, 12.877049215549416, 16.347135918324565, 21.66861573070478, 25.677240216000094, 28.906297223633608, 34.10415994916877]}', '2026-11-25 17:37:20.599662+00'),
	(3, 'chicago-taxi-duration', '2', '73d9900a64f0231041cd0863235733840b891d9e40bbd16f3d45b45409945e64', 1, '{"r2": 0.6899418229464068, "mae": 4.926109618886233, "rmse": 7.448500499641299, "rides": 279.0, "rmsle": 0.34747911070619597, "coverage": 0.8781362007168458, "half_width": 11.557158349450862, "mae_baseline": 12.531274893796915, "r2_areas_known": 0.7199842991041984, "mae_areas_known": 4.548660800729925, "mae_noisy_miles": 5.433929627365844, "r2_all_accepted": 0.6628870705369221, "coverage_third_1": 0.8924731182795699, "coverage_third_2": 0.8817204301075269, "coverage_third_3": 0.8602150537634409, "mae_all_accepted": 5.051319956185315, "rmse_areas_known": 7.051127677485026, "mae_without_miles": 7.234787235854154, "rides_areas_known": 226.0, "rmse_all_accepted": 7.809738678699082, "rmsle_areas_known": 0.3228257237734641, "rides_all_accepted": 280.0, "rmsle_all_accepted": 0.36467635385483305, "median_absolute_error": 3.361970434143032, "median_absolute_error_areas_known": 2.8674626557095397, "median_absolute_error_all_accepted": 3.4055942295954735}', '{"low": [-3.486158920251327, -4.78368813764082, -4.36972595523252, -6.095852566250174, -7.225781650594014, -8.161584207827394, -8.874578722102108, -10.4472715813248, -10.600930706393704, -12.819302321876267], "high": [16.670777524393834, 4.672095782456702, 12.691886480568485, 12.496726733273707, 11.929251628874045, 19.82332415002615, 11.964137251713767, 17.044606281305914, 14.624712698807036, 24.52926191571899], "edges": [6.3494558773645, 8.01608545409932, 10.129153867537534, 13.12685484771805, 16.665435721006453, 21.514166934340302, 24.95071287170348, 29.007452569330635, 34.1762334925787]}', '2026-11-25 17:37:39.752858+00'),
	(8, 'chicago-taxi-duration', '3', 'ca40f6cce4392fa3508b7a5f9af2e0be97d657ff62f742abfc5c0cb7d25bd32d', 1, '{"r2": 0.713250177387629, "mae": 5.183316135519104, "rmse": 7.676547462683804, "rides": 120.0, "rmsle": 0.3301208882105049, "coverage": 0.8916666666666667, "half_width": 10.90115349989942, "mae_baseline": 15.351247820094951, "r2_areas_known": 0.7353772537521918, "mae_areas_known": 4.41257482589578, "mae_noisy_miles": 5.519020365031659, "r2_all_accepted": 0.713250177387629, "coverage_third_1": 0.85, "coverage_third_2": 0.9, "coverage_third_3": 0.925, "mae_all_accepted": 5.183316135519104, "rmse_areas_known": 6.7501999884818185, "mae_without_miles": 7.733258683940105, "rides_areas_known": 98.0, "rmse_all_accepted": 7.676547462683804, "rmsle_areas_known": 0.2998925792279782, "rides_all_accepted": 120.0, "rmsle_all_accepted": 0.3301208882105049, "median_absolute_error": 3.4170939774512314, "median_absolute_error_areas_known": 2.3107245647224115, "median_absolute_error_all_accepted": 3.4170939774512314}', '{"low": [-3.4036735151067274, -3.4713658504123135, -3.4195993963900446, -5.933803350624274, -7.862597442824555, -8.819677062764347, -9.354811470952527, -11.63124249576969, -12.232442227751829, -13.486517930116722], "high": [14.426188810629098, 1.8223597785843286, 4.215189977638938, 5.512675568510429, 9.659845086417704, 17.648168580047614, 18.35529173531528, 22.567064714984213, 17.5119961989687, 20.707207317323906], "edges": [6.33102550287132, 7.968195397661837, 9.792550801485861, 12.054412416678334, 14.435560289075086, 20.10122172096951, 24.430733033527172, 28.519607875986075, 33.86604631783035]}', '2026-11-25 17:38:49.593906+00'),
	(19, 'chicago-taxi-duration', '1', '270dd3b73db3288b9b09ed810fe76e07d281c5755971876bf69e47eb4e00fbb9', 1, '{"r2": 0.7097592282635832, "mae": 4.872097019514242, "rmse": 8.069973250284397, "rides": 1630.0, "rmsle": 0.3385846831207264, "coverage": 0.8938650306748466, "half_width": 10.296027679398694, "mae_baseline": 12.689783334499285, "r2_areas_known": 0.7222867285783133, "mae_areas_known": 4.47425227298238, "mae_noisy_miles": 5.232797653731201, "r2_all_accepted": 0.7082369892676872, "coverage_third_1": 0.8878676470588235, "coverage_third_2": 0.8821362799263351, "coverage_third_3": 0.9116022099447514, "mae_all_accepted": 4.881824969607991, "rmse_areas_known": 7.477326882285861, "mae_without_miles": 7.54412487831282, "rides_areas_known": 1352.0, "rmse_all_accepted": 8.081358831677669, "rmsle_areas_known": 0.32450915228471333, "rides_all_accepted": 1635.0, "rmsle_all_accepted": 0.3402381360472962, "median_absolute_error": 2.9211656318967787, "median_absolute_error_areas_known": 2.653614124884635, "median_absolute_error_all_accepted": 2.922790098607301}', '{"low": [-2.637325679775891, -3.287980966681673, -4.067465312524769, -5.027247932649258, -7.275324495976759, -8.805667642196514, -9.530852387769059, -10.257855012642493, -11.2931446033566, -13.306059409217523], "high": [7.2382985279598016, 5.125056603187099, 3.9514779112363767, 8.30013957094198, 13.762717758343614, 15.12371590850234, 18.585248290892537, 16.087390976346132, 17.530177540926818, 20.016838191101005], "edges": [5.839116322804175, 7.515202535539938, 9.596268169660261, 12.561106936275102, 16.587744275371016, 21.218253796239296, 25.271032146382257, 29.21051960921126, 34.77387407552689], "kinds": {"city": {"low": [-2.527580158150278, -2.8518667431129034, -3.6402897466748048, -3.876266993608248, -4.69705469072156, -5.702186702995653, -7.405994274916391, -8.80674959297543, -9.86873873461906, -11.454057702805011], "high": [8.899278800534347, 4.2713240728141955, 4.081869369152967, 3.759904413321428, 4.665431351719862, 9.52903433876731, 16.740900475500226, 13.775692870025447, 18.427044420715657, 18.483047411123614], "edges": [5.283975025680393, 6.5243236030534355, 7.814898242372919, 9.412467115174078, 11.350850124576137, 14.299477412390303, 18.03116549986188, 22.548038552581765, 27.006134872865104], "kinds": {}}, "airport": {"low": [-8.90931646736949, -9.870525472653924, -8.313613929537567, -10.28999246500934, -11.606779406241563, -12.61522737370212, -13.409215106507636], "high": [20.897179628193847, 13.259475021099192, 15.451694235106965, 14.34580222005695, 18.997383185078203, 18.7217894075699, 19.256333785468808], "edges": [21.974021733521074, 26.130399890441847, 29.363882086998427, 32.420719543040185, 35.6943205083906, 39.79766963760915], "kinds": {}}, "empty area": {"low": [-8.424732180855955, -9.612158043294203, -11.288018201263712, -13.598556650193688], "high": [25.229149862116852, 24.258764820702822, 14.810400009094828, 22.66859278518358], "edges": [16.841022967655203, 26.417256970667495, 34.907005118466515], "kinds": {}}}}', '2026-11-25 17:43:12.681023+00');

INSERT INTO raw.pending_outcomes VALUES
	('b681179b-cc22-5ea3-843b-428076b4c3a2', 4.25, '2026-11-16 14:06:10+00', 4),
	('53d93ad8-0fdb-53c1-b5d4-44f3fc41f0d0', 10.2, '2026-11-16 14:11:09+00', 4),
	('d4666ee3-989d-5b58-a52c-70b87c15d5f9', 6.65, '2026-11-16 14:15:47+00', 4),
	('770e3952-4614-51a5-b5d0-1b1e0d2040dc', 12.75, '2026-11-16 14:16:41+00', 4),
	('e03b9f61-995d-5250-8b4d-1a164faf99f0', 4.316666666666666, '2026-11-16 14:20:33+00', 4),
	('44cf81cf-652b-5e6a-bdb6-296e74e9aed7', 19, '2026-11-16 14:26:24+00', 4),
	('b70f6c03-7559-5201-9fe3-a34e39a7d404', 9, '2026-11-16 14:27:24+00', 4),
	('7edd8bbd-61ed-5797-918e-3ea4ee578a95', 12, '2026-11-16 14:31:05+00', 4),
	('3ddc9825-e02b-511b-ad42-fc45eb4cda2e', 20.416666666666668, '2026-11-16 14:34:30+00', 4),
	('62f8e88f-4ba7-5092-afdb-464b73f4e393', 33, '2026-11-16 14:36:27+00', 4),
	('536b4c16-f69f-5320-9060-18abcb80f607', 29.933333333333334, '2026-11-16 14:37:57+00', 4),
	('7088f7dc-2fa1-59b6-9760-23c8cffc3b59', 25.2, '2026-11-16 14:38:10+00', 4),
	('e258d87a-c136-565a-b397-63141e71e0b4', 37.1, '2026-11-16 14:39:55+00', 4),
	('1122cf27-99ab-5fbb-bc26-231b37b23547', 29.85, '2026-11-16 14:42:39+00', 4),
	('183dfdce-cebf-5ddc-a100-d0fc400010d6', 29, '2026-11-16 14:44:56+00', 4),
	('c2afbacc-d740-5451-95cf-93f0927bbe4b', 40.96666666666667, '2026-11-16 15:00:09+00', 4),
	('bac87045-25fa-5987-af07-8cb182ce068a', 60.916666666666664, '2026-11-16 15:06:01+00', 4),
	('1f041e31-1e22-5300-80f4-446f411163ca', 75.48333333333333, '2026-11-16 15:38:05+00', 4),
	('caa7cea2-cc01-561d-9f21-c253854433db', 2.0166666666666666, '2026-11-17 15:03:23+00', 4),
	('295d8ea3-95f2-5d8a-8884-f4fcd75c206c', 4.033333333333333, '2026-11-17 15:17:19+00', 4),
	('5f7976fa-dc10-5bd4-9409-96dd41765a1c', 17, '2026-11-17 15:20:14+00', 4),
	('bfbad2e6-8525-50a0-8a7b-8cacde8d1eb2', 24, '2026-11-17 15:32:54+00', 4),
	('a2fa5305-e09c-5930-843e-afe4638eef0d', 31.433333333333334, '2026-11-17 15:35:24+00', 4),
	('e6ecd0ff-b767-563d-8e5f-13a3ba2ad0fa', 25.55, '2026-11-17 15:35:28+00', 4),
	('eda8e8da-c112-564c-a7a2-a4337961f92f', 24, '2026-11-17 15:35:37+00', 4),
	('97bcfc66-3796-5511-b69b-b92a85a98396', 31, '2026-11-25 18:07:08+00', NULL),
	('a0962655-9f26-5cbb-a939-4297db838db3', 6, '2026-11-25 17:44:33+00', NULL),
	('db343ff7-16b9-5546-b40a-37b484eff70a', 15.383333333333333, '2026-11-25 17:52:14+00', NULL),
	('954e85e2-eaaa-527e-b41e-e892321642c2', 9.45, '2026-11-25 17:44:16+00', NULL),
	('f4c1ccec-0d14-5c76-9195-c56dccdcd4ed', 25.083333333333332, '2026-11-25 18:01:00+00', NULL),
	('6fb790b5-d89f-59f4-af05-8bc19d8dd141', 14.35, '2026-11-25 17:51:39+00', NULL),
	('84745549-722f-5c79-9f6f-f3198fce0a1f', 31.233333333333334, '2026-11-25 18:13:07+00', NULL),
	('cdd9c10a-d750-5320-bd85-6368063aa719', 9.366666666666667, '2026-11-25 17:45:55+00', NULL),
	('0b776265-bdb0-50df-bc93-371383c361ce', 12.616666666666667, '2026-11-25 17:47:06+00', NULL),
	('5896c9b9-e043-51f5-845a-ec1f96812eb4', 5.383333333333334, '2026-11-25 17:49:36+00', NULL),
	('d512e1d7-f6bb-5c09-bac8-0e0202ab22f7', 26.366666666666667, '2026-11-25 18:04:06+00', NULL),
	('a0024ba8-a9af-5fd5-bb64-c0099bef248e', 43.36666666666667, '2026-11-25 18:22:17+00', NULL),
	('13d3fee7-e774-5cf9-88a0-77dc00097c28', 21, '2026-11-25 18:27:36+00', NULL),
	('847ac5bb-b9c7-50c6-a41a-12dd84bceddc', 25.416666666666668, '2026-11-25 18:07:35+00', NULL),
	('efaab96a-ba5c-533a-8dd4-de93f477a149', 9, '2026-11-25 17:53:24+00', NULL),
	('0dcd6b12-c214-5969-8eae-517e014f6667', 27.466666666666665, '2026-11-25 18:05:24+00', NULL),
	('5a967c8e-459c-561b-ba89-2f1d63d283f5', 19, '2026-11-25 18:02:40+00', NULL),
	('14ea87aa-9b8b-5cb3-b248-dbfb29adfd8f', 19.116666666666667, '2026-11-25 18:02:01+00', NULL),
	('ad4945bc-882a-59b8-9c78-58399ce8655d', 1.6833333333333333, '2026-11-18 16:02:35+00', 12),
	('f75f14c5-203b-5861-a2a2-8f88f7d9290f', 5.466666666666667, '2026-11-18 16:13:27+00', 12),
	('9d54493f-bc3c-5b61-b17f-07e351c2a8c8', 23.216666666666665, '2026-11-18 16:33:32+00', 12),
	('b7e19bc1-1e41-5807-a349-c6ace80cdf92', 36.05, '2026-11-18 16:43:18+00', 12),
	('c76fffb2-9822-5c26-9379-42aca9b4bbc2', 25.283333333333335, '2026-11-18 16:46:15+00', 12),
	('b950ecc9-b65d-5437-a40f-eded7717a459', 40.8, '2026-11-18 16:49:59+00', 12),
	('8650df49-986e-52cd-acdd-a1647b3ae6f0', 36.35, '2026-11-18 17:00:20+00', 12),
	('1107dc85-3888-547c-93f2-46fceed1f8f6', 7, '2026-11-20 23:08:53+00', 12),
	('eb1a140e-b328-5a3a-a8c5-1bbdd047f4e0', 11, '2026-11-20 23:18:44+00', 12),
	('cf7d8319-bfb4-5661-970c-0e160d2db0c9', 7.15, '2026-11-20 23:19:15+00', 12),
	('47fe78d7-44f4-5fd4-a28d-6aff6e4d150a', 36.61666666666667, '2026-11-20 23:40:52+00', 12),
	('3ed697b5-704d-5e88-9152-58381884cd74', 37.166666666666664, '2026-11-20 23:41:28+00', 12),
	('2b10cf03-3930-5fbb-bfbe-aa1aa8154d12', 39, '2026-11-20 23:43:54+00', 12),
	('0f6ea313-0d26-5bea-ad06-bf48ce760c56', 26.616666666666667, '2026-11-20 23:52:50+00', 12),
	('bd920f84-147a-51ab-bf8f-9d4ff52ed133', 58.233333333333334, '2026-11-21 00:00:50+00', 12),
	('efbe153f-0fc0-5573-b620-2727566173bf', 55, '2026-11-21 00:17:07+00', 12),
	('7a327976-69f4-55db-9920-488dd4e23a75', 50.68333333333333, '2026-11-21 00:17:26+00', 12),
	('bb42d686-6f54-5dac-8fd0-acc42eb1480b', 8, '2026-11-21 18:09:47+00', 12),
	('33085a6d-5c03-5849-bdef-c5a32b06dc6b', 8, '2026-11-21 18:11:59+00', 12),
	('7f344eea-530c-5fc3-ae31-37fc188efd0c', 6.383333333333334, '2026-11-21 18:12:52+00', 12),
	('0b1ae44f-e2d4-5f1a-8f87-e7c48980606a', 4.016666666666667, '2026-11-21 18:15:05+00', 12),
	('14cd1390-59d2-56e5-bb22-173f08e31450', 7.75, '2026-11-21 18:15:21+00', 12),
	('2b053cf8-0a6e-59ef-a46e-ef14559fca7d', 11, '2026-11-21 18:17:03+00', 12),
	('c543c038-b0f1-5455-92e8-a20734664cf0', 22.483333333333334, '2026-11-21 18:30:28+00', 12),
	('8b04a45a-fbc0-5dac-8611-cecf483f699a', 2.6166666666666667, '2026-11-21 18:31:36+00', 12),
	('16294c54-4dbb-5350-b699-10d8ecb7c333', 32, '2026-11-25 18:19:37+00', NULL),
	('257390fe-9520-5f0d-80e3-9f874d25342e', 8, '2026-11-25 18:03:21+00', NULL),
	('399826ef-eb44-59f6-a4d6-8f3f6dba200a', 13.783333333333333, '2026-11-25 17:59:50+00', NULL),
	('493a475c-2844-55c4-90a0-9ebb1753a86f', 8.7, '2026-11-25 17:53:39+00', NULL),
	('4f9ca43d-0edb-5122-83dd-d50a13197f3d', 28.716666666666665, '2026-11-25 18:07:41+00', NULL),
	('7c17eeca-4a9b-5bb0-a74f-373dcbcbe179', 12, '2026-11-25 17:51:58+00', NULL),
	('8206e163-43c2-5d45-9090-c6c47d0e1f7d', 20, '2026-11-25 18:00:35+00', NULL),
	('8f89f935-8e63-514f-bd17-4c1d3d5fc9ec', 8.966666666666667, '2026-11-25 17:49:14+00', NULL),
	('b346281c-9de2-58ef-807e-9ce9c22ea555', 36.083333333333336, '2026-11-25 18:20:51+00', NULL);

INSERT INTO raw.place VALUES
	('Chicago', 'America/Chicago');

INSERT INTO raw.rejected_records OVERRIDING SYSTEM VALUE VALUES
	(1, 3, 6, '06d33e78eee4d617a54ce6b71c361ff7185424dd', 'nonpositive_miles', '{"fare": "6.75", "trip_id": "06d33e78eee4d617a54ce6b71c361ff7185424dd", "trip_miles": "0", "trip_total": "6.75", "trip_seconds": "360", "trip_start_timestamp": "2026-11-16 11:30:00.000000", "pickup_community_area": "8", "dropoff_community_area": "32"}', '07f627b0bb32cfed10a4006f98548cef120cf2dfa1c71755c893ebe6363e3d36', NULL),
	(2, 3, 7, 'db0228b256153b0b8110462d89789e6aad130dee', 'nonpositive_miles', '{"fare": "35.75", "trip_id": "db0228b256153b0b8110462d89789e6aad130dee", "trip_miles": "0", "trip_total": "40.73", "trip_seconds": "1440", "trip_start_timestamp": "2026-11-16 12:00:00.000000", "pickup_community_area": "42", "dropoff_community_area": "6"}', 'd5bbab5dbbe3d0e415ca27a853aba741014bc31b9ef10608a37bdb19a70acb62', NULL),
	(3, 3, 14, '72adcd0eaf1ec754fb5f373548ddf81ab34d74dc', 'nonpositive_miles', '{"fare": "15", "trip_id": "72adcd0eaf1ec754fb5f373548ddf81ab34d74dc", "trip_miles": "0", "trip_total": "19.16", "trip_seconds": "900", "trip_start_timestamp": "2026-11-16 13:30:00.000000", "pickup_community_area": "32", "dropoff_community_area": "7"}', '6172e32a7ca4f8f252af0084191246fbb40104f4eaacebcfa1999aaf520c1d0a', NULL),
	(4, 3, 21, '5ec9b42310f407c11aeee53e2eac3d747bcbe8a4', 'nonpositive_miles', '{"fare": "3.25", "trip_id": "5ec9b42310f407c11aeee53e2eac3d747bcbe8a4", "trip_miles": "0", "trip_total": "3.25", "trip_seconds": "0", "trip_start_timestamp": "2026-11-16 11:00:00.000000", "pickup_community_area": "41"}', '6b85f6676ea0f6a19119b24af6f6b2c5df172f4f7edf2e8aef08e83ffeed0391', NULL),
	(5, 3, 24, '50f03a8186953ab6d66571c9950b5396e59ffa48', 'nonpositive_miles', '{"fare": "25.75", "trip_id": "50f03a8186953ab6d66571c9950b5396e59ffa48", "trip_miles": "0", "trip_total": "29.83", "trip_seconds": "1170", "trip_start_timestamp": "2026-11-16 11:45:00.000000", "pickup_community_area": "43", "dropoff_community_area": "32"}', '39767bfa50093d3d0de8b3d0984883b1fa2fcb34dc896190d7a509a80f200d9e', NULL),
	(6, 3, 26, '22787e38a10b4758eca52f58dca17af8709a3ae4', 'nonpositive_miles', '{"fare": "3.25", "trip_id": "22787e38a10b4758eca52f58dca17af8709a3ae4", "trip_miles": "0", "trip_total": "3.25", "trip_seconds": "32", "trip_start_timestamp": "2026-11-16 12:15:00.000000", "pickup_community_area": "28", "dropoff_community_area": "28"}', '4893a766acbf7d140929b7cbcd0ab8eac18beeb04ac447efdb817e4640ce6480', NULL),
	(7, 3, 28, 'da07356544b6d0fdfbd223408752e2033ddc6253', 'nonpositive_miles', '{"fare": "11.25", "trip_id": "da07356544b6d0fdfbd223408752e2033ddc6253", "trip_miles": "0", "trip_total": "15.38", "trip_seconds": "667", "trip_start_timestamp": "2026-11-16 10:30:00.000000", "pickup_community_area": "28", "dropoff_community_area": "8"}', '4d137f835a3f80dd37ef497f16b9230220d6476588a0ffede93465caa6e3c421', NULL),
	(8, 8, 6, '06d33e78eee4d617a54ce6b71c361ff7185424dd', 'nonpositive_miles', '{"fare": "6.75", "trip_id": "06d33e78eee4d617a54ce6b71c361ff7185424dd", "trip_miles": "0", "trip_total": "6.75", "trip_seconds": "480.0", "trip_start_timestamp": "2026-11-16 11:30:00.000000", "pickup_community_area": "8", "dropoff_community_area": "32"}', '4f6487dd5f2678c7f4271836021771203b400ef58e68e7f3670cefc3da3f194e', NULL),
	(9, 8, 7, 'db0228b256153b0b8110462d89789e6aad130dee', 'nonpositive_miles', '{"fare": "35.75", "trip_id": "db0228b256153b0b8110462d89789e6aad130dee", "trip_miles": "0", "trip_total": "40.73", "trip_seconds": "1440.0", "trip_start_timestamp": "2026-11-16 12:00:00.000000", "pickup_community_area": "42", "dropoff_community_area": "6"}', '9031cb6f18399a6c2879df24ea45cd6248cae3dfb997e5b3db22f0d5d7d0da09', NULL),
	(10, 11, 6, '72a4cf71b23d002b5a1c86bb261c5104e7446a86', 'nonpositive_miles', '{"fare": "28.75", "trip_id": "72a4cf71b23d002b5a1c86bb261c5104e7446a86", "trip_miles": "0", "trip_total": "32.75", "trip_seconds": "1320", "trip_start_timestamp": "2026-11-22 13:15:00.000000", "pickup_community_area": "56"}', '87a9e73f3c7bad46a64a63cc7290e420550b1b3b23a87e3d674bcc216a4a5df2', NULL),
	(11, 11, 11, '7573bc81477aaa50c2f5763ec70d5181d2a1e22b', 'nonpositive_miles', '{"fare": "3.25", "trip_id": "7573bc81477aaa50c2f5763ec70d5181d2a1e22b", "trip_miles": "0", "trip_total": "3.25", "trip_seconds": "0", "trip_start_timestamp": "2026-11-22 14:15:00.000000", "dropoff_community_area": "76"}', '6c81f251fd8a55f65c1b4542a35ba59eedb6f3b6c7c29ccc1dba360ab52d4d3a', NULL),
	(12, 11, 12, '632a6792c04dce5d8b6209b77c6d76b7bd4b24b7', 'nonpositive_miles', '{"fare": "55.5", "trip_id": "632a6792c04dce5d8b6209b77c6d76b7bd4b24b7", "trip_miles": "0", "trip_total": "59.5", "trip_seconds": "2601", "trip_start_timestamp": "2026-11-22 15:45:00.000000", "pickup_community_area": "56"}', '5c2d360c393f1bebf5be00f84c355f238aea6f4bab1ed1aac45ff12beaa8a30c', NULL),
	(13, 11, 25, '9ea8a83143d2c4d1d1f2c82a4a54485d8b42b302', 'nonpositive_miles', '{"fare": "3.25", "trip_id": "9ea8a83143d2c4d1d1f2c82a4a54485d8b42b302", "trip_miles": "0", "trip_total": "3.25", "trip_seconds": "0", "trip_start_timestamp": "2026-11-22 14:30:00.000000", "pickup_community_area": "8", "dropoff_community_area": "8"}', '258b89ddaa9886774d7274df6214f283cc9eacb32d57420303f25558b06ab637', NULL),
	(14, 11, 28, '8822c99fdd39f2e7699af2b3cff2e0048d7f8259', 'nonpositive_miles', '{"fare": "34", "trip_id": "8822c99fdd39f2e7699af2b3cff2e0048d7f8259", "trip_miles": "0", "trip_total": "57.18", "trip_seconds": "1881", "trip_start_timestamp": "2026-11-22 15:30:00.000000", "pickup_community_area": "76"}', 'cbc6ffd58f4ff8ea2b94cf1380783060c01b4c8cdafc883cd39319242ec2a61d', NULL),
	(15, 11, 29, 'b3dc71a733792e3227fb545b373daa88a2c0952d', 'nonpositive_miles', '{"fare": "32.25", "trip_id": "b3dc71a733792e3227fb545b373daa88a2c0952d", "trip_miles": "0", "trip_total": "37.75", "trip_seconds": "1506", "trip_start_timestamp": "2026-11-22 15:00:00.000000", "pickup_community_area": "56", "dropoff_community_area": "6"}', 'a0e147dd4413b252c4003ed8fbb9ad7471d6614f563b4c4e5e21d392e178ba80', NULL),
	(16, 11, 30, 'ec45f15bc13a8de67f85b98c3170474a1dc5db2f', 'nonpositive_miles', '{"fare": "29.25", "trip_id": "ec45f15bc13a8de67f85b98c3170474a1dc5db2f", "trip_miles": "0", "trip_total": "29.25", "trip_seconds": "1638", "trip_start_timestamp": "2026-11-22 15:45:00.000000", "pickup_community_area": "69", "dropoff_community_area": "8"}', 'd74f2d535d83a238986e821366fd1697a81647cf0045a75ef2797cf9715300b7', NULL),
	(33, 18, 19, '094193c33ada6161e391c0aed6afc60d69141ae9', 'nonpositive_miles', '{"fare": "7", "trip_id": "094193c33ada6161e391c0aed6afc60d69141ae9", "trip_miles": "0", "trip_total": "8.96", "trip_seconds": "447", "trip_start_timestamp": "2026-11-20 14:45:00.000000", "pickup_community_area": "28", "dropoff_community_area": "32"}', '9c80af3dff5e9a49d51d08b75748ea1438c4a606c00b1fa078518c99bf41dcb5', NULL),
	(34, 18, 21, '594a1e505ff7551faa1775d6bb245a2307eb56ce', 'nonpositive_miles', '{"fare": "7.25", "trip_id": "594a1e505ff7551faa1775d6bb245a2307eb56ce", "trip_miles": "0", "trip_total": "9.43", "trip_seconds": "907", "trip_start_timestamp": "2026-11-20 08:15:00.000000", "pickup_community_area": "33", "dropoff_community_area": "32"}', 'a0459b65c95e4ea615c1a51375f48de5f583d81bf24afff2a352d8d3aa4df5d4', NULL),
	(35, 18, 22, '47d8c5f7dde7457e23b29937ce780707ce367957', 'nonpositive_miles', '{"fare": "44", "trip_id": "47d8c5f7dde7457e23b29937ce780707ce367957", "trip_miles": "0", "trip_total": "49", "trip_seconds": "2220", "trip_start_timestamp": "2026-11-20 08:00:00.000000", "pickup_community_area": "76", "dropoff_community_area": "28"}', 'fd0d07def4ad6139af3dbc0d7a0e8907c90dbe44526ffdce03ed18c41646efd1', NULL);

INSERT INTO raw.ride_outcomes OVERRIDING SYSTEM VALUE VALUES
	(1, '46e225f4-4649-5a35-be05-da9f6ad5a59f', 3.7, '2026-11-25 17:37:25.004822+00', 2),
	(2, 'f4eef07f-a797-53d3-bb15-c5b186e4eb66', 9.266666666666667, '2026-11-25 17:37:25.004822+00', 2),
	(3, '835e126e-1d6e-5fad-9d8c-b4cc770c3ce7', 35, '2026-11-25 17:37:25.004822+00', 2),
	(4, 'bbd2a309-9c69-57a3-a3e0-34e9dac42bde', 21.55, '2026-11-25 17:37:25.004822+00', 2),
	(5, 'd78ece28-0a6e-58a6-960f-9264df53d3ab', 6.966666666666667, '2026-11-25 17:37:25.004822+00', 2),
	(6, 'a9039f04-66b5-5b9a-9d5e-edc50fc61aca', 7, '2026-11-25 17:37:25.004822+00', 2),
	(7, 'e615131a-5a2d-5e36-a8d0-ed02044d10fc', 23.883333333333333, '2026-11-25 17:37:25.004822+00', 2),
	(8, 'e3276880-29aa-563f-8a5a-6516d36b663c', 6, '2026-11-25 17:37:25.004822+00', 2),
	(9, '90fd1998-2b8a-5072-82e1-db25b89dcf6e', 29.666666666666668, '2026-11-25 17:37:25.004822+00', 2),
	(10, '70e74b93-98e1-5cf9-bbba-d01b331f92c8', 16, '2026-11-25 17:37:25.004822+00', 2),
	(11, 'be644cc3-4522-5a2e-9de1-567239a8db5c', 14, '2026-11-25 17:37:25.004822+00', 2),
	(12, '75bf6586-1686-57b8-88bc-7aec8ec668d5', 13.6, '2026-11-25 17:37:25.004822+00', 2),
	(13, 'f96ce8ba-01ac-555c-a282-4a36c858cd75', 9.55, '2026-11-25 17:37:25.004822+00', 2),
	(14, 'd370b872-40b3-5475-85e4-01a6a00948c3', 29.616666666666667, '2026-11-25 17:37:25.004822+00', 2),
	(15, '0469b073-497e-53c5-a0d3-e7dbf10f66f2', 3.3666666666666667, '2026-11-25 17:37:25.004822+00', 2),
	(16, '246b6853-b41d-5c7d-aebc-345256e64356', 8.233333333333333, '2026-11-25 17:37:25.004822+00', 2),
	(17, '3d8d2db6-572e-5295-8952-ad6f1f385416', 25.716666666666665, '2026-11-25 17:37:25.004822+00', 2),
	(18, 'c59280fb-a2c8-5123-8b70-98392c1af162', 6.8, '2026-11-25 17:37:25.004822+00', 2),
	(19, 'b9e1188f-51bf-5486-8965-d498e2856056', 20, '2026-11-25 17:37:25.004822+00', 2),
	(20, 'fe72cce0-8da2-5b05-8e17-4373d6b3ee01', 6, '2026-11-25 17:37:25.004822+00', 2),
	(21, 'b663ae6f-0e6c-5ba8-b0db-eaff47166954', 4.783333333333333, '2026-11-25 17:37:25.004822+00', 2),
	(22, '3ca6161e-d7de-522a-af72-16d30a06905c', 8.583333333333334, '2026-11-25 17:37:25.004822+00', 2),
	(23, '370120c6-999c-52e6-831f-87f8d3b1904d', 25.55, '2026-11-25 17:37:25.004822+00', 2),
	(24, '9901495f-8779-557f-b78b-2b379dcccc5b', 8, '2026-11-25 17:37:25.004822+00', 2),
	(25, '233a3dba-3ad2-52b6-9b14-7e4b393409fa', 15.283333333333333, '2026-11-25 17:37:25.004822+00', 2),
	(26, '589d7868-a446-50d1-9a22-53393e5a0e06', 3.433333333333333, '2026-11-25 17:37:25.004822+00', 2),
	(27, '3b1d8a65-7f27-513f-afd3-c6534a3c0cb7', 18.733333333333334, '2026-11-25 17:37:25.004822+00', 2),
	(28, '9d3d8e83-4690-56d4-95b8-fa8c56fa96b7', 9.783333333333333, '2026-11-25 17:37:25.004822+00', 2),
	(29, '2aa0960c-c627-50bb-97ca-4d9f1b221a46', 13, '2026-11-25 17:37:25.004822+00', 2),
	(30, 'b681179b-cc22-5ea3-843b-428076b4c3a2', 4.25, '2026-11-25 17:37:41.643102+00', 4),
	(31, '53d93ad8-0fdb-53c1-b5d4-44f3fc41f0d0', 10.2, '2026-11-25 17:37:41.643102+00', 4),
	(32, 'd4666ee3-989d-5b58-a52c-70b87c15d5f9', 6.65, '2026-11-25 17:37:41.643102+00', 4),
	(33, '770e3952-4614-51a5-b5d0-1b1e0d2040dc', 12.75, '2026-11-25 17:37:41.643102+00', 4),
	(34, 'e03b9f61-995d-5250-8b4d-1a164faf99f0', 4.316666666666666, '2026-11-25 17:37:41.643102+00', 4),
	(35, '44cf81cf-652b-5e6a-bdb6-296e74e9aed7', 19, '2026-11-25 17:37:41.643102+00', 4),
	(36, 'b70f6c03-7559-5201-9fe3-a34e39a7d404', 9, '2026-11-25 17:37:41.643102+00', 4),
	(37, '7edd8bbd-61ed-5797-918e-3ea4ee578a95', 12, '2026-11-25 17:37:41.643102+00', 4),
	(38, '3ddc9825-e02b-511b-ad42-fc45eb4cda2e', 20.416666666666668, '2026-11-25 17:37:41.643102+00', 4),
	(39, '62f8e88f-4ba7-5092-afdb-464b73f4e393', 33, '2026-11-25 17:37:41.643102+00', 4),
	(40, '536b4c16-f69f-5320-9060-18abcb80f607', 29.933333333333334, '2026-11-25 17:37:41.643102+00', 4),
	(41, '7088f7dc-2fa1-59b6-9760-23c8cffc3b59', 25.2, '2026-11-25 17:37:41.643102+00', 4),
	(42, 'e258d87a-c136-565a-b397-63141e71e0b4', 37.1, '2026-11-25 17:37:41.643102+00', 4),
	(43, '1122cf27-99ab-5fbb-bc26-231b37b23547', 29.85, '2026-11-25 17:37:41.643102+00', 4),
	(44, '183dfdce-cebf-5ddc-a100-d0fc400010d6', 29, '2026-11-25 17:37:41.643102+00', 4),
	(45, 'c2afbacc-d740-5451-95cf-93f0927bbe4b', 40.96666666666667, '2026-11-25 17:37:41.643102+00', 4),
	(46, 'bac87045-25fa-5987-af07-8cb182ce068a', 60.916666666666664, '2026-11-25 17:37:41.643102+00', 4),
	(47, '1f041e31-1e22-5300-80f4-446f411163ca', 75.48333333333333, '2026-11-25 17:37:41.643102+00', 4),
	(48, 'caa7cea2-cc01-561d-9f21-c253854433db', 2.0166666666666666, '2026-11-25 17:37:41.643102+00', 4),
	(49, '295d8ea3-95f2-5d8a-8884-f4fcd75c206c', 4.033333333333333, '2026-11-25 17:37:41.643102+00', 4),
	(50, '5f7976fa-dc10-5bd4-9409-96dd41765a1c', 17, '2026-11-25 17:37:41.643102+00', 4),
	(51, 'bfbad2e6-8525-50a0-8a7b-8cacde8d1eb2', 24, '2026-11-25 17:37:41.643102+00', 4),
	(52, 'a2fa5305-e09c-5930-843e-afe4638eef0d', 31.433333333333334, '2026-11-25 17:37:41.643102+00', 4),
	(53, 'e6ecd0ff-b767-563d-8e5f-13a3ba2ad0fa', 25.55, '2026-11-25 17:37:41.643102+00', 4),
	(54, 'eda8e8da-c112-564c-a7a2-a4337961f92f', 24, '2026-11-25 17:37:41.643102+00', 4),
	(55, 'f4eef07f-a797-53d3-bb15-c5b186e4eb66', 10.266666666666667, '2026-11-25 17:38:20.360715+00', 6),
	(56, '835e126e-1d6e-5fad-9d8c-b4cc770c3ce7', 37, '2026-11-25 17:38:20.360715+00', 6),
	(57, 'd78ece28-0a6e-58a6-960f-9264df53d3ab', 7.966666666666667, '2026-11-25 17:38:20.360715+00', 6),
	(58, 'a9039f04-66b5-5b9a-9d5e-edc50fc61aca', 8, '2026-11-25 17:38:20.360715+00', 6),
	(59, '33cd8230-8126-5241-9e7a-0b1818613072', 6.583333333333333, '2026-11-25 17:38:55.411431+00', 9),
	(60, '4923c66d-7364-5a2b-8e47-d39648895229', 4.5, '2026-11-25 17:38:55.411431+00', 9),
	(61, '5e8b2fe9-e370-5aa8-be42-313a360e0429', 32.916666666666664, '2026-11-25 17:38:55.411431+00', 9),
	(62, 'f7538e65-59ed-5259-a2a3-a10247bd2ef5', 22.25, '2026-11-25 17:38:55.411431+00', 9),
	(63, 'de016b32-de80-5522-96ca-69cca0d225a0', 5.066666666666666, '2026-11-25 17:38:55.411431+00', 9),
	(64, 'fddb64a4-b494-571c-b044-3552694d66d0', 8.1, '2026-11-25 17:38:55.411431+00', 9),
	(65, '7822b9d7-0b58-59e8-9971-4c3deaa7e164', 10.666666666666666, '2026-11-25 17:38:55.411431+00', 9),
	(66, 'd44ff1b4-9836-59c7-80cc-755845906088', 15.4, '2026-11-25 17:38:55.411431+00', 9),
	(67, '162d3e4b-5738-50f1-8059-f36cf9569199', 14.866666666666667, '2026-11-25 17:38:55.411431+00', 9),
	(68, 'd168f750-a32e-53cc-aa61-261329db2df3', 7.2, '2026-11-25 17:38:55.411431+00', 9),
	(69, '096cf3fa-63f2-5780-8a72-f4b1216fb84a', 3.7, '2026-11-25 17:38:55.411431+00', 9),
	(70, 'ab937a77-75dc-5ee9-9ef5-614f7f72e6dd', 11.75, '2026-11-25 17:38:55.411431+00', 9),
	(71, 'f4123b5e-a59a-5530-a52b-4e6e25c94b9d', 36.266666666666666, '2026-11-25 17:38:55.411431+00', 9),
	(72, 'c83de605-2acd-57c7-9bb3-7070b1e8f9c3', 45.38333333333333, '2026-11-25 17:38:55.411431+00', 9),
	(73, 'ee55c799-0f95-59c5-9374-cd22c727c5f4', 33.833333333333336, '2026-11-25 17:38:55.411431+00', 9),
	(74, 'eb377ecf-ba66-56f7-9612-35280c1cef21', 2, '2026-11-25 17:38:55.411431+00', 9),
	(75, '81b28933-afb8-582a-833a-019d28741722', 33.86666666666667, '2026-11-25 17:38:55.411431+00', 9),
	(76, '52e8eda8-23fa-5816-bf13-71fcf6524719', 19, '2026-11-25 17:38:55.411431+00', 9),
	(77, '7ffff00c-66f5-54cb-9cff-a482de155096', 8.816666666666666, '2026-11-25 17:38:55.411431+00', 9),
	(78, 'f9a35336-ca30-5d5c-967a-1e81de3e4aae', 22.483333333333334, '2026-11-25 17:38:55.411431+00', 9),
	(79, 'b86de486-e0ce-5cdf-83b9-9663294229a0', 14.6, '2026-11-25 17:38:55.411431+00', 9),
	(80, 'b497c258-0594-5f93-adcd-66180dd47705', 21.883333333333333, '2026-11-25 17:38:55.411431+00', 9),
	(81, 'f38a422d-a440-5c5a-bc58-e77813510236', 15.183333333333334, '2026-11-25 17:38:55.411431+00', 9),
	(82, '641a3a42-82a3-5746-a959-1ca939f257fc', 7, '2026-11-25 17:38:55.411431+00', 9),
	(83, 'b7858851-f443-5d8d-a090-c6cdcfd39ff3', 28.9, '2026-11-25 17:38:55.411431+00', 9),
	(84, 'e29b817c-c5bb-5797-b188-d93729d3370c', 2, '2026-11-25 17:38:55.411431+00', 9),
	(85, 'fd5a235d-032e-562c-b185-f9421e863324', 28.966666666666665, '2026-11-25 17:38:55.411431+00', 9),
	(86, '84497e36-bf59-575c-a17a-0487a525d5be', 25.266666666666666, '2026-11-25 17:38:55.411431+00', 9),
	(87, '48b66d07-c98f-5809-8f04-82395437f03d', 14.7, '2026-11-25 17:38:55.411431+00', 9),
	(88, 'ad4945bc-882a-59b8-9c78-58399ce8655d', 1.6833333333333333, '2026-11-25 17:39:15.681683+00', 12),
	(89, 'f75f14c5-203b-5861-a2a2-8f88f7d9290f', 5.466666666666667, '2026-11-25 17:39:15.681683+00', 12),
	(90, '9d54493f-bc3c-5b61-b17f-07e351c2a8c8', 23.216666666666665, '2026-11-25 17:39:15.681683+00', 12),
	(91, 'b7e19bc1-1e41-5807-a349-c6ace80cdf92', 36.05, '2026-11-25 17:39:15.681683+00', 12),
	(92, 'c76fffb2-9822-5c26-9379-42aca9b4bbc2', 25.283333333333335, '2026-11-25 17:39:15.681683+00', 12),
	(93, 'b950ecc9-b65d-5437-a40f-eded7717a459', 40.8, '2026-11-25 17:39:15.681683+00', 12),
	(94, '8650df49-986e-52cd-acdd-a1647b3ae6f0', 36.35, '2026-11-25 17:39:15.681683+00', 12),
	(95, '1107dc85-3888-547c-93f2-46fceed1f8f6', 7, '2026-11-25 17:39:15.681683+00', 12),
	(96, 'eb1a140e-b328-5a3a-a8c5-1bbdd047f4e0', 11, '2026-11-25 17:39:15.681683+00', 12),
	(97, 'cf7d8319-bfb4-5661-970c-0e160d2db0c9', 7.15, '2026-11-25 17:39:15.681683+00', 12),
	(98, '47fe78d7-44f4-5fd4-a28d-6aff6e4d150a', 36.61666666666667, '2026-11-25 17:39:15.681683+00', 12),
	(99, '3ed697b5-704d-5e88-9152-58381884cd74', 37.166666666666664, '2026-11-25 17:39:15.681683+00', 12),
	(100, '2b10cf03-3930-5fbb-bfbe-aa1aa8154d12', 39, '2026-11-25 17:39:15.681683+00', 12),
	(101, '0f6ea313-0d26-5bea-ad06-bf48ce760c56', 26.616666666666667, '2026-11-25 17:39:15.681683+00', 12),
	(102, 'bd920f84-147a-51ab-bf8f-9d4ff52ed133', 58.233333333333334, '2026-11-25 17:39:15.681683+00', 12),
	(103, 'efbe153f-0fc0-5573-b620-2727566173bf', 55, '2026-11-25 17:39:15.681683+00', 12),
	(104, '7a327976-69f4-55db-9920-488dd4e23a75', 50.68333333333333, '2026-11-25 17:39:15.681683+00', 12),
	(105, 'bb42d686-6f54-5dac-8fd0-acc42eb1480b', 8, '2026-11-25 17:39:15.681683+00', 12),
	(106, '33085a6d-5c03-5849-bdef-c5a32b06dc6b', 8, '2026-11-25 17:39:15.681683+00', 12),
	(107, '7f344eea-530c-5fc3-ae31-37fc188efd0c', 6.383333333333334, '2026-11-25 17:39:15.681683+00', 12),
	(108, '0b1ae44f-e2d4-5f1a-8f87-e7c48980606a', 4.016666666666667, '2026-11-25 17:39:15.681683+00', 12),
	(109, '14cd1390-59d2-56e5-bb22-173f08e31450', 7.75, '2026-11-25 17:39:15.681683+00', 12),
	(110, '2b053cf8-0a6e-59ef-a46e-ef14559fca7d', 11, '2026-11-25 17:39:15.681683+00', 12),
	(111, 'c543c038-b0f1-5455-92e8-a20734664cf0', 22.483333333333334, '2026-11-25 17:39:15.681683+00', 12),
	(112, '8b04a45a-fbc0-5dac-8611-cecf483f699a', 2.6166666666666667, '2026-11-25 17:39:15.681683+00', 12),
	(113, '15975910-aa3c-56e2-9ffb-ded25a470364', 10.866666666666667, '2026-11-25 17:43:13.069328+00', 14),
	(114, '21406608-b41c-56c1-9424-166ba5ab1f9f', 5.116666666666666, '2026-11-25 17:43:13.069328+00', 14),
	(115, '224fb075-1fe1-51a3-926e-9fe80c3b97e8', 11.383333333333333, '2026-11-25 17:43:13.069328+00', 14),
	(116, '2858d648-94c8-5b69-9877-856a155f13d2', 23.516666666666666, '2026-11-25 17:43:13.069328+00', 14),
	(117, '324f146f-bb8e-5cc9-bd43-d0a8a370f535', 23.166666666666668, '2026-11-25 17:43:13.069328+00', 14),
	(118, '47e5ace4-b3be-516c-a814-c9ac95adba9c', 3.3666666666666667, '2026-11-25 17:43:13.069328+00', 14),
	(119, '4a18d916-d2f6-536d-be7d-372767dc7115', 20.4, '2026-11-25 17:43:13.069328+00', 14),
	(120, '54ab7366-00fa-5594-84e7-7b507acf1043', 21, '2026-11-25 17:43:13.069328+00', 14),
	(121, '5cfb5b5a-4d79-56ec-b207-1de80fdebfdd', 22.7, '2026-11-25 17:43:13.069328+00', 14),
	(122, '6712501b-0854-5b85-8bbd-bdf0a6ccc015', 22, '2026-11-25 17:43:13.069328+00', 14),
	(123, '75231d30-5003-52d5-a827-9641d7f114a9', 52.43333333333333, '2026-11-25 17:43:13.069328+00', 14),
	(124, '7d33bb0b-413a-5775-aff9-91c815e2ed2c', 4, '2026-11-25 17:43:13.069328+00', 14),
	(125, '94d023cf-7016-5305-912a-1f3e586d5880', 40, '2026-11-25 17:43:13.069328+00', 14),
	(126, '9e749fcd-b94a-53eb-8e87-ef194aeb2011', 32.333333333333336, '2026-11-25 17:43:13.069328+00', 14),
	(127, 'a139024d-9c28-5ff8-a221-592645cc8a88', 8, '2026-11-25 17:43:13.069328+00', 14),
	(128, 'a499d052-9231-5b2c-bbe3-a63952fe6c4f', 2, '2026-11-25 17:43:13.069328+00', 14),
	(129, 'a51ccc25-d286-50a3-a829-1008526dec3d', 9, '2026-11-25 17:43:13.069328+00', 14),
	(130, 'a9480c84-8dfa-533b-8863-3d8a031fd62e', 3.2, '2026-11-25 17:43:13.069328+00', 14),
	(131, 'ca95c7ec-0beb-5121-984f-7203d4259bd4', 38, '2026-11-25 17:43:13.069328+00', 14),
	(132, 'd3893d84-d4e4-5b5f-abff-63c3d0878d38', 25, '2026-11-25 17:43:13.069328+00', 14),
	(133, 'ecb780bd-c359-5da9-acaa-3e7555a05bde', 15.45, '2026-11-25 17:43:13.069328+00', 14);

INSERT INTO raw.ride_predictions VALUES
	('b681179b-cc22-5ea3-843b-428076b4c3a2', NULL, 2, 1, 32, 28, '2026-11-16 14:00:18+00', 5, 5, 0.52, 4.7319381199414305, 2.1226651545154613, 13.170906231094001, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('bac87045-25fa-5987-af07-8cb182ce068a', NULL, 2, 1, NULL, 32, '2026-11-16 14:00:26+00', 47, 47, 17.61, 41.81214777925057, 28.919135118085016, 66.21607353856335, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('53d93ad8-0fdb-53c1-b5d4-44f3fc41f0d0', NULL, 2, 1, 28, 32, '2026-11-16 14:00:40+00', 8, 8, 1.8, 9.354942546590319, 5.212366897047358, 13.417447830594384, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('1122cf27-99ab-5fbb-bc26-231b37b23547', NULL, 2, 1, 3, 38, '2026-11-16 14:00:47+00', 33.5, 40.26, 12.59, 30.132582995016342, 19.708303603698745, 47.62832927865402, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('d4666ee3-989d-5b58-a52c-70b87c15d5f9', NULL, 2, 1, 32, 8, '2026-11-16 14:01:08+00', 6.25, 7.25, 1.08, 6.249775974855923, 2.045100305303695, 14.312678091789778, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('44cf81cf-652b-5e6a-bdb6-296e74e9aed7', NULL, 2, 1, 63, 16, '2026-11-16 14:00:59+00', 26.5, 26.5, 10.1, 30.645668484467407, 20.22138909314981, 48.14141476810509, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('3ddc9825-e02b-511b-ad42-fc45eb4cda2e', NULL, 2, 1, 6, 32, '2026-11-16 14:00:20+00', 17.25, 20.73, 5.67, 18.887463291196745, 10.234766840138523, 33.4491717129677, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('e258d87a-c136-565a-b397-63141e71e0b4', NULL, 2, 1, 56, 32, '2026-11-16 14:01:16+00', 79.75, 149.38, 13.86, 31.999296458069864, 21.575017066752267, 49.49504274170755, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('7edd8bbd-61ed-5797-918e-3ea4ee578a95', NULL, 2, 1, 32, 8, '2026-11-16 14:03:46+00', 9, 9, 1.9, 10.241281054534674, 5.063106800743641, 16.46413659071735, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('536b4c16-f69f-5320-9060-18abcb80f607', NULL, 2, 1, 6, 32, '2026-11-16 14:02:40+00', 21.5, 26.12, 6.01, 21.06145930274776, 12.408762851689538, 35.623167724518716, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('183dfdce-cebf-5ddc-a100-d0fc400010d6', NULL, 2, 1, 76, 76, '2026-11-16 14:02:10+00', 42.25, 46.25, 1, 8.825492972748561, 4.6829173232056, 12.887998256752624, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('7088f7dc-2fa1-59b6-9760-23c8cffc3b59', NULL, 2, 1, 8, 25, '2026-11-16 14:03:05+00', 21.75, 26.76, 7.26, 24.927202579302097, 15.487515165117685, 40.51388660417361, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('1f041e31-1e22-5300-80f4-446f411163ca', NULL, 2, 1, 6, 77, '2026-11-16 14:02:25+00', 147.25, 226.36, 5.7, 17.40622756210417, 8.753531111045948, 31.967935983875122, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('770e3952-4614-51a5-b5d0-1b1e0d2040dc', NULL, 2, 1, 8, 32, '2026-11-16 14:02:17+00', 9, 9, 1.81, 9.46731557300724, 5.324739923464278, 13.529820857011302, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('62f8e88f-4ba7-5092-afdb-464b73f4e393', NULL, 2, 1, 33, 3, '2026-11-16 14:02:01+00', 27, 33.82, 9.5, 25.37743350818476, 15.93774609400035, 40.964117533056275, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('e03b9f61-995d-5250-8b4d-1a164faf99f0', NULL, 2, 1, 32, 28, '2026-11-16 14:02:05+00', 5.75, 5.75, 0.87, 6.057950491417887, 3.4486775259919176, 14.496918602570457, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('c2afbacc-d740-5451-95cf-93f0927bbe4b', NULL, 2, 1, 61, 32, '2026-11-16 14:02:26+00', 31.75, 31.75, 9.61, 27.58895094894345, 16.271421519627687, 42.0863544662051, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('b70f6c03-7559-5201-9fe3-a34e39a7d404', NULL, 2, 1, 32, 8, '2026-11-16 14:02:48+00', 8.25, 8.25, 1.7, 8.679415355560971, 4.53683970601801, 12.741920639565034, 1, 'simulator', '2026-11-25 17:37:20.665131+00', NULL, NULL, NULL, NULL, NULL),
	('46e225f4-4649-5a35-be05-da9f6ad5a59f', 'd99cd3ef85673c022d5226f7455cad483a7db75d', 3, 2, 8, 28, '2026-11-16 17:45:00+00', 5.5, 5.5, 0.97, 6.82600452749104, 2.6213288579388125, 14.888906644424896, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('f4eef07f-a797-53d3-bb15-c5b186e4eb66', 'b06c645004519129998af2703195cd8d1d442e69', 3, 2, 7, 8, '2026-11-16 19:45:00+00', 8, 9.4, 1.67, 9.102388751102788, 4.959813101559827, 13.164894035106851, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('835e126e-1d6e-5fad-9d8c-b4cc770c3ce7', 'be38b57b564d6a45ddda0b23333b1b78b760cf7a', 3, 2, NULL, 8, '2026-11-16 16:30:00+00', 44.25, 44.25, 16.6, 29.807316183985982, 19.383036792668385, 47.30306246762366, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('bbd2a309-9c69-57a3-a3e0-34e9dac42bde', '3391536ed2658e780fb91142a261f5adfcc87edf', 3, 2, 28, 73, '2026-11-16 19:15:00+00', 31.25, 31.25, 12.2, 25.501324687395115, 16.061637273210703, 41.08800871226663, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('d78ece28-0a6e-58a6-960f-9264df53d3ab', 'd98b77395e037dde2553ab139f8c5c70de998cf5', 3, 2, 8, 32, '2026-11-16 16:15:00+00', 7, 12, 1.42, 8.408558356975053, 4.265982707432092, 12.471063640979118, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('a9039f04-66b5-5b9a-9d5e-edc50fc61aca', 'bf2d6f7f2b4f5b73cc147da029f3ba231c46897c', 3, 2, 32, 32, '2026-11-16 19:15:00+00', 7, 8.08, 1.4, 8.348323980884954, 4.205748331341993, 12.410829264889017, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('e615131a-5a2d-5e36-a8d0-ed02044d10fc', '237b6635d83a36f50b20589dbfa04f2732567ece', 3, 2, 4, 28, '2026-11-16 17:00:00+00', 29.75, 36.05, 11.59, 26.601232185604587, 15.283702756288825, 41.09863570286624, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('e3276880-29aa-563f-8a5a-6516d36b663c', 'f862150b76908ababae88256c435445b64b0af9f', 3, 2, 32, 8, '2026-11-16 16:30:00+00', 6.5, 7.81, 0.9, 6.117254482588655, 3.507981517162686, 14.556222593741225, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('90fd1998-2b8a-5072-82e1-db25b89dcf6e', '62719e21f13fa628e88132a88ae6782f7676ad29', 3, 2, 56, 28, '2026-11-16 19:15:00+00', 36.75, 40.75, 13.83, 25.912782981637612, 14.59525355232185, 40.410186498899265, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('70e74b93-98e1-5cf9-bbba-d01b331f92c8', '10bbc66469c0fed1411820b93ca0825aa1978ad0', 3, 2, NULL, 38, '2026-11-16 17:30:00+00', 23.5, 29.56, 0.5, 7.136547414392324, 2.9318717448400964, 15.19944953132618, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('be644cc3-4522-5a2e-9de1-567239a8db5c', '2c30b998455fcb26b48f5b282a46f2cb00edf323', 3, 2, 76, NULL, '2026-11-16 19:45:00+00', 25, 34.85, 9.5, 24.24190978247144, 14.802222368287026, 39.828593807342955, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('75bf6586-1686-57b8-88bc-7aec8ec668d5', '70c1b8eb708a4effa78381783fa4be6a310dbde9', 3, 2, NULL, NULL, '2026-11-16 16:45:00+00', 12.25, 12.25, 3.15, 12.434949837836168, 7.256775584045134, 18.657805374018842, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('f96ce8ba-01ac-555c-a282-4a36c858cd75', '2a157fd68ca9676cb6ebfba253b499444598ca30', 3, 2, 32, 8, '2026-11-16 16:15:00+00', 9.25, 10.84, 2.42, 11.52289866190695, 6.344724408115916, 17.745754198089625, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('d370b872-40b3-5475-85e4-01a6a00948c3', '33eee9cdfc85876b963b30a6a6f6c9558464d09e', 3, 2, 24, 10, '2026-11-16 18:15:00+00', 28.25, 28.25, 10.73, 27.191014550592634, 15.873485121276872, 41.688418067854286, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('0469b073-497e-53c5-a0d3-e7dbf10f66f2', 'bdb0d278b28c04b819a8cf7fce849686fd4758d7', 3, 2, NULL, NULL, '2026-11-16 17:15:00+00', 5.25, 5.25, 0.75, 6.737915777289222, 2.5332401077369946, 14.800817894223078, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('246b6853-b41d-5c7d-aebc-345256e64356', '155788d54a4dbf24838f903bac549a3dfc500956', 3, 2, 22, 24, '2026-11-16 19:45:00+00', 7.75, 8.82, 1.54, 9.576833958156918, 5.434258308613956, 13.639339242160982, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('3d8d2db6-572e-5295-8952-ad6f1f385416', '9c29382419c2ec6536a7bc49cd26ca64f7b7de96', 3, 2, 3, 24, '2026-11-16 19:45:00+00', 17.25, 22.2, 4.76, 17.608060943907105, 8.955364492848883, 32.16976936567806, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('c59280fb-a2c8-5123-8b70-98392c1af162', '3a0e134d51d10632e67a54607a651430f10e831c', 3, 2, 28, 8, '2026-11-16 17:30:00+00', 6.75, 6.75, 0.97, 7.941055648490219, 3.7984799989472577, 12.003560932494283, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('b9e1188f-51bf-5486-8965-d498e2856056', 'd9b0dd324c9043f8327acdfd8259de9d4fd05a58', 3, 2, 28, 35, '2026-11-16 18:30:00+00', 17.5, 26.69, 5.7, 17.718468418815846, 9.065771967757623, 32.2801768405868, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('fe72cce0-8da2-5b05-8e17-4373d6b3ee01', 'c27116b213854d6953197b51a8c144785f969408', 3, 2, 41, 41, '2026-11-16 17:45:00+00', 6.75, 8.6, 1.1, 8.097229922037785, 3.9546542724948237, 12.159735206041848, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('b663ae6f-0e6c-5ba8-b0db-eaff47166954', '4a938329394b44b966f3ab715022d933975c2eff', 3, 2, NULL, NULL, '2026-11-16 19:00:00+00', 6, 6, 0.95, 6.694041949950561, 2.4893662803983334, 14.756944066884417, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('3ca6161e-d7de-522a-af72-16d30a06905c', 'e2b0b218f05f5bf7c94b90387dfe4b26865df8b3', 3, 2, 6, 6, '2026-11-16 16:00:00+00', 6.25, 16.84, 0.71, 6.029448551844393, 3.4201755864184236, 14.468416662996963, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('370120c6-999c-52e6-831f-87f8d3b1904d', '19b6381576703c06b7e063abf1d34c5c9ea35dd9', 3, 2, 32, 76, '2026-11-16 18:45:00+00', 42, 51.39, 16.91, 31.533421699602854, 21.109142308285257, 49.02916798324054, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('9901495f-8779-557f-b78b-2b379dcccc5b', 'dea8c0335243b82f5cfcefc6a9f6a4a189b74b02', 3, 2, 8, 28, '2026-11-16 19:45:00+00', 8.75, 8.75, 1.9, 12.022864907207936, 6.844690653416902, 18.24572044339061, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('233a3dba-3ad2-52b6-9b14-7e4b393409fa', '21bd1cbd8c1f20f6190e494df7015516ae6f9ba5', 3, 2, 6, 8, '2026-11-16 16:30:00+00', 13.25, 17.14, 3.91, 16.085743287162906, 9.944143975028876, 30.54578191371735, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('589d7868-a446-50d1-9a22-53393e5a0e06', '9030e874eb00fc5aab380293bf81a561cc812f3f', 3, 2, 8, 8, '2026-11-16 17:30:00+00', 4.75, 5.75, 0.48, 4.6547968673361115, 2.0455239019101423, 13.093764978488682, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('3b1d8a65-7f27-513f-afd3-c6534a3c0cb7', 'a55bffabeaf620853df8cba35a1cfb027aaf45ac', 3, 2, 28, 7, '2026-11-16 17:00:00+00', 15, 15, 4.76, 18.4844749465597, 9.831778495501478, 33.04618336833065, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('9d3d8e83-4690-56d4-95b8-fa8c56fa96b7', '6b4ee5e640dc2ed762c7ae9cbe44dbdcba9dcaf6', 3, 2, 8, 28, '2026-11-16 18:00:00+00', 8.25, 8.25, 1.7, 9.37614318898678, 5.233567539443819, 13.438648472990845, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('2aa0960c-c627-50bb-97ca-4d9f1b221a46', 'b7e91ad5f2af536b6097194d9c448aea9cebc2ba', 3, 2, 71, 73, '2026-11-16 16:00:00+00', 11, 13.37, 3.2, 12.105230096496825, 6.9270558427057916, 18.3280856326795, 1, 'city', '2026-11-25 17:37:25.004822+00', NULL, NULL, NULL, NULL, NULL),
	('295d8ea3-95f2-5d8a-8884-f4fcd75c206c', NULL, 4, 3, NULL, 8, '2026-11-17 15:01:46+00', 5.25, 7.73, 0.54, 11.007942380917122, 5.829768127126088, 17.230797917099796, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('a2fa5305-e09c-5930-843e-afe4638eef0d', NULL, 4, 3, 2, 8, '2026-11-17 15:01:17+00', 21.75, 21.75, 6.74, 24.949364786429307, 15.509677372244894, 40.536048811300816, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('bfbad2e6-8525-50a0-8a7b-8cacde8d1eb2', NULL, 4, 3, 32, 77, '2026-11-17 15:00:41+00', 30, 31, 11.5, 26.952829284175195, 15.635299854859433, 41.45023280143685, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('e6ecd0ff-b767-563d-8e5f-13a3ba2ad0fa', NULL, 4, 3, NULL, 32, '2026-11-17 15:00:26+00', 17, 17, 4.91, 16.651437879875132, 7.99874142881691, 31.213146301646084, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('5f7976fa-dc10-5bd4-9409-96dd41765a1c', NULL, 4, 3, 8, 4, '2026-11-17 15:01:32+00', 16.5, 19.85, 5.1, 17.369358777331087, 8.716662326272864, 31.93106719910204, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('caa7cea2-cc01-561d-9f21-c253854433db', NULL, 4, 3, 32, 32, '2026-11-17 15:00:11+00', 4.25, 4.25, 0.39, 5.368990576675228, 2.7597176112492585, 13.8079586878278, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('eda8e8da-c112-564c-a7a2-a4337961f92f', NULL, 4, 3, 7, 32, '2026-11-17 15:01:46+00', 14.5, 18.16, 3.6, 16.328941354331388, 10.187342042197358, 30.78897998088583, 1, 'simulator', '2026-11-25 17:37:39.943311+00', NULL, NULL, NULL, NULL, NULL),
	('c76fffb2-9822-5c26-9379-42aca9b4bbc2', NULL, 7, 5, 28, 6, '2026-11-18 16:00:44+00', 18.25, 18.25, 5.38, 15.16873774994642, 7.942956099352406, 27.097989378820465, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('b950ecc9-b65d-5437-a40f-eded7717a459', NULL, 7, 5, 8, 6, '2026-11-18 16:01:34+00', 20.5, 29.55, 3.92, 12.105990558981636, 6.010137992731463, 24.602717292255342, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('f75f14c5-203b-5861-a2a2-8f88f7d9290f', NULL, 7, 5, 28, 8, '2026-11-18 16:00:22+00', 6.25, 7.88, 1.01, 6.8516887042182155, 2.0680005665773953, 11.523784486674916, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('9d54493f-bc3c-5b61-b17f-07e351c2a8c8', NULL, 7, 5, 76, 8, '2026-11-18 16:01:30+00', 41.25, 59.24, 16.79, 30.85504636027645, 20.254115653882746, 45.479759059083484, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('b7e19bc1-1e41-5807-a349-c6ace80cdf92', NULL, 7, 5, 32, 32, '2026-11-18 16:01:00+00', 33.75, 33.75, 12.41, 28.299959599109748, 17.85268801778495, 45.34456588041566, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('ad4945bc-882a-59b8-9c78-58399ce8655d', NULL, 7, 5, 32, 32, '2026-11-18 16:00:14+00', 4, 4, 0.23, 5.495648006023693, 2.009489085772366, 22.166425530417527, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('8650df49-986e-52cd-acdd-a1647b3ae6f0', NULL, 7, 5, 28, 76, '2026-11-18 16:01:29+00', 43.25, 47.11, 16.68, 30.627900969732615, 20.02697026333891, 45.25261366853965, 3, 'simulator', '2026-11-25 17:38:10.648614+00', NULL, NULL, NULL, NULL, NULL),
	('cf7d8319-bfb4-5661-970c-0e160d2db0c9', NULL, 9, 7, 32, 8, '2026-11-20 23:01:23+00', 8, 8, 1.8, 10.794513797543267, 4.6986612312930935, 23.291240530816975, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('0f6ea313-0d26-5bea-ad06-bf48ce760c56', NULL, 9, 7, 8, 28, '2026-11-20 23:01:28+00', 17, 17, 5.02, 21.69815667667679, 12.82357795457468, 33.662293928390554, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('bd920f84-147a-51ab-bf8f-9d4ff52ed133', NULL, 9, 7, 76, NULL, '2026-11-20 23:01:28+00', 55, 60.5, 21.62, 43.02337069515511, 30.204068373278844, 67.5526326108741, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('1107dc85-3888-547c-93f2-46fceed1f8f6', NULL, 9, 7, 32, 8, '2026-11-20 23:01:46+00', 6.75, 7.86, 0.8, 5.371757748362301, 1.885598828110974, 22.042535272756133, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('eb1a140e-b328-5a3a-a8c5-1bbdd047f4e0', NULL, 9, 7, 32, 8, '2026-11-20 23:01:04+00', 8.5, 9.83, 1.4, 9.947222913833507, 5.577496958600987, 22.63910939440199, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('47fe78d7-44f4-5fd4-a28d-6aff6e4d150a', NULL, 9, 7, 56, 43, '2026-11-20 23:01:41+00', 29.75, 45.55, 10.73, 31.840111574412482, 21.239180868018778, 46.46482427321952, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('7a327976-69f4-55db-9920-488dd4e23a75', NULL, 9, 7, NULL, 77, '2026-11-20 23:01:35+00', 27, 27, 6.38, 26.13165566930968, 15.68438408798488, 43.1762619506156, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('3ed697b5-704d-5e88-9152-58381884cd74', NULL, 9, 7, 27, 32, '2026-11-20 23:00:24+00', 33, 33, 11.3, 32.03437998232465, 21.433449275930947, 46.65909268113169, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('efbe153f-0fc0-5573-b620-2727566173bf', NULL, 9, 7, 32, 76, '2026-11-20 23:00:28+00', 50, 50, 18.5, 42.59949102705011, 29.780188705173842, 67.1287529427691, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('2b10cf03-3930-5fbb-bfbe-aa1aa8154d12', NULL, 9, 7, 8, 8, '2026-11-20 23:01:24+00', 25.5, 25.5, 7.7, 26.976388970809154, 16.529117389484355, 44.02099525211507, 3, 'simulator', '2026-11-25 17:38:27.491351+00', NULL, NULL, NULL, NULL, NULL),
	('7f344eea-530c-5fc3-ae31-37fc188efd0c', NULL, 10, 8, 28, 32, '2026-11-21 18:01:53+00', 6.5, 6.5, 1.09, 5.995726542029396, 3.3864535766034267, 14.434694653181968, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('2b053cf8-0a6e-59ef-a46e-ef14559fca7d', NULL, 10, 8, 8, 8, '2026-11-21 18:01:35+00', 7.5, 9.19, 1.5, 9.090080149149879, 4.947504499606917, 13.152585433153941, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('bb42d686-6f54-5dac-8fd0-acc42eb1480b', NULL, 10, 8, 28, 24, '2026-11-21 18:00:35+00', 7.25, 9.54, 1.4, 8.118811717849933, 3.9762360683069717, 12.181317001853998, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('14cd1390-59d2-56e5-bb22-173f08e31450', NULL, 10, 8, 7, 5, '2026-11-21 18:00:41+00', 8.25, 13.94, 1.88, 10.450741198034208, 5.272566944243175, 16.673596734216883, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('0b1ae44f-e2d4-5f1a-8f87-e7c48980606a', NULL, 10, 8, 8, 8, '2026-11-21 18:03:25+00', 5, 6, 0.45, 3.901776609095717, 1.2925036436697477, 12.340744720248289, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('8b04a45a-fbc0-5dac-8611-cecf483f699a', NULL, 10, 8, 8, 8, '2026-11-21 18:02:02+00', 4.25, 4.25, 0.27, 3.2255552595704233, 0.6162822941444541, 11.664523370722994, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('33085a6d-5c03-5849-bdef-c5a32b06dc6b', NULL, 10, 8, 32, 8, '2026-11-21 18:02:10+00', 8, 9.76, 1.7, 9.232044894944465, 5.089469245401504, 13.29455017894853, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('c543c038-b0f1-5455-92e8-a20734664cf0', NULL, 10, 8, 42, 28, '2026-11-21 18:03:19+00', 28, 28, 10.56, 27.52354812580967, 16.206018696493906, 42.02095164307132, 1, 'simulator', '2026-11-25 17:38:49.759122+00', NULL, NULL, NULL, NULL, NULL),
	('33cd8230-8126-5241-9e7a-0b1818613072', 'b6c03ddcaac7041bb975df074d53e62fc87b8a9a', 11, 9, 8, 8, '2026-11-22 20:45:00+00', 6.75, 7.52, 1.14, 7.020856414835898, 2.8161807452836705, 15.083758531769753, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('4923c66d-7364-5a2b-8e47-d39648895229', '32823f83c47a3eee0af679bcf8c2f453c0f74aca', 11, 9, 3, 3, '2026-11-22 21:45:00+00', 6.25, 7.48, 1.2, 8.007122492938691, 3.86454684339573, 12.069627776942756, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('5e8b2fe9-e370-5aa8-be42-313a360e0429', '24535340d3f2a933fbd8870fe9f21bf658a6c074', 11, 9, 28, NULL, '2026-11-22 19:45:00+00', 37.75, 45.6, 14.49, 26.950555636474174, 15.633026207158412, 41.44795915373582, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('f7538e65-59ed-5259-a2a3-a10247bd2ef5', '022d8c4ccf5b22aebfdd950674764edf685b0db6', 11, 9, 32, 6, '2026-11-22 21:15:00+00', 20.25, 20.25, 6.55, 23.746583769038217, 14.306896354853805, 39.33326779390973, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('de016b32-de80-5522-96ca-69cca0d225a0', '90155cc5addaf973e486366897b2f924e345a4df', 11, 9, 28, 28, '2026-11-22 18:45:00+00', 6, 6, 1, 6.197170898547069, 1.9924952289948408, 14.260073015480923, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('fddb64a4-b494-571c-b044-3552694d66d0', '40ca97d64e2db22fe13545f73729d3c596ce1d14', 11, 9, 8, 8, '2026-11-22 19:30:00+00', 16.25, 16.25, 1.92, 10.705436214205722, 5.527261960414688, 16.928291750388397, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('7822b9d7-0b58-59e8-9971-4c3deaa7e164', '475dc2b2864d20be88cd75d97a392154e2ba2f5a', 11, 9, 32, 8, '2026-11-22 20:15:00+00', 7.75, 9.29, 1.47, 8.738752934860734, 4.596177285317773, 12.801258218864799, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('d44ff1b4-9836-59c7-80cc-755845906088', '6b08638705918cc30788d1b16ed3e2af73a79643', 11, 9, 22, 77, '2026-11-22 20:45:00+00', 16.5, 16.5, 5.28, 18.470920130390397, 9.818223679332174, 33.03262855216135, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('162d3e4b-5738-50f1-8059-f36cf9569199', '26abd11f64e5ed35f5778031362b9ead14355b7a', 11, 9, 8, 23, '2026-11-22 19:30:00+00', 23.25, 27.95, 8.68, 24.293114672957767, 14.853427258773355, 39.87979869782928, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('d168f750-a32e-53cc-aa61-261329db2df3', '12274206fee09924aa5f54f8e55d0574658ac978', 11, 9, 53, 54, '2026-11-22 20:00:00+00', 9.75, 9.75, 2.64, 11.15741214903128, 5.979237895240247, 17.380267685213955, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('096cf3fa-63f2-5780-8a72-f4b1216fb84a', '67400daac151fbd234fa4183b7058c0629d1eca4', 11, 9, 32, 28, '2026-11-22 20:15:00+00', 5.25, 7.6, 0.71, 4.778926339979744, 2.169653374553775, 13.217894451132315, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('ab937a77-75dc-5ee9-9ef5-614f7f72e6dd', '3d57ae1d10880bec03d72964a6e0b5455197b14c', 11, 9, 32, 8, '2026-11-22 18:00:00+00', 9, 11.07, 1.85, 9.648294087898533, 5.505718438355571, 13.710799371902596, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('f4123b5e-a59a-5530-a52b-4e6e25c94b9d', 'ff504549d985121da69f3a7c554b597a245bf261', 11, 9, 46, 77, '2026-11-22 18:00:00+00', 50.75, 50.75, 20.27, 35.50818228256924, 22.61516962140368, 59.91210804188201, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('c83de605-2acd-57c7-9bb3-7070b1e8f9c3', '822828ebd998709a6eae0fa976c73dc8744551c1', 11, 9, 76, 32, '2026-11-22 21:15:00+00', 47.75, 62.83, 18, 41.34768665783605, 28.454673996670493, 65.75161241714882, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('ee55c799-0f95-59c5-9374-cd22c727c5f4', 'a5574386afe4e93bc4451df14a9fd656cfe49d44', 11, 9, 8, 42, '2026-11-22 19:15:00+00', 27.5, 34.44, 9.74, 24.122883421520605, 14.683196007336193, 39.709567446392114, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('eb377ecf-ba66-56f7-9612-35280c1cef21', 'a6b1305664a07cb6992e3cf39092bf58c7e4327f', 11, 9, 28, 8, '2026-11-22 19:45:00+00', 4.25, 4.88, 0.3, 6.602272183827116, 2.3975965142748885, 14.665174300760972, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('81b28933-afb8-582a-833a-019d28741722', 'e7d00c8ee92eb2b0a6e15b6aa98f58bafebccf3f', 11, 9, 76, 32, '2026-11-22 20:00:00+00', 45.75, 50.25, 18.24, 34.801572484324424, 21.908559823158868, 59.205498243637194, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('52e8eda8-23fa-5816-bf13-71fcf6524719', '0c2e1a72aa066c8a2711dc3f4b87dfdad4229efb', 11, 9, 2, 4, '2026-11-22 19:00:00+00', 15.75, 15.75, 0.2, 7.63257738259127, 3.4279017130390423, 15.695479499525126, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('7ffff00c-66f5-54cb-9cff-a482de155096', '205bb251adaeb8788c4c512db89e62dfd30adcd2', 11, 9, 8, 8, '2026-11-22 21:45:00+00', 7.25, 8.76, 1.21, 7.200410184166084, 2.995734514613856, 15.26331230109994, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('f9a35336-ca30-5d5c-967a-1e81de3e4aae', 'f32605266de0e9969cd584a782dc07bb581dbd8c', 11, 9, 3, 8, '2026-11-22 19:45:00+00', 27.25, 27.25, 9.57, 28.01288429710939, 16.69535486779363, 42.51028781437104, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('b86de486-e0ce-5cdf-83b9-9663294229a0', '9e325debbfe0daf4bde6d7fed13b6ff6b4c451d8', 11, 9, 8, 8, '2026-11-22 19:00:00+00', 9, 9, 1.23, 8.119734435814754, 3.9771587862717928, 12.182239719818817, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('b497c258-0594-5f93-adcd-66180dd47705', 'cf31735946bb47a6dc5347d04a41588aa99ea7fc', 11, 9, 77, 33, '2026-11-22 20:15:00+00', 34, 34, 13.38, 28.672265199062792, 17.35473576974703, 43.169668716324445, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('f38a422d-a440-5c5a-bc58-e77813510236', '8552ee86bf96e994a397132201f6d00129bc51bf', 11, 9, NULL, 43, '2026-11-22 18:45:00+00', 12.25, 12.25, 3.33, 14.127092348770873, 7.985493036636842, 28.587130975325316, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('641a3a42-82a3-5746-a959-1ca939f257fc', '90d8daaf441925765396ee8bec1044c1ab75b2cd', 11, 9, 32, 8, '2026-11-22 21:45:00+00', 6.75, 6.75, 1, 6.453209752174613, 2.2485340826223847, 14.516111869108467, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('b7858851-f443-5d8d-a090-c6cdcfd39ff3', '614582806b36dcc982dd9c898ae0d573263ebfee', 11, 9, 76, NULL, '2026-11-22 21:45:00+00', 35.75, 49.59, 13.88, 27.01707812805305, 15.699548698737289, 41.5144816453147, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('e29b817c-c5bb-5797-b188-d93729d3370c', '614a2fa0f66bf429d179da31f1d4649277465444', 11, 9, 28, 32, '2026-11-22 18:30:00+00', 3.75, 4.99, 0.1, 6.069675834242803, 3.460402868816834, 14.508643945395374, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('fd5a235d-032e-562c-b185-f9421e863324', '7813ff6fd0be609a80a8b9d16c2ef51f91371411', 11, 9, 37, 50, '2026-11-22 20:30:00+00', 24, 30.19, 8.39, 26.609322281259725, 15.291792851943963, 41.106725798521374, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('84497e36-bf59-575c-a17a-0487a525d5be', '1ee33c0ad0a980379109a68c7b3ac2af19999d07', 11, 9, 1, NULL, '2026-11-22 18:45:00+00', 11.25, 14.7, 1.76, 14.532103312732424, 8.390504000598394, 28.992141939286867, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('48b66d07-c98f-5809-8f04-82395437f03d', '201d44e3af5763d0a90116a006c93aa8bbbef6fa', 11, 9, 32, 28, '2026-11-22 18:00:00+00', 10.5, 13.85, 1.92, 9.833211769693552, 5.69063612015059, 13.895717053697616, 1, 'city', '2026-11-25 17:38:55.411431+00', NULL, NULL, NULL, NULL, NULL),
	('97bcfc66-3796-5511-b69b-b92a85a98396', NULL, 14, 11, 76, 8, '2026-11-25 17:34:51+00', 44.75, 48.75, 17.8, 33.03279046214219, 22.60851107082459, 50.528536745779874, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('a0962655-9f26-5cbb-a939-4297db838db3', NULL, 14, 11, 32, 32, '2026-11-25 17:35:20+00', 5, 6.03, 0.7, 5.384913334885933, 2.775640369459964, 13.823881446038504, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('db343ff7-16b9-5546-b40a-37b484eff70a', NULL, 14, 11, 41, 32, '2026-11-25 17:35:23+00', 20.5, 23.74, 7.11, 23.523242873450126, 14.083555459265714, 39.10992689832164, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('954e85e2-eaaa-527e-b41e-e892321642c2', NULL, 14, 11, 3, 6, '2026-11-25 17:34:27+00', 7.75, 8.99, 1.55, 9.020147548882953, 4.8775718993399915, 13.082652832887018, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('f4c1ccec-0d14-5c76-9195-c56dccdcd4ed', NULL, 14, 11, NULL, 22, '2026-11-25 17:35:37+00', 41.5, 41.5, 16.41, 29.882966382633015, 19.458686991315417, 47.3787126662707, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('6fb790b5-d89f-59f4-af05-8bc19d8dd141', NULL, 14, 11, 8, 32, '2026-11-25 17:34:55+00', 25.5, 25.5, 1.44, 8.678543870169861, 4.535968220626899, 12.741049154173925, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('84745549-722f-5c79-9f6f-f3198fce0a1f', NULL, 14, 11, NULL, NULL, '2026-11-25 17:35:51+00', 45.5, 45.5, 18.48, 30.635781391407377, 20.21150200008978, 48.131527675045064, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('cdd9c10a-d750-5320-bd85-6368063aa719', NULL, 14, 11, 8, 28, '2026-11-25 17:34:20+00', 8.25, 8.25, 2.02, 11.119684139730904, 5.94150988593987, 17.342539675913578, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('0b776265-bdb0-50df-bc93-371383c361ce', NULL, 14, 11, 28, 28, '2026-11-25 17:34:08+00', 13.5, 16.07, 4.13, 17.24759529127236, 8.594898840214139, 31.809303713043313, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('5896c9b9-e043-51f5-845a-ec1f96812eb4', NULL, 14, 11, 8, 8, '2026-11-25 17:37:18+00', 6, 6, 0.8, 5.774913919694806, 3.165640954268837, 14.213882030847376, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('d512e1d7-f6bb-5c09-bac8-0e0202ab22f7', NULL, 14, 11, 76, 31, '2026-11-25 17:36:54+00', 47.25, 61.64, 19.06, 35.861376599286515, 22.96836393812096, 60.265302358599286, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('a0024ba8-a9af-5fd5-bb64-c0099bef248e', NULL, 14, 11, 33, NULL, '2026-11-25 17:37:35+00', 30.25, 38.7, 10.95, 25.428947887321637, 15.989260473137225, 41.01563191219315, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('13d3fee7-e774-5cf9-88a0-77dc00097c28', NULL, 14, 11, 32, 23, '2026-11-25 17:37:05+00', 24.5, 30.35, 9.2, 25.397236137843073, 15.957548723658661, 40.98392016271458, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('847ac5bb-b9c7-50c6-a41a-12dd84bceddc', NULL, 14, 11, 36, 6, '2026-11-25 17:37:34+00', 30, 34.2, 11.37, 26.454483439774165, 15.136954010458403, 40.95188695703582, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('efaab96a-ba5c-533a-8dd4-de93f477a149', NULL, 14, 11, 28, 33, '2026-11-25 17:36:40+00', 8.25, 10.15, 0.1, 9.392453131893664, 5.249877482350702, 13.454958415897728, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('0dcd6b12-c214-5969-8eae-517e014f6667', NULL, 14, 11, 67, 32, '2026-11-25 17:36:56+00', 27.75, 27.75, 9.86, 26.769292309993578, 15.451762880677816, 41.26669582725523, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('5a967c8e-459c-561b-ba89-2f1d63d283f5', NULL, 14, 11, 32, 32, '2026-11-25 17:37:29+00', 8, 8, 0.8, 5.934192290445502, 3.3249193250195326, 14.373160401598073, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('14ea87aa-9b8b-5cb3-b248-dbfb29adfd8f', NULL, 14, 11, 28, 25, '2026-11-25 17:37:08+00', 23.25, 23.25, 8.19, 23.095392890745693, 13.65570547656128, 38.6820769156172, 1, 'simulator', '2026-11-25 17:39:14.408999+00', NULL, NULL, NULL, NULL, NULL),
	('15975910-aa3c-56e2-9ffb-ded25a470364', 'a842cf923e2182a929388bb5752859f3732c45d0', 18, 14, 32, 8, '2026-11-20 23:45:00+00', 8, 8, 1.57, 9.846603590217557, 5.149548899495997, 14.512034941937419, 19, 'city', '2026-11-25 17:43:13.069328+00', 2.3774321236184925, 1, 1, 5.149548899495997, 14.512034941937419),
	('21406608-b41c-56c1-9424-166ba5ab1f9f', 'a26fb01560a3f7815467ea156a16fffa98afc968', 18, 14, 50, 49, '2026-11-20 22:15:00+00', 5.75, 7.25, 0.75, 6.1705542417593335, 3.31868749864643, 10.441878314573529, 19, 'city', '2026-11-25 17:43:13.069328+00', 1.847940540511701, 1, 1, 3.31868749864643, 10.441878314573529),
	('224fb075-1fe1-51a3-926e-9fe80c3b97e8', '597f6e8bd49aa5731f974b234794b439469ab2bb', 18, 14, 8, 28, '2026-11-20 23:45:00+00', 10, 10, 1.61, 10.215848752008986, 5.5187940612874264, 14.881280103728848, 19, 'city', '2026-11-25 17:43:13.069328+00', 2.484903363468225, 1, 1, 5.5187940612874264, 14.881280103728848),
	('2858d648-94c8-5b69-9877-856a155f13d2', '31b8232cf69a60c41dfe338c2ff3a0a12aa73159', 18, 14, 76, 8, '2026-11-21 03:15:00+00', 44, 59.5, 17.56, 27.22156975681055, 18.907955827272982, 42.673263991917516, 19, 'city', '2026-11-25 17:43:13.069328+00', 5.88327538701274, 1, 1, 18.907955827272982, 42.673263991917516),
	('324f146f-bb8e-5cc9-bd43-d0a8a370f535', 'bae901184d1f8b1d2b805dc9030ae7195475ebd1', 18, 14, 7, 76, '2026-11-20 11:15:00+00', 35.25, 35.25, 13.58, 27.81661315333944, 19.502999223801872, 43.2683073884464, 19, 'city', '2026-11-25 17:43:13.069328+00', 5.9031800590704, 1, 1, 19.502999223801872, 43.2683073884464),
	('47e5ace4-b3be-516c-a814-c9ac95adba9c', 'e55cc8cf057bc25cfa743f39ae67e9d557411e20', 18, 14, 32, 32, '2026-11-20 12:00:00+00', 6, 7.21, 1, 5.915868784372327, 3.0640020412594233, 10.187192857186522, 19, 'city', '2026-11-25 17:43:13.069328+00', 1.8097417703860303, 1, 1, 3.0640020412594233, 10.187192857186522),
	('4a18d916-d2f6-536d-be7d-372767dc7115', 'f69153b463cf7c2374befde706a7df52bfc35914', 18, 14, 28, 8, '2026-11-20 15:45:00+00', 15.75, 15.75, 1.18, 7.013943517891901, 3.3736537712170964, 11.095812887044868, 19, 'city', '2026-11-25 17:43:13.069328+00', 2.0106463378970436, 1, 1, 3.3736537712170964, 11.095812887044868),
	('54ab7366-00fa-5594-84e7-7b507acf1043', '53383bd6b9fa954f3eb1837ce141d9726bda0563', 18, 14, 28, 6, '2026-11-20 21:45:00+00', 15.75, 19.99, 0.3, 18.045670116368495, 9.238920523393064, 31.821362986393943, 19, 'city', '2026-11-25 17:43:13.069328+00', 5.81221692591937, 1, 1, 9.238920523393064, 31.821362986393943),
	('5cfb5b5a-4d79-56ec-b207-1de80fdebfdd', '8728624d8088fc86840ea8e94c3f17a0166e033d', 18, 14, 76, 24, '2026-11-20 19:45:00+00', 34.5, 39.5, 13.52, 28.761816523422056, 20.44820259388449, 44.21351075852902, 19, 'city', '2026-11-25 17:43:13.069328+00', 5.646823231923329, 1, 1, 20.44820259388449, 44.21351075852902),
	('6712501b-0854-5b85-8bbd-bdf0a6ccc015', 'e9be8d8e3f9059e4075d33e3fa34636d76fe4561', 18, 14, 8, 35, '2026-11-20 22:15:00+00', 17.5, 28.29, 5.4, 22.001020337406153, 13.194270744430723, 35.7767132074316, 19, 'city', '2026-11-25 17:43:13.069328+00', 6.134883223688646, 1, 1, 13.194270744430723, 35.7767132074316),
	('75231d30-5003-52d5-a827-9641d7f114a9', 'da71d38a5fcf1d3d8a9d97592b1751a14632d583', 18, 14, 13, 3, '2026-11-20 22:45:00+00', 25.25, 25.25, 4.37, 21.342460903458807, 12.535711310483377, 35.11815377348425, 19, 'city', '2026-11-25 17:43:13.069328+00', 6.028878380776186, 1, 1, 12.535711310483377, 35.11815377348425),
	('7d33bb0b-413a-5775-aff9-91c815e2ed2c', '6fd12aa44b7f1192ebb866796c3e0af7315a1c16', 18, 14, NULL, NULL, '2026-11-20 11:30:00+00', 5.75, 8.71, 0.7, 8.753586296333317, 0.32885411547736254, 33.982736158450166, 19, 'city', '2026-11-25 17:43:13.069328+00', 5.593444635468193, 1, 1, 0.32885411547736254, 33.982736158450166),
	('94d023cf-7016-5305-912a-1f3e586d5880', '5c237233008cb66d629e25a80a4965434815fb92', 18, 14, 76, 8, '2026-11-21 00:00:00+00', 47, 52, 18.2, 39.65653491577942, 27.0413075420773, 58.37832432334932, 19, 'city', '2026-11-25 17:43:13.069328+00', 7.543504562720225, 1, 1, 27.0413075420773, 58.37832432334932),
	('9e749fcd-b94a-53eb-8e87-ef194aeb2011', 'f5125376827303f7fa48a24990009a056e74971f', 18, 14, NULL, NULL, '2026-11-21 00:30:00+00', 35.25, 48.37, 13.37, 33.230796400490036, 21.942778199226325, 48.04119640958486, 19, 'city', '2026-11-25 17:43:13.069328+00', 6.536212271029967, 1, 1, 21.942778199226325, 48.04119640958486),
	('a139024d-9c28-5ff8-a221-592645cc8a88', '6a080100898c0d40b3d85dd2caad70dab24d4c66', 18, 14, 8, 32, '2026-11-20 16:30:00+00', 8, 13.71, 1.9, 9.326155312276327, 5.44988831866808, 13.086059725597755, 19, 'city', '2026-11-25 17:43:13.069328+00', 2.225952219490199, 1, 1, 5.44988831866808, 13.086059725597755),
	('a499d052-9231-5b2c-bbe3-a63952fe6c4f', '878e3cd0e37f1a85315a31c078055a3fff531c00', 18, 14, 8, 8, '2026-11-20 21:00:00+00', 4.25, 4.25, 0.4, 6.552518258278339, 2.9122285116035345, 10.634387627431305, 19, 'city', '2026-11-25 17:43:13.069328+00', 1.9216286482917964, 1, 1, 2.9122285116035345, 10.634387627431305),
	('a51ccc25-d286-50a3-a829-1008526dec3d', '32712bc41ef82cc6b1362dca96de6c9e5c8451e9', 18, 14, 8, 8, '2026-11-20 07:30:00+00', 8.5, 8.5, 1.9, 9.559999858640035, 4.862945167918475, 14.225431210359897, 19, 'city', '2026-11-25 17:43:13.069328+00', 2.2940142171285096, 1, 1, 4.862945167918475, 14.225431210359897),
	('a9480c84-8dfa-533b-8863-3d8a031fd62e', '0d2bfc961a0b66fcb780c2a8ee6d04eb35f60864', 18, 14, 8, 32, '2026-11-20 23:15:00+00', 4.75, 5.71, 0.54, 5.3083827207499095, 2.456515977637006, 9.579706793564105, 19, 'city', '2026-11-25 17:43:13.069328+00', 2.0948836458679354, 1, 1, 2.456515977637006, 9.579706793564105),
	('ca95c7ec-0beb-5121-984f-7203d4259bd4', '73c93b91ab064774fa59648896cd0898f9d4a4ed', 18, 14, 76, 8, '2026-11-20 15:15:00+00', 43.25, 48.25, 17.1, 38.33398092586765, 25.71875355216553, 57.05577033343755, 19, 'city', '2026-11-25 17:43:13.069328+00', 7.645708970701752, 1, 1, 25.71875355216553, 57.05577033343755),
	('d3893d84-d4e4-5b5f-abff-63c3d0878d38', '6ce0c728c48260304ff2489bb819e2fbe970fdbd', 18, 14, 34, 4, '2026-11-20 15:00:00+00', 29.25, 32.95, 0.7, 28.308189322413163, 16.854131619608154, 46.79123673353678, 19, 'city', '2026-11-25 17:43:13.069328+00', 7.005815696260272, 1, 1, 16.854131619608154, 46.79123673353678),
	('ecb780bd-c359-5da9-acaa-3e7555a05bde', 'e774be2e619b7c7a653974c9427cf7c7d49df80f', 18, 14, NULL, NULL, '2026-11-21 04:15:00+00', 22.25, 22.25, 8.2, 20.453917226314047, 10.841759183019844, 44.71268204701687, 19, 'city', '2026-11-25 17:43:13.069328+00', 7.231137486028984, 1, 1, 10.841759183019844, 44.71268204701687),
	('16294c54-4dbb-5350-b699-10d8ecb7c333', NULL, 21, 17, 69, 32, '2026-11-25 17:39:28+00', 27, 27, 9.36, 23.223226043805788, 13.354487309186728, 41.65027046452144, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 6.331615237892792, 1, 1, 13.354487309186728, 41.65027046452144),
	('257390fe-9520-5f0d-80e3-9f874d25342e', NULL, 21, 17, 3, 77, '2026-11-25 17:39:25+00', 7.25, 7.25, 1.4, 7.630577421543867, 3.9902876748690623, 11.712446790696834, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 2.030162636732896, 1, 1, 3.9902876748690623, 11.712446790696834),
	('399826ef-eb44-59f6-a4d6-8f3f6dba200a', NULL, 21, 17, 32, 28, '2026-11-25 17:38:20+00', 10, 11.11, 1.91, 9.968037999573058, 5.270983308851498, 14.63346935129292, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 2.4127764094326625, 1, 1, 5.270983308851498, 14.63346935129292),
	('493a475c-2844-55c4-90a0-9ebb1753a86f', NULL, 21, 17, 8, 32, '2026-11-25 17:38:18+00', 7.75, 8.66, 1.71, 9.452021036375546, 4.754966345653987, 14.117452388095408, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 2.2625862686891107, 1, 1, 4.754966345653987, 14.117452388095408),
	('4f9ca43d-0edb-5122-83dd-d50a13197f3d', NULL, 21, 17, 39, 6, '2026-11-25 17:38:33+00', 30, 36.08, 11.04, 23.04889185687946, 13.180153122260402, 41.47593627759512, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 6.303553582183713, 1, 1, 13.180153122260402, 41.47593627759512),
	('7c17eeca-4a9b-5bb0-a74f-373dcbcbe179', NULL, 21, 17, 28, 8, '2026-11-25 17:38:56+00', 10.5, 20.4, 2.7, 13.82557484397283, 8.123388140977177, 23.35460918274014, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 4.648358850534231, 1, 1, 8.123388140977177, 23.35460918274014),
	('8206e163-43c2-5d45-9090-c6c47d0e1f7d', NULL, 21, 17, 61, 24, '2026-11-25 17:38:35+00', 21.25, 21.25, 7.43, 24.45443919800921, 14.585700463390152, 42.88148361872487, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 6.5297971335203355, 1, 1, 14.585700463390152, 42.88148361872487),
	('8f89f935-8e63-514f-bd17-4c1d3d5fc9ec', NULL, 21, 17, 8, 32, '2026-11-25 17:39:29+00', 7.75, 7.75, 1.71, 9.452021036375546, 4.754966345653987, 14.117452388095408, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 2.2625862686891107, 1, 1, 4.754966345653987, 14.117452388095408),
	('b346281c-9de2-58ef-807e-9ce9c22ea555', NULL, 21, 17, 8, 43, '2026-11-25 17:38:36+00', 29.75, 29.75, 10.53, 24.007061737968698, 14.138323003349639, 42.43410615868436, 19, 'simulator', '2026-11-25 17:43:24.330822+00', 6.457785140479839, 1, 1, 14.138323003349639, 42.43410615868436);

INSERT INTO raw.runs OVERRIDING SYSTEM VALUE VALUES
	(1, 'dbt seed', NULL, '2026-11-25 17:36:57.761381+00', '2026-11-25 17:37:03.03971+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(2, 'score', 'simulator', '2026-11-25 17:37:18.715178+00', '2026-11-25 17:37:20.687866+00', 'succeeded', 18, 18, 0, 0, 2, 1, false, NULL, '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', '02e9821', NULL, NULL, NULL, NULL, NULL),
	(14, 'score', 'simulator', '2026-11-25 17:39:11.21697+00', '2026-11-25 17:39:14.435334+00', 'succeeded', 18, 18, 0, 0, 2, 1, false, NULL, '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', '02e9821', NULL, NULL, NULL, NULL, NULL),
	(3, 'score', 'city', '2026-11-25 17:37:23.349689+00', '2026-11-25 17:37:25.027699+00', 'succeeded', 36, 29, 0, 7, 0, 1, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(15, 'observe', NULL, '2026-11-25 17:39:15.677322+00', '2026-11-25 17:39:15.684939+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(4, 'score', 'simulator', '2026-11-25 17:37:36.707299+00', '2026-11-25 17:37:40.00054+00', 'succeeded', 7, 7, 0, 0, 1, 1, false, NULL, '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', '02e9821', NULL, NULL, NULL, NULL, NULL),
	(5, 'observe', NULL, '2026-11-25 17:37:41.640366+00', '2026-11-25 17:37:41.645978+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(6, 'dbt', NULL, '2026-11-25 17:37:42.44386+00', '2026-11-25 17:37:54.757263+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(7, 'score', 'simulator', '2026-11-25 17:38:08.167102+00', '2026-11-25 17:38:10.683895+00', 'succeeded', 7, 7, 0, 0, 1, 3, false, NULL, '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', '02e9821', NULL, NULL, NULL, NULL, NULL),
	(16, 'replay', 'city', '2026-11-25 17:39:18.1928+00', '2026-11-25 17:39:19.765562+00', 'succeeded', 16, 0, 0, 16, 0, 1, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(8, 'score', 'city', '2026-11-25 17:38:17.685499+00', '2026-11-25 17:38:20.37577+00', 'succeeded', 8, 0, 6, 2, 0, 3, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(17, 'dbt', NULL, '2026-11-25 17:39:20.471612+00', '2026-11-25 17:39:33.261418+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(9, 'score', 'simulator', '2026-11-25 17:38:24.913561+00', '2026-11-25 17:38:27.532516+00', 'succeeded', 10, 10, 0, 0, 1, 3, false, 'snow', '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', '02e9821', NULL, NULL, NULL, NULL, NULL),
	(10, 'score', 'simulator', '2026-11-25 17:38:47.212637+00', '2026-11-25 17:38:49.782567+00', 'succeeded', 8, 8, 0, 0, 2, 1, false, NULL, '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', '02e9821', NULL, NULL, NULL, NULL, NULL),
	(11, 'score', 'city', '2026-11-25 17:38:53.248957+00', '2026-11-25 17:38:55.43188+00', 'succeeded', 36, 29, 0, 7, 0, 1, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(12, 'rescore', NULL, '2026-11-25 17:38:59.595703+00', '2026-11-25 17:39:01.724443+00', 'succeeded', 18, 18, 0, 0, 0, 3, false, NULL, NULL, '02e9821', NULL, NULL, NULL, NULL, NULL),
	(13, 'score', 'city', '2026-11-25 17:39:04.959314+00', '2026-11-25 17:39:07.015725+00', 'failed', 0, 0, 0, 0, 0, 1, false, NULL, NULL, '02e9821', 'damaged.csv.gz is damaged or not of the kind that its name says (Truncated compressed stream): get it again', NULL, NULL, NULL, NULL),
	(18, 'score', 'city', '2026-11-25 17:43:03.0003+00', '2026-11-25 17:43:13.347894+00', 'succeeded', 24, 21, 0, 3, 0, 19, false, NULL, NULL, 'f9922cb', NULL, NULL, 0, 14, 10),
	(19, 'observe', NULL, '2026-11-25 17:43:13.846095+00', '2026-11-25 17:43:13.903976+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, 'f9922cb', NULL, NULL, 0, 14, 10),
	(20, 'observe', NULL, '2026-11-25 17:43:14.147355+00', '2026-11-25 17:43:14.20795+00', 'succeeded', 0, 0, 0, 0, 0, NULL, false, NULL, NULL, 'f9922cb', NULL, NULL, 0, 14, 10),
	(21, 'score', 'simulator', '2026-11-25 17:43:14.389741+00', '2026-11-25 17:43:24.412591+00', 'succeeded', 9, 9, 0, 0, 1, 19, false, NULL, '23121a12dfd828dc90788a98998a63e621c4f054c4c506af7edb4947e7f65e8b', 'f9922cb', NULL, NULL, 24, 14, 10);

INSERT INTO raw.shadow_predictions VALUES
	('295d8ea3-95f2-5d8a-8884-f4fcd75c206c', 3, 4, 3, 12.171759668600819, 6.075907102350645, 24.668486401874524),
	('a2fa5305-e09c-5930-843e-afe4638eef0d', 3, 4, 3, 20.76020220989156, 12.598618002064166, 40.58352635991771),
	('bfbad2e6-8525-50a0-8a7b-8cacde8d1eb2', 3, 4, 3, 24.04702905588959, 15.17245033378748, 36.011166307603354),
	('e6ecd0ff-b767-563d-8e5f-13a3ba2ad0fa', 3, 4, 3, 21.072259377694017, 12.910675169866623, 40.89558352772016),
	('5f7976fa-dc10-5bd4-9409-96dd41765a1c', 3, 4, 3, 17.342554591310474, 9.18097038348308, 37.16587874133663),
	('caa7cea2-cc01-561d-9f21-c253854433db', 3, 4, 3, 5.060706789972048, 1.5745478697207216, 21.731484314365883),
	('eda8e8da-c112-564c-a7a2-a4337961f92f', 3, 4, 3, 12.760208653281136, 6.664356087030963, 25.256935386554844),
	('7f344eea-530c-5fc3-ae31-37fc188efd0c', 8, 10, 8, 6.774360691152017, 3.3029948407397036, 8.596720469736345),
	('2b053cf8-0a6e-59ef-a46e-ef14559fca7d', 8, 10, 8, 10.363351955399406, 4.429548604775132, 15.876027523909833),
	('bb42d686-6f54-5dac-8fd0-acc42eb1480b', 8, 10, 8, 9.746390400798212, 6.326791004408168, 13.961580378437151),
	('14cd1390-59d2-56e5-bb22-173f08e31450', 8, 10, 8, 11.618866570087917, 5.685063219463643, 17.131542138598345),
	('0b1ae44f-e2d4-5f1a-8f87-e7c48980606a', 8, 10, 8, 5.628901327627421, 2.2252278125206937, 20.055090138256517),
	('8b04a45a-fbc0-5dac-8611-cecf483f699a', 8, 10, 8, 5.55945693034311, 2.1557834152363826, 19.98564574097221),
	('33085a6d-5c03-5849-bdef-c5a32b06dc6b', 8, 10, 8, 9.40518586953462, 5.985586473144576, 13.620375847173559),
	('c543c038-b0f1-5455-92e8-a20734664cf0', 8, 10, 8, 25.337959061599342, 13.706716565829652, 47.905023776583555),
	('33cd8230-8126-5241-9e7a-0b1818613072', 8, 11, 9, 6.7482670493035695, 3.276901198891256, 8.570626827887898),
	('4923c66d-7364-5a2b-8e47-d39648895229', 8, 11, 9, 7.556723293385023, 4.085357442972709, 9.379083071969351),
	('5e8b2fe9-e370-5aa8-be42-313a360e0429', 8, 11, 9, 29.92640559013561, 17.69396336238378, 47.438401789104304),
	('f7538e65-59ed-5259-a2a3-a10247bd2ef5', 8, 11, 9, 20.542448515730044, 11.187637044777517, 38.89774025104532),
	('de016b32-de80-5522-96ca-69cca0d225a0', 8, 11, 9, 6.691769918723548, 3.2204040683112343, 8.514129697307876),
	('fddb64a4-b494-571c-b044-3552694d66d0', 8, 11, 9, 11.560630616500369, 5.626827265876095, 17.073306185010797),
	('7822b9d7-0b58-59e8-9971-4c3deaa7e164', 8, 11, 9, 8.19174210589938, 4.772142709509335, 12.406932083538319),
	('d44ff1b4-9836-59c7-80cc-755845906088', 8, 11, 9, 19.09709880698174, 10.277421744217394, 36.74526738702936),
	('162d3e4b-5738-50f1-8059-f36cf9569199', 8, 11, 9, 22.921705209014046, 13.56689373806152, 41.276996944329326),
	('d168f750-a32e-53cc-aa61-261329db2df3', 8, 11, 9, 14.074122323573317, 6.211524880748762, 23.73396740999102),
	('096cf3fa-63f2-5780-8a72-f4b1216fb84a', 8, 11, 9, 4.534025408567808, 1.1303518934610803, 18.960214219196907),
	('ab937a77-75dc-5ee9-9ef5-614f7f72e6dd', 8, 11, 9, 9.86732528766567, 3.9335219370413963, 15.3800008561761),
	('f4123b5e-a59a-5530-a52b-4e6e25c94b9d', 8, 11, 9, 37.85335080907195, 24.366832878955226, 58.560558126395854),
	('c83de605-2acd-57c7-9bb3-7070b1e8f9c3', 8, 11, 9, 41.19435643385749, 27.70783850374077, 61.9015637511814),
	('ee55c799-0f95-59c5-9374-cd22c727c5f4', 8, 11, 9, 23.763617705684247, 14.40880623473172, 42.11890944099953),
	('eb377ecf-ba66-56f7-9612-35280c1cef21', 8, 11, 9, 11.86362185064227, 5.929818500017996, 17.3762974191527),
	('81b28933-afb8-582a-833a-019d28741722', 8, 11, 9, 40.034525047581376, 26.548007117464653, 60.74173236490528),
	('52e8eda8-23fa-5816-bf13-71fcf6524719', 8, 11, 9, 11.90365688395904, 5.969853533334767, 17.41633245246947),
	('7ffff00c-66f5-54cb-9cff-a482de155096', 8, 11, 9, 7.216857242989277, 3.7454913925769633, 9.039217021573606),
	('f9a35336-ca30-5d5c-967a-1e81de3e4aae', 8, 11, 9, 24.69845906046984, 13.06721656470015, 47.26552377545406),
	('b86de486-e0ce-5cdf-83b9-9663294229a0', 8, 11, 9, 7.176911508858316, 3.7055456584460025, 8.999271287442644),
	('b497c258-0594-5f93-adcd-66180dd47705', 8, 11, 9, 29.815133366025385, 17.582691138273557, 47.32712956499408),
	('f38a422d-a440-5c5a-bc58-e77813510236', 8, 11, 9, 14.098667890345382, 6.236070447520827, 23.758512976763086),
	('641a3a42-82a3-5746-a959-1ca939f257fc', 8, 11, 9, 5.919343285586461, 2.5156697704797333, 20.345532096215557),
	('b7858851-f443-5d8d-a090-c6cdcfd39ff3', 8, 11, 9, 31.00390234003535, 18.77146011228352, 48.51589853900405),
	('e29b817c-c5bb-5797-b188-d93729d3370c', 8, 11, 9, 9.26073206746454, 5.8411326710744955, 13.475922045103477),
	('fd5a235d-032e-562c-b185-f9421e863324', 8, 11, 9, 26.19006632232679, 14.558823826557099, 48.757131037311),
	('84497e36-bf59-575c-a17a-0487a525d5be', 8, 11, 9, 15.125117300462044, 6.305440237697697, 32.77328588050966),
	('48b66d07-c98f-5809-8f04-82395437f03d', 8, 11, 9, 8.724451672145014, 5.304852275754969, 12.939641649783951),
	('b681179b-cc22-5ea3-843b-428076b4c3a2', 3, 12, 10, 5.018468511774901, 1.5323095915235743, 21.689246036168736),
	('3ddc9825-e02b-511b-ad42-fc45eb4cda2e', 3, 12, 10, 15.415482398794055, 8.18970074820004, 27.3447340276681),
	('bac87045-25fa-5987-af07-8cb182ce068a', 3, 12, 10, 38.47802498953334, 25.658722667657074, 63.00728690525233),
	('53d93ad8-0fdb-53c1-b5d4-44f3fc41f0d0', 3, 12, 10, 9.574526077318264, 5.204800122085745, 22.26641255788675),
	('1122cf27-99ab-5fbb-bc26-231b37b23547', 3, 12, 10, 28.0710371259727, 17.623765544647902, 45.11564340727861),
	('44cf81cf-652b-5e6a-bdb6-296e74e9aed7', 3, 12, 10, 26.233905150287924, 15.786633568963124, 43.27851143159384),
	('d4666ee3-989d-5b58-a52c-70b87c15d5f9', 3, 12, 10, 7.09625854929728, 2.31257041165646, 11.768354331753983),
	('e258d87a-c136-565a-b397-63141e71e0b4', 3, 12, 10, 32.363254027111935, 21.76232332071823, 46.98796672591897),
	('62f8e88f-4ba7-5092-afdb-464b73f4e393', 3, 12, 10, 24.568008045985977, 15.69342932388387, 36.53214529769974),
	('e03b9f61-995d-5250-8b4d-1a164faf99f0', 3, 12, 10, 5.824351721733924, 2.3381928014825974, 22.49512924612776),
	('183dfdce-cebf-5ddc-a100-d0fc400010d6', 3, 12, 10, 6.992339372068848, 2.208651234428028, 11.664435154525549),
	('770e3952-4614-51a5-b5d0-1b1e0d2040dc', 3, 12, 10, 9.078444710262781, 4.708718755030262, 21.770331190831264),
	('1f041e31-1e22-5300-80f4-446f411163ca', 3, 12, 10, 16.421410883801414, 9.1956292332074, 28.35066251267546),
	('c2afbacc-d740-5451-95cf-93f0927bbe4b', 3, 12, 10, 25.155235651816003, 14.707964070491203, 42.19984193312192),
	('536b4c16-f69f-5320-9060-18abcb80f607', 3, 12, 10, 16.272952517798647, 9.047170867204633, 28.202204146672692),
	('b70f6c03-7559-5201-9fe3-a34e39a7d404', 3, 12, 10, 10.031947112936857, 5.662221157704337, 22.72383359350534),
	('7088f7dc-2fa1-59b6-9760-23c8cffc3b59', 3, 12, 10, 21.556246059922255, 12.681667337820148, 33.520383311636024),
	('7edd8bbd-61ed-5797-918e-3ea4ee578a95', 3, 12, 10, 10.599626966628477, 4.503774400378304, 23.096353699902185),
	('97bcfc66-3796-5511-b69b-b92a85a98396', 8, 14, 11, 36.03702378514143, 22.550505855024706, 56.744231102465335),
	('a0962655-9f26-5cbb-a939-4297db838db3', 8, 14, 11, 4.93668195485777, 1.5330084397510424, 19.362870765486868),
	('db343ff7-16b9-5546-b40a-37b484eff70a', 8, 14, 11, 21.922183339007134, 12.567371868054607, 40.27747507432241),
	('954e85e2-eaaa-527e-b41e-e892321642c2', 8, 14, 11, 9.348183885523921, 5.928584489133877, 13.563373863162859),
	('f4c1ccec-0d14-5c76-9195-c56dccdcd4ed', 8, 14, 11, 32.41275850085763, 20.1803162731058, 49.92475469982632),
	('6fb790b5-d89f-59f4-af05-8bc19d8dd141', 8, 14, 11, 9.031137638375005, 5.611538241984961, 13.246327616013943),
	('84745549-722f-5c79-9f6f-f3198fce0a1f', 8, 14, 11, 36.166615554708684, 22.680097624591962, 56.87382287203259),
	('cdd9c10a-d750-5320-bd85-6368063aa719', 8, 14, 11, 9.790584916263786, 6.3709855198737415, 14.005774893902725),
	('0b776265-bdb0-50df-bc93-371383c361ce', 8, 14, 11, 14.23675497037559, 6.374157527551034, 23.896600056793293),
	('5896c9b9-e043-51f5-845a-ec1f96812eb4', 8, 14, 11, 5.390212017052887, 1.9865385019461597, 19.816400827681985),
	('d512e1d7-f6bb-5c09-bac8-0e0202ab22f7', 8, 14, 11, 38.98900390845591, 25.50248597833919, 59.69621122577982),
	('a0024ba8-a9af-5fd5-bb64-c0099bef248e', 8, 14, 11, 28.65467674134147, 16.42223451358964, 46.166672940310164),
	('13d3fee7-e774-5cf9-88a0-77dc00097c28', 8, 14, 11, 22.982556768187912, 13.627745297235386, 41.337848503503196),
	('847ac5bb-b9c7-50c6-a41a-12dd84bceddc', 8, 14, 11, 25.203064939957066, 13.571822444187376, 47.77012965494128),
	('efaab96a-ba5c-533a-8dd4-de93f477a149', 8, 14, 11, 11.774779592815747, 5.8409762421914735, 17.287455161326175),
	('0dcd6b12-c214-5969-8eae-517e014f6667', 8, 14, 11, 24.299550966876236, 14.94473949592371, 42.654842702191516),
	('5a967c8e-459c-561b-ba89-2f1d63d283f5', 8, 14, 11, 5.070310922643914, 1.6666374075371868, 19.496499733273012),
	('14ea87aa-9b8b-5cb3-b248-dbfb29adfd8f', 8, 14, 11, 23.374521672899945, 14.019710201947419, 41.72981340821522);

INSERT INTO raw.sources VALUES
	('simulator'),
	('city');

INSERT INTO raw.training_bins VALUES
	(1, 'all', 'pickup', 0, 0, 0, 0.08759577552288259),
	(1, 'all', 'pickup', 1, 1, 1, 0.008076206253882792),
	(1, 'all', 'pickup', 2, 2, 2, 0.011389521640091117),
	(1, 'all', 'pickup', 3, 3, 3, 0.022571961068544213),
	(1, 'all', 'pickup', 4, 6, 6, 0.02340028991509629),
	(1, 'all', 'pickup', 5, 7, 7, 0.018844481259059846),
	(1, 'all', 'pickup', 6, 8, 8, 0.18865189480223649),
	(1, 'all', 'pickup', 7, 14, 14, 0.004762890867674467),
	(1, 'all', 'pickup', 8, 16, 16, 0.0051770552909505075),
	(1, 'all', 'pickup', 9, 22, 22, 0.0051770552909505075),
	(1, 'all', 'pickup', 10, 24, 24, 0.008076206253882792),
	(1, 'all', 'pickup', 11, 28, 28, 0.0958790639884034),
	(1, 'all', 'pickup', 12, 31, 31, 0.0051770552909505075),
	(1, 'all', 'pickup', 13, 32, 32, 0.16877200248498653),
	(1, 'all', 'pickup', 14, 33, 33, 0.019258645682335887),
	(1, 'all', 'pickup', 15, 35, 35, 0.010147028370262995),
	(1, 'all', 'pickup', 16, 38, 38, 0.006005384137502588),
	(1, 'all', 'pickup', 17, 39, 39, 0.0076620418306067506),
	(1, 'all', 'pickup', 18, 41, 41, 0.008076206253882792),
	(1, 'all', 'pickup', 19, 42, 42, 0.004348726444398426),
	(1, 'all', 'pickup', 20, 43, 43, 0.008076206253882792),
	(1, 'all', 'pickup', 21, 44, 44, 0.0076620418306067506),
	(1, 'all', 'pickup', 22, 49, 49, 0.004348726444398426),
	(1, 'all', 'pickup', 23, 56, 56, 0.02008697452888797),
	(1, 'all', 'pickup', 24, 68, 68, 0.004348726444398426),
	(1, 'all', 'pickup', 25, 69, 69, 0.0051770552909505075),
	(1, 'all', 'pickup', 26, 76, 76, 0.1542762476703251),
	(1, 'all', 'pickup', 27, 77, 77, 0.019672810105611928),
	(1, 'all', 'pickup', 28, NULL, NULL, 0.06730171878235659),
	(1, 'weekday', 'pickup', 0, 0, 0, 0.07553816046966733),
	(1, 'weekday', 'pickup', 1, 1, 1, 0.005088062622309198),
	(1, 'weekday', 'pickup', 2, 2, 2, 0.010567514677103719),
	(1, 'weekday', 'pickup', 3, 3, 3, 0.025440313111545987),
	(1, 'weekday', 'pickup', 4, 6, 6, 0.020743639921722113),
	(1, 'weekday', 'pickup', 5, 7, 7, 0.018395303326810174),
	(1, 'weekday', 'pickup', 6, 8, 8, 0.19530332681017612),
	(1, 'weekday', 'pickup', 7, 14, 14, 0.005088062622309198),
	(1, 'weekday', 'pickup', 8, 16, 16, 0.005870841487279843),
	(1, 'weekday', 'pickup', 9, 22, 22, 0.007436399217221135),
	(1, 'weekday', 'pickup', 10, 24, 24, 0.010567514677103719),
	(1, 'weekday', 'pickup', 11, 28, 28, 0.10215264187866928),
	(1, 'weekday', 'pickup', 12, 31, 31, 0.005088062622309198),
	(1, 'weekday', 'pickup', 13, 32, 32, 0.1780821917808219),
	(1, 'weekday', 'pickup', 14, 33, 33, 0.018395303326810174),
	(1, 'weekday', 'pickup', 15, 35, 35, 0.009784735812133072),
	(1, 'weekday', 'pickup', 16, 38, 38, 0.005870841487279843),
	(1, 'weekday', 'pickup', 17, 39, 39, 0.007436399217221135),
	(1, 'weekday', 'pickup', 18, 41, 41, 0.009001956947162427),
	(1, 'weekday', 'pickup', 19, 42, 42, 0.004305283757338552),
	(1, 'weekday', 'pickup', 20, 43, 43, 0.006653620352250489),
	(1, 'weekday', 'pickup', 21, 44, 44, 0.010567514677103719),
	(1, 'weekday', 'pickup', 22, 49, 49, 0.005870841487279843),
	(1, 'weekday', 'pickup', 23, 56, 56, 0.020743639921722113),
	(1, 'weekday', 'pickup', 24, 68, 68, 0.005088062622309198),
	(1, 'weekday', 'pickup', 25, 69, 69, 0.005088062622309198),
	(1, 'weekday', 'pickup', 26, 76, 76, 0.14285714285714285),
	(1, 'weekday', 'pickup', 27, 77, 77, 0.01761252446183953),
	(1, 'weekday', 'pickup', 28, NULL, NULL, 0.06536203522504892),
	(1, 'weekend', 'pickup', 0, 0, 0, 0.10030395136778116),
	(1, 'weekend', 'pickup', 1, 1, 1, 0.011723838471558836),
	(1, 'weekend', 'pickup', 2, 2, 2, 0.012592270950933565),
	(1, 'weekend', 'pickup', 3, 3, 3, 0.019539730785931395),
	(1, 'weekend', 'pickup', 4, 6, 6, 0.026487190620929222),
	(1, 'weekend', 'pickup', 5, 7, 7, 0.019539730785931395),
	(1, 'weekend', 'pickup', 6, 8, 8, 0.17933130699088146),
	(1, 'weekend', 'pickup', 7, 14, 14, 0.004776378636561007),
	(1, 'weekend', 'pickup', 8, 16, 16, 0.004776378636561007),
	(1, 'weekend', 'pickup', 9, 22, 22, 0.00303951367781155),
	(1, 'weekend', 'pickup', 10, 24, 24, 0.005644811115935736),
	(1, 'weekend', 'pickup', 11, 28, 28, 0.08814589665653495),
	(1, 'weekend', 'pickup', 12, 31, 31, 0.005644811115935736),
	(1, 'weekend', 'pickup', 13, 32, 32, 0.15675206252713852),
	(1, 'weekend', 'pickup', 14, 33, 33, 0.02040816326530612),
	(1, 'weekend', 'pickup', 15, 35, 35, 0.010855405992184108),
	(1, 'weekend', 'pickup', 16, 38, 38, 0.006513243595310464),
	(1, 'weekend', 'pickup', 17, 39, 39, 0.008250108554059922),
	(1, 'weekend', 'pickup', 18, 41, 41, 0.007381676074685193),
	(1, 'weekend', 'pickup', 19, 42, 42, 0.004776378636561007),
	(1, 'weekend', 'pickup', 20, 43, 43, 0.00998697351280938),
	(1, 'weekend', 'pickup', 21, 44, 44, 0.004776378636561007),
	(1, 'weekend', 'pickup', 22, 49, 49, 0.00303951367781155),
	(1, 'weekend', 'pickup', 23, 56, 56, 0.019539730785931395),
	(1, 'weekend', 'pickup', 24, 68, 68, 0.0039079461571862786),
	(1, 'weekend', 'pickup', 25, 69, 69, 0.005644811115935736),
	(1, 'weekend', 'pickup', 26, 76, 76, 0.1654363873208858),
	(1, 'weekend', 'pickup', 27, 77, 77, 0.02214502822405558),
	(1, 'weekend', 'pickup', 28, NULL, NULL, 0.06904038211029093),
	(1, 'all', 'dropoff', 0, 0, 0, 0.1277432712215321),
	(1, 'all', 'dropoff', 1, 1, 1, 0.009730848861283644),
	(1, 'all', 'dropoff', 2, 2, 2, 0.008074534161490683),
	(1, 'all', 'dropoff', 3, 3, 3, 0.027950310559006212),
	(1, 'all', 'dropoff', 4, 4, 4, 0.005175983436853002),
	(1, 'all', 'dropoff', 5, 5, 5, 0.007660455486542443),
	(1, 'all', 'dropoff', 6, 6, 6, 0.05196687370600414),
	(1, 'all', 'dropoff', 7, 7, 7, 0.040372670807453416),
	(1, 'all', 'dropoff', 8, 8, 8, 0.20848861283643894),
	(1, 'all', 'dropoff', 9, 10, 10, 0.005175983436853002),
	(1, 'all', 'dropoff', 10, 16, 16, 0.007246376811594203),
	(1, 'all', 'dropoff', 11, 22, 22, 0.012629399585921325),
	(1, 'all', 'dropoff', 12, 24, 24, 0.03333333333333333),
	(1, 'all', 'dropoff', 13, 28, 28, 0.08964803312629399),
	(1, 'all', 'dropoff', 14, 31, 31, 0.004347826086956522),
	(1, 'all', 'dropoff', 15, 32, 32, 0.1451345755693582),
	(1, 'all', 'dropoff', 16, 33, 33, 0.031677018633540374),
	(1, 'all', 'dropoff', 17, 35, 35, 0.013043478260869565),
	(1, 'all', 'dropoff', 18, 38, 38, 0.008488612836438923),
	(1, 'all', 'dropoff', 19, 39, 39, 0.005175983436853002),
	(1, 'all', 'dropoff', 20, 41, 41, 0.012215320910973085),
	(1, 'all', 'dropoff', 21, 43, 43, 0.011801242236024845),
	(1, 'all', 'dropoff', 22, 44, 44, 0.0055900621118012426),
	(1, 'all', 'dropoff', 23, 49, 49, 0.006004140786749482),
	(1, 'all', 'dropoff', 24, 56, 56, 0.007660455486542443),
	(1, 'all', 'dropoff', 25, 68, 68, 0.005175983436853002),
	(1, 'all', 'dropoff', 26, 69, 69, 0.004761904761904762),
	(1, 'all', 'dropoff', 27, 76, 76, 0.025879917184265012),
	(1, 'all', 'dropoff', 28, 77, 77, 0.01884057971014493),
	(1, 'all', 'dropoff', 29, NULL, NULL, 0.059006211180124224),
	(1, 'weekday', 'dropoff', 0, 0, 0, 0.128716744913928),
	(1, 'weekday', 'dropoff', 1, 1, 1, 0.004303599374021909),
	(1, 'weekday', 'dropoff', 2, 2, 2, 0.006651017214397496),
	(1, 'weekday', 'dropoff', 3, 3, 3, 0.036384976525821594),
	(1, 'weekday', 'dropoff', 4, 4, 4, 0.004303599374021909),
	(1, 'weekday', 'dropoff', 5, 5, 5, 0.008998435054773083),
	(1, 'weekday', 'dropoff', 6, 6, 6, 0.0528169014084507),
	(1, 'weekday', 'dropoff', 7, 7, 7, 0.03873239436619718),
	(1, 'weekday', 'dropoff', 8, 8, 8, 0.21635367762128324),
	(1, 'weekday', 'dropoff', 9, 10, 10, 0.005868544600938967),
	(1, 'weekday', 'dropoff', 10, 16, 16, 0.005868544600938967),
	(1, 'weekday', 'dropoff', 11, 22, 22, 0.016040688575899843),
	(1, 'weekday', 'dropoff', 12, 24, 24, 0.03247261345852895),
	(1, 'weekday', 'dropoff', 13, 28, 28, 0.08724569640062597),
	(1, 'weekday', 'dropoff', 14, 31, 31, 0.006651017214397496),
	(1, 'weekday', 'dropoff', 15, 32, 32, 0.1365414710485133),
	(1, 'weekday', 'dropoff', 16, 33, 33, 0.028560250391236306),
	(1, 'weekday', 'dropoff', 17, 35, 35, 0.014475743348982786),
	(1, 'weekday', 'dropoff', 18, 38, 38, 0.01134585289514867),
	(1, 'weekday', 'dropoff', 19, 39, 39, 0.006651017214397496),
	(1, 'weekday', 'dropoff', 20, 41, 41, 0.016040688575899843),
	(1, 'weekday', 'dropoff', 21, 43, 43, 0.01056338028169014),
	(1, 'weekday', 'dropoff', 22, 44, 44, 0.005868544600938967),
	(1, 'weekday', 'dropoff', 23, 49, 49, 0.005868544600938967),
	(1, 'weekday', 'dropoff', 24, 56, 56, 0.008215962441314555),
	(1, 'weekday', 'dropoff', 25, 68, 68, 0.005086071987480438),
	(1, 'weekday', 'dropoff', 26, 69, 69, 0.005868544600938967),
	(1, 'weekday', 'dropoff', 27, 76, 76, 0.023082942097026604),
	(1, 'weekday', 'dropoff', 28, 77, 77, 0.016040688575899843),
	(1, 'weekday', 'dropoff', 29, NULL, NULL, 0.05438184663536776),
	(1, 'weekend', 'dropoff', 0, 0, 0, 0.1254340277777778),
	(1, 'weekend', 'dropoff', 1, 1, 1, 0.016059027777777776),
	(1, 'weekend', 'dropoff', 2, 2, 2, 0.009982638888888888),
	(1, 'weekend', 'dropoff', 3, 3, 3, 0.018663194444444444),
	(1, 'weekend', 'dropoff', 4, 4, 4, 0.006510416666666667),
	(1, 'weekend', 'dropoff', 5, 5, 5, 0.006510416666666667),
	(1, 'weekend', 'dropoff', 6, 6, 6, 0.05078125),
	(1, 'weekend', 'dropoff', 7, 7, 7, 0.04210069444444445),
	(1, 'weekend', 'dropoff', 8, 8, 8, 0.1974826388888889),
	(1, 'weekend', 'dropoff', 9, 10, 10, 0.004774305555555556),
	(1, 'weekend', 'dropoff', 10, 16, 16, 0.009114583333333334),
	(1, 'weekend', 'dropoff', 11, 22, 22, 0.009114583333333334),
	(1, 'weekend', 'dropoff', 12, 24, 24, 0.03428819444444445),
	(1, 'weekend', 'dropoff', 13, 28, 28, 0.0915798611111111),
	(1, 'weekend', 'dropoff', 14, 31, 31, 0.002170138888888889),
	(1, 'weekend', 'dropoff', 15, 32, 32, 0.15321180555555555),
	(1, 'weekend', 'dropoff', 16, 33, 33, 0.03515625),
	(1, 'weekend', 'dropoff', 17, 35, 35, 0.01171875),
	(1, 'weekend', 'dropoff', 18, 38, 38, 0.005642361111111111),
	(1, 'weekend', 'dropoff', 19, 39, 39, 0.00390625),
	(1, 'weekend', 'dropoff', 20, 41, 41, 0.008246527777777778),
	(1, 'weekend', 'dropoff', 21, 43, 43, 0.013454861111111112),
	(1, 'weekend', 'dropoff', 22, 44, 44, 0.005642361111111111),
	(1, 'weekend', 'dropoff', 23, 49, 49, 0.006510416666666667),
	(1, 'weekend', 'dropoff', 24, 56, 56, 0.007378472222222222),
	(1, 'weekend', 'dropoff', 25, 68, 68, 0.005642361111111111),
	(1, 'weekend', 'dropoff', 26, 69, 69, 0.00390625),
	(1, 'weekend', 'dropoff', 27, 76, 76, 0.029079861111111112),
	(1, 'weekend', 'dropoff', 28, 77, 77, 0.022135416666666668),
	(1, 'weekend', 'dropoff', 29, NULL, NULL, 0.06380208333333333),
	(1, 'all', 'pair', 0, 0, 0, 0.047382578108835095),
	(1, 'all', 'pair', 1, 32, 32, 0.010966273536105938),
	(1, 'all', 'pair', 2, 303, 303, 0.0051727705358990276),
	(1, 'all', 'pair', 3, 606, 606, 0.0051727705358990276),
	(1, 'all', 'pair', 4, 708, 708, 0.006828057107386716),
	(1, 'all', 'pair', 5, 803, 803, 0.006828057107386716),
	(1, 'all', 'pair', 6, 806, 806, 0.010966273536105938),
	(1, 'all', 'pair', 7, 807, 807, 0.012207738464721705),
	(1, 'all', 'pair', 8, 808, 808, 0.057314297537761225),
	(1, 'all', 'pair', 9, 824, 824, 0.010138630250362093),
	(1, 'all', 'pair', 10, 828, 828, 0.027932960893854747),
	(1, 'all', 'pair', 11, 832, 832, 0.032071177322573974),
	(1, 'all', 'pair', 12, 2808, 2808, 0.03000206910821436),
	(1, 'all', 'pair', 13, 2828, 2828, 0.010552451893234015),
	(1, 'all', 'pair', 14, 2832, 2832, 0.025036209393751292),
	(1, 'all', 'pair', 15, 3200, 3200, 0.006000413821642872),
	(1, 'all', 'pair', 16, 3206, 3206, 0.006828057107386716),
	(1, 'all', 'pair', 17, 3207, 3207, 0.007655700393130561),
	(1, 'all', 'pair', 18, 3208, 3208, 0.05027932960893855),
	(1, 'all', 'pair', 19, 3224, 3224, 0.0051727705358990276),
	(1, 'all', 'pair', 20, 3228, 3228, 0.025036209393751292),
	(1, 'all', 'pair', 21, 3232, 3232, 0.027105317608110906),
	(1, 'all', 'pair', 22, 3233, 3233, 0.008897165321746328),
	(1, 'all', 'pair', 23, 3276, 3276, 0.006000413821642872),
	(1, 'all', 'pair', 24, 5600, 5600, 0.00558659217877095),
	(1, 'all', 'pair', 25, 7600, 7600, 0.03993378853714049),
	(1, 'all', 'pair', 26, 7606, 7606, 0.008069522036002483),
	(1, 'all', 'pair', 27, 7607, 7607, 0.008069522036002483),
	(1, 'all', 'pair', 28, 7608, 7608, 0.02669149596523898),
	(1, 'all', 'pair', 29, 7624, 7624, 0.008069522036002483),
	(1, 'all', 'pair', 30, 7632, 7632, 0.025863852679495137),
	(1, 'all', 'pair', 31, 7676, 7676, 0.006828057107386716),
	(1, 'all', 'pair', 32, NULL, NULL, 0.42933995447961926),
	(1, 'weekday', 'pair', 0, 0, 0, 0.04337631887456037),
	(1, 'weekday', 'pair', 1, 32, 32, 0.008206330597889801),
	(1, 'weekday', 'pair', 2, 303, 303, 0.005080109417741305),
	(1, 'weekday', 'pair', 3, 606, 606, 0.0042985541227041815),
	(1, 'weekday', 'pair', 4, 708, 708, 0.006643220007815553),
	(1, 'weekday', 'pair', 5, 803, 803, 0.008987885892926924),
	(1, 'weekday', 'pair', 6, 806, 806, 0.013677217663149667),
	(1, 'weekday', 'pair', 7, 807, 807, 0.014458772958186792),
	(1, 'weekday', 'pair', 8, 808, 808, 0.06291520125048847),
	(1, 'weekday', 'pair', 9, 824, 824, 0.007424775302852677),
	(1, 'weekday', 'pair', 10, 828, 828, 0.023837436498632278),
	(1, 'weekday', 'pair', 11, 832, 832, 0.032434544744040644),
	(1, 'weekday', 'pair', 12, 2808, 2808, 0.03399765533411489),
	(1, 'weekday', 'pair', 13, 2828, 2828, 0.008206330597889801),
	(1, 'weekday', 'pair', 14, 2832, 2832, 0.025400547088706527),
	(1, 'weekday', 'pair', 15, 3200, 3200, 0.007424775302852677),
	(1, 'weekday', 'pair', 16, 3206, 3206, 0.008206330597889801),
	(1, 'weekday', 'pair', 17, 3207, 3207, 0.008206330597889801),
	(1, 'weekday', 'pair', 18, 3208, 3208, 0.05275498241500586),
	(1, 'weekday', 'pair', 19, 3224, 3224, 0.007424775302852677),
	(1, 'weekday', 'pair', 20, 3228, 3228, 0.031652989449003514),
	(1, 'weekday', 'pair', 21, 3232, 3232, 0.020711215318483783),
	(1, 'weekday', 'pair', 22, 3233, 3233, 0.008987885892926924),
	(1, 'weekday', 'pair', 23, 3276, 3276, 0.0035169988276670576),
	(1, 'weekday', 'pair', 24, 5600, 5600, 0.008206330597889801),
	(1, 'weekday', 'pair', 25, 7600, 7600, 0.038686987104337635),
	(1, 'weekday', 'pair', 26, 7606, 7606, 0.0042985541227041815),
	(1, 'weekday', 'pair', 27, 7607, 7607, 0.009769441187964049),
	(1, 'weekday', 'pair', 28, 7608, 7608, 0.02618210238374365),
	(1, 'weekday', 'pair', 29, 7624, 7624, 0.008206330597889801),
	(1, 'weekday', 'pair', 30, 7632, 7632, 0.0246189917936694),
	(1, 'weekday', 'pair', 31, 7676, 7676, 0.005080109417741305),
	(1, 'weekday', 'pair', 32, NULL, NULL, 0.4271199687377882),
	(1, 'weekend', 'pair', 0, 0, 0, 0.05158214130905939),
	(1, 'weekend', 'pair', 1, 32, 32, 0.014304291287386216),
	(1, 'weekend', 'pair', 2, 303, 303, 0.005635023840485479),
	(1, 'weekend', 'pair', 3, 606, 606, 0.006501950585175552),
	(1, 'weekend', 'pair', 4, 708, 708, 0.007368877329865626),
	(1, 'weekend', 'pair', 5, 803, 803, 0.004768097095795405),
	(1, 'weekend', 'pair', 6, 806, 806, 0.0082358040745557),
	(1, 'weekend', 'pair', 7, 807, 807, 0.009969657563935847),
	(1, 'weekend', 'pair', 8, 808, 808, 0.05071521456436931),
	(1, 'weekend', 'pair', 9, 824, 824, 0.013437364542696142),
	(1, 'weekend', 'pair', 10, 828, 828, 0.032509752925877766),
	(1, 'weekend', 'pair', 11, 832, 832, 0.03164282618118769),
	(1, 'weekend', 'pair', 12, 2808, 2808, 0.025574338968357174),
	(1, 'weekend', 'pair', 13, 2828, 2828, 0.013437364542696142),
	(1, 'weekend', 'pair', 14, 2832, 2832, 0.0247074122236671),
	(1, 'weekend', 'pair', 15, 3200, 3200, 0.004768097095795405),
	(1, 'weekend', 'pair', 16, 3206, 3206, 0.005635023840485479),
	(1, 'weekend', 'pair', 17, 3207, 3207, 0.007368877329865626),
	(1, 'weekend', 'pair', 18, 3208, 3208, 0.047247507585609014),
	(1, 'weekend', 'pair', 19, 3224, 3224, 0.003034243606415258),
	(1, 'weekend', 'pair', 20, 3228, 3228, 0.017771998266146512),
	(1, 'weekend', 'pair', 21, 3232, 3232, 0.03424360641525791),
	(1, 'weekend', 'pair', 22, 3233, 3233, 0.009102730819245773),
	(1, 'weekend', 'pair', 23, 3276, 3276, 0.009102730819245773),
	(1, 'weekend', 'pair', 24, 5600, 5600, 0.003034243606415258),
	(1, 'weekend', 'pair', 25, 7600, 7600, 0.0411790203727785),
	(1, 'weekend', 'pair', 26, 7606, 7606, 0.012570437798006068),
	(1, 'weekend', 'pair', 27, 7607, 7607, 0.006501950585175552),
	(1, 'weekend', 'pair', 28, 7608, 7608, 0.027308192457737322),
	(1, 'weekend', 'pair', 29, 7624, 7624, 0.0082358040745557),
	(1, 'weekend', 'pair', 30, 7632, 7632, 0.027308192457737322),
	(1, 'weekend', 'pair', 31, 7676, 7676, 0.009102730819245773),
	(1, 'weekend', 'pair', 32, NULL, NULL, 0.4260944950151712),
	(1, 'all', 'miles', 0, NULL, 0.71, 0.1),
	(1, 'all', 'miles', 1, 0.71, 1.1, 0.09625779625779626),
	(1, 'all', 'miles', 2, 1.1, 1.5, 0.09916839916839917),
	(1, 'all', 'miles', 3, 1.5, 2.27, 0.10457380457380458),
	(1, 'all', 'miles', 4, 2.27, 3.82, 0.1),
	(1, 'all', 'miles', 5, 3.82, 6.65, 0.1),
	(1, 'all', 'miles', 6, 6.65, 9.84, 0.1),
	(1, 'all', 'miles', 7, 9.84, 13.3, 0.1),
	(1, 'all', 'miles', 8, 13.3, 17.34, 0.1),
	(1, 'all', 'miles', 9, 17.34, NULL, 0.1),
	(1, 'weekday', 'miles', 0, NULL, 0.71, 0.0997634069400631),
	(1, 'weekday', 'miles', 1, 0.71, 1.1, 0.0997634069400631),
	(1, 'weekday', 'miles', 2, 1.1, 1.5, 0.10449526813880126),
	(1, 'weekday', 'miles', 3, 1.5, 2.27, 0.09424290220820189),
	(1, 'weekday', 'miles', 4, 2.27, 3.82, 0.09660883280757097),
	(1, 'weekday', 'miles', 5, 3.82, 6.65, 0.10843848580441641),
	(1, 'weekday', 'miles', 6, 6.65, 9.84, 0.10449526813880126),
	(1, 'weekday', 'miles', 7, 9.84, 13.3, 0.10370662460567823),
	(1, 'weekday', 'miles', 8, 13.3, 17.34, 0.0997634069400631),
	(1, 'weekday', 'miles', 9, 17.34, NULL, 0.0887223974763407),
	(1, 'weekend', 'miles', 0, NULL, 0.71, 0.10026269702276708),
	(1, 'weekend', 'miles', 1, 0.71, 1.1, 0.09238178633975482),
	(1, 'weekend', 'miles', 2, 1.1, 1.5, 0.09325744308231174),
	(1, 'weekend', 'miles', 3, 1.5, 2.27, 0.11602451838879159),
	(1, 'weekend', 'miles', 4, 2.27, 3.82, 0.10376532399299475),
	(1, 'weekend', 'miles', 5, 3.82, 6.65, 0.09063047285464099),
	(1, 'weekend', 'miles', 6, 6.65, 9.84, 0.09500875656742556),
	(1, 'weekend', 'miles', 7, 9.84, 13.3, 0.09588441330998249),
	(1, 'weekend', 'miles', 8, 13.3, 17.34, 0.10026269702276708),
	(1, 'weekend', 'miles', 9, 17.34, NULL, 0.11252189141856392),
	(1, 'all', 'hour', 0, NULL, 1, 0.023009950248756218),
	(1, 'all', 'hour', 1, 1, 2, 0.02839966832504146),
	(1, 'all', 'hour', 2, 2, 3, 0.017205638474295192),
	(1, 'all', 'hour', 3, 3, 4, 0.008499170812603648),
	(1, 'all', 'hour', 4, 4, 5, 0.009328358208955223),
	(1, 'all', 'hour', 5, 5, 6, 0.007255389718076285),
	(1, 'all', 'hour', 6, 6, 7, 0.014718076285240465),
	(1, 'all', 'hour', 7, 7, 8, 0.027155887230514097),
	(1, 'all', 'hour', 8, 8, 9, 0.04539800995024876),
	(1, 'all', 'hour', 9, 9, 10, 0.04498341625207297),
	(1, 'all', 'hour', 10, 10, 11, 0.04373963515754561),
	(1, 'all', 'hour', 11, 11, 12, 0.05203150912106136),
	(1, 'all', 'hour', 12, 12, 13, 0.05700663349917081),
	(1, 'all', 'hour', 13, 13, 14, 0.05949419568822554),
	(1, 'all', 'hour', 14, 14, 15, 0.06446932006633499),
	(1, 'all', 'hour', 15, 15, 16, 0.07193200663349918),
	(1, 'all', 'hour', 16, 16, 17, 0.07317578772802653),
	(1, 'all', 'hour', 17, 17, 18, 0.08519900497512438),
	(1, 'all', 'hour', 18, 18, 19, 0.07939469320066335),
	(1, 'all', 'hour', 19, 19, 20, 0.0640547263681592),
	(1, 'all', 'hour', 20, 20, 21, 0.03959369817578773),
	(1, 'all', 'hour', 21, 21, 22, 0.034203980099502485),
	(1, 'all', 'hour', 22, 22, 23, 0.026741293532338308),
	(1, 'all', 'hour', 23, 23, NULL, 0.023009950248756218),
	(1, 'weekday', 'hour', 0, NULL, 1, 0.014509803921568627),
	(1, 'weekday', 'hour', 1, 1, 2, 0.013725490196078431),
	(1, 'weekday', 'hour', 2, 2, 3, 0.006666666666666667),
	(1, 'weekday', 'hour', 3, 3, 4, 0.0027450980392156863),
	(1, 'weekday', 'hour', 4, 4, 5, 0.0035294117647058825),
	(1, 'weekday', 'hour', 5, 5, 6, 0.0058823529411764705),
	(1, 'weekday', 'hour', 6, 6, 7, 0.021568627450980392),
	(1, 'weekday', 'hour', 7, 7, 8, 0.04352941176470588),
	(1, 'weekday', 'hour', 8, 8, 9, 0.052941176470588235),
	(1, 'weekday', 'hour', 9, 9, 10, 0.049019607843137254),
	(1, 'weekday', 'hour', 10, 10, 11, 0.049019607843137254),
	(1, 'weekday', 'hour', 11, 11, 12, 0.05058823529411765),
	(1, 'weekday', 'hour', 12, 12, 13, 0.06862745098039216),
	(1, 'weekday', 'hour', 13, 13, 14, 0.06235294117647059),
	(1, 'weekday', 'hour', 14, 14, 15, 0.05764705882352941),
	(1, 'weekday', 'hour', 15, 15, 16, 0.07411764705882352),
	(1, 'weekday', 'hour', 16, 16, 17, 0.07333333333333333),
	(1, 'weekday', 'hour', 17, 17, 18, 0.09372549019607843),
	(1, 'weekday', 'hour', 18, 18, 19, 0.07647058823529412),
	(1, 'weekday', 'hour', 19, 19, 20, 0.056862745098039215),
	(1, 'weekday', 'hour', 20, 20, 21, 0.045098039215686274),
	(1, 'weekday', 'hour', 21, 21, 22, 0.032549019607843135),
	(1, 'weekday', 'hour', 22, 22, 23, 0.02862745098039216),
	(1, 'weekday', 'hour', 23, 23, NULL, 0.016862745098039214),
	(1, 'weekend', 'hour', 0, NULL, 1, 0.03263707571801567),
	(1, 'weekend', 'hour', 1, 1, 2, 0.044821583986074845),
	(1, 'weekend', 'hour', 2, 2, 3, 0.029155787641427327),
	(1, 'weekend', 'hour', 3, 3, 4, 0.015230635335073977),
	(1, 'weekend', 'hour', 4, 4, 5, 0.01610095735422106),
	(1, 'weekend', 'hour', 5, 5, 6, 0.009138381201044387),
	(1, 'weekend', 'hour', 6, 6, 7, 0.0073977371627502175),
	(1, 'weekend', 'hour', 7, 7, 8, 0.009138381201044387),
	(1, 'weekend', 'hour', 8, 8, 9, 0.03698868581375109),
	(1, 'weekend', 'hour', 9, 9, 10, 0.04046997389033943),
	(1, 'weekend', 'hour', 10, 10, 11, 0.037859007832898174),
	(1, 'weekend', 'hour', 11, 11, 12, 0.05352480417754569),
	(1, 'weekend', 'hour', 12, 12, 13, 0.043951261966927765),
	(1, 'weekend', 'hour', 13, 13, 14, 0.05613577023498695),
	(1, 'weekend', 'hour', 14, 14, 15, 0.07180156657963446),
	(1, 'weekend', 'hour', 15, 15, 16, 0.06919060052219321),
	(1, 'weekend', 'hour', 16, 16, 17, 0.07267188859878156),
	(1, 'weekend', 'hour', 17, 17, 18, 0.07528285465622281),
	(1, 'weekend', 'hour', 18, 18, 19, 0.08224543080939947),
	(1, 'weekend', 'hour', 19, 19, 20, 0.07180156657963446),
	(1, 'weekend', 'hour', 20, 20, 21, 0.03350739773716275),
	(1, 'weekend', 'hour', 21, 21, 22, 0.036118363794604),
	(1, 'weekend', 'hour', 22, 22, 23, 0.024804177545691905),
	(1, 'weekend', 'hour', 23, 23, NULL, 0.030026109660574413),
	(1, 'all', 'prediction', 0, NULL, 6.122497476638832, 0.1),
	(1, 'all', 'prediction', 1, 6.122497476638832, 7.572961562692244, 0.1),
	(1, 'all', 'prediction', 2, 7.572961562692244, 9.833273868039676, 0.1),
	(1, 'all', 'prediction', 3, 9.833273868039676, 12.771462418665038, 0.1),
	(1, 'all', 'prediction', 4, 12.771462418665038, 16.211069376779395, 0.1),
	(1, 'all', 'prediction', 5, 16.211069376779395, 21.582704559888814, 0.1),
	(1, 'all', 'prediction', 6, 21.582704559888814, 25.57085437424457, 0.1),
	(1, 'all', 'prediction', 7, 25.57085437424457, 28.843652203241653, 0.1),
	(1, 'all', 'prediction', 8, 28.843652203241653, 34.10163367997213, 0.1),
	(1, 'all', 'prediction', 9, 34.10163367997213, NULL, 0.1),
	(1, 'weekday', 'prediction', 0, NULL, 6.122497476638832, 0.1029179810725552),
	(1, 'weekday', 'prediction', 1, 6.122497476638832, 7.572961562692244, 0.09897476340694006),
	(1, 'weekday', 'prediction', 2, 7.572961562692244, 9.833273868039676, 0.09897476340694006),
	(1, 'weekday', 'prediction', 3, 9.833273868039676, 12.771462418665038, 0.09818611987381703),
	(1, 'weekday', 'prediction', 4, 12.771462418665038, 16.211069376779395, 0.09818611987381703),
	(1, 'weekday', 'prediction', 5, 16.211069376779395, 21.582704559888814, 0.09897476340694006),
	(1, 'weekday', 'prediction', 6, 21.582704559888814, 25.57085437424457, 0.09897476340694006),
	(1, 'weekday', 'prediction', 7, 25.57085437424457, 28.843652203241653, 0.10134069400630914),
	(1, 'weekday', 'prediction', 8, 28.843652203241653, 34.10163367997213, 0.10212933753943218),
	(1, 'weekday', 'prediction', 9, 34.10163367997213, NULL, 0.10134069400630914),
	(1, 'weekend', 'prediction', 0, NULL, 6.122497476638832, 0.09676007005253941),
	(1, 'weekend', 'prediction', 1, 6.122497476638832, 7.572961562692244, 0.101138353765324),
	(1, 'weekend', 'prediction', 2, 7.572961562692244, 9.833273868039676, 0.101138353765324),
	(1, 'weekend', 'prediction', 3, 9.833273868039676, 12.771462418665038, 0.1020140105078809),
	(1, 'weekend', 'prediction', 4, 12.771462418665038, 16.211069376779395, 0.1020140105078809),
	(1, 'weekend', 'prediction', 5, 16.211069376779395, 21.582704559888814, 0.101138353765324),
	(1, 'weekend', 'prediction', 6, 21.582704559888814, 25.57085437424457, 0.101138353765324),
	(1, 'weekend', 'prediction', 7, 25.57085437424457, 28.843652203241653, 0.09851138353765324),
	(1, 'weekend', 'prediction', 8, 28.843652203241653, 34.10163367997213, 0.09763572679509633),
	(1, 'weekend', 'prediction', 9, 34.10163367997213, NULL, 0.09851138353765324),
	(3, 'all', 'pickup', 0, 0, 0, 0.0833628946434906),
	(3, 'all', 'pickup', 1, 2, 2, 0.014544164597374955),
	(3, 'all', 'pickup', 2, 3, 3, 0.02447676481021639),
	(3, 'all', 'pickup', 3, 6, 6, 0.03724725079815538),
	(3, 'all', 'pickup', 4, 7, 7, 0.01596310748492373),
	(3, 'all', 'pickup', 5, 8, 8, 0.18623625399077687),
	(3, 'all', 'pickup', 6, 24, 24, 0.008158921603405462),
	(3, 'all', 'pickup', 7, 28, 28, 0.08123448031216743),
	(3, 'all', 'pickup', 8, 32, 32, 0.1727562965590635),
	(3, 'all', 'pickup', 9, 33, 33, 0.022348350478893223),
	(3, 'all', 'pickup', 10, 35, 35, 0.00957786449095424),
	(3, 'all', 'pickup', 11, 41, 41, 0.013834693153600568),
	(3, 'all', 'pickup', 12, 42, 42, 0.007449450159631075),
	(3, 'all', 'pickup', 13, 43, 43, 0.008158921603405462),
	(3, 'all', 'pickup', 14, 56, 56, 0.025186236253990777),
	(3, 'all', 'pickup', 15, 69, 69, 0.00886839304717985),
	(3, 'all', 'pickup', 16, 76, 76, 0.15856686768357572),
	(3, 'all', 'pickup', 17, 77, 77, 0.02305782192266761),
	(3, 'all', 'pickup', 18, NULL, NULL, 0.09897126640652713),
	(3, 'all', 'dropoff', 0, 0, 0, 0.11229188806234502),
	(3, 'all', 'dropoff', 1, 2, 2, 0.009564293304994687),
	(3, 'all', 'dropoff', 2, 3, 3, 0.03365214311016649),
	(3, 'all', 'dropoff', 3, 4, 4, 0.007438894792773645),
	(3, 'all', 'dropoff', 4, 5, 5, 0.009564293304994687),
	(3, 'all', 'dropoff', 5, 6, 6, 0.04640453418349274),
	(3, 'all', 'dropoff', 6, 7, 7, 0.042862203329791),
	(3, 'all', 'dropoff', 7, 8, 8, 0.1902231668437832),
	(3, 'all', 'dropoff', 8, 16, 16, 0.011689691817215728),
	(3, 'all', 'dropoff', 9, 22, 22, 0.008855827134254339),
	(3, 'all', 'dropoff', 10, 24, 24, 0.039319872476089264),
	(3, 'all', 'dropoff', 11, 28, 28, 0.08749557208643287),
	(3, 'all', 'dropoff', 12, 32, 32, 0.16188452001416934),
	(3, 'all', 'dropoff', 13, 33, 33, 0.032235210768685796),
	(3, 'all', 'dropoff', 14, 35, 35, 0.009564293304994687),
	(3, 'all', 'dropoff', 15, 38, 38, 0.008147360963513992),
	(3, 'all', 'dropoff', 16, 41, 41, 0.009564293304994687),
	(3, 'all', 'dropoff', 17, 43, 43, 0.014523556500177117),
	(3, 'all', 'dropoff', 18, 49, 49, 0.007438894792773645),
	(3, 'all', 'dropoff', 19, 69, 69, 0.009564293304994687),
	(3, 'all', 'dropoff', 20, 76, 76, 0.022316684378320937),
	(3, 'all', 'dropoff', 21, 77, 77, 0.021608218207580587),
	(3, 'all', 'dropoff', 22, NULL, NULL, 0.10379029401346086),
	(3, 'all', 'pair', 0, 0, 0, 0.03289706402546869),
	(3, 'all', 'pair', 1, 8, 8, 0.008843296781039971),
	(3, 'all', 'pair', 2, 32, 32, 0.008843296781039971),
	(3, 'all', 'pair', 3, 603, 603, 0.008135833038556774),
	(3, 'all', 'pair', 4, 606, 606, 0.008135833038556774),
	(3, 'all', 'pair', 5, 608, 608, 0.008843296781039971),
	(3, 'all', 'pair', 6, 807, 807, 0.011673151750972763),
	(3, 'all', 'pair', 7, 808, 808, 0.05482844004244782),
	(3, 'all', 'pair', 8, 824, 824, 0.008135833038556774),
	(3, 'all', 'pair', 9, 828, 828, 0.024407499115670323),
	(3, 'all', 'pair', 10, 832, 832, 0.04138662893526707),
	(3, 'all', 'pair', 11, 2808, 2808, 0.016625397948355148),
	(3, 'all', 'pair', 12, 2828, 2828, 0.008843296781039971),
	(3, 'all', 'pair', 13, 2832, 2832, 0.017332861690838343),
	(3, 'all', 'pair', 14, 3207, 3207, 0.008843296781039971),
	(3, 'all', 'pair', 15, 3208, 3208, 0.04916873010258224),
	(3, 'all', 'pair', 16, 3224, 3224, 0.008135833038556774),
	(3, 'all', 'pair', 17, 3228, 3228, 0.02794481782808631),
	(3, 'all', 'pair', 18, 3232, 3232, 0.037141846480367884),
	(3, 'all', 'pair', 19, 5600, 5600, 0.007428369296073576),
	(3, 'all', 'pair', 20, 7600, 7600, 0.03855677396533427),
	(3, 'all', 'pair', 21, 7607, 7607, 0.00955076052352317),
	(3, 'all', 'pair', 22, 7608, 7608, 0.026529890343119915),
	(3, 'all', 'pair', 23, 7624, 7624, 0.008843296781039971),
	(3, 'all', 'pair', 24, 7628, 7628, 0.008135833038556774),
	(3, 'all', 'pair', 25, 7632, 7632, 0.0307746727980191),
	(3, 'all', 'pair', 26, NULL, NULL, 0.48001414927484964),
	(3, 'all', 'miles', 0, NULL, 0.7, 0.09715302491103203),
	(3, 'all', 'miles', 1, 0.7, 1.08, 0.10284697508896797),
	(3, 'all', 'miles', 2, 1.08, 1.5, 0.1),
	(3, 'all', 'miles', 3, 1.5, 2.27, 0.09857651245551602),
	(3, 'all', 'miles', 4, 2.27, 3.6, 0.10142348754448399),
	(3, 'all', 'miles', 5, 3.6, 6.14, 0.1),
	(3, 'all', 'miles', 6, 6.14, 9.8, 0.1),
	(3, 'all', 'miles', 7, 9.8, 13.2, 0.1),
	(3, 'all', 'miles', 8, 13.2, 17.41, 0.09928825622775801),
	(3, 'all', 'miles', 9, 17.41, NULL, 0.100711743772242),
	(3, 'all', 'hour', 0, NULL, 1, 0.018767705382436262),
	(3, 'all', 'hour', 1, 1, 2, 0.017351274787535412),
	(3, 'all', 'hour', 2, 2, 3, 0.010977337110481586),
	(3, 'all', 'hour', 3, 3, 4, 0.010977337110481586),
	(3, 'all', 'hour', 4, 4, 5, 0.006728045325779037),
	(3, 'all', 'hour', 5, 5, 6, 0.007436260623229462),
	(3, 'all', 'hour', 6, 6, 7, 0.015226628895184136),
	(3, 'all', 'hour', 7, 7, 8, 0.03293201133144476),
	(3, 'all', 'hour', 8, 8, 9, 0.047096317280453256),
	(3, 'all', 'hour', 9, 9, 10, 0.05276203966005666),
	(3, 'all', 'hour', 10, 10, 11, 0.056303116147308784),
	(3, 'all', 'hour', 11, 11, 12, 0.049220963172804534),
	(3, 'all', 'hour', 12, 12, 13, 0.059135977337110485),
	(3, 'all', 'hour', 13, 13, 14, 0.047096317280453256),
	(3, 'all', 'hour', 14, 14, 15, 0.06480169971671389),
	(3, 'all', 'hour', 15, 15, 16, 0.07613314447592068),
	(3, 'all', 'hour', 16, 16, 17, 0.08604815864022664),
	(3, 'all', 'hour', 17, 17, 18, 0.0825070821529745),
	(3, 'all', 'hour', 18, 18, 19, 0.0825070821529745),
	(3, 'all', 'hour', 19, 19, 20, 0.058427762039660054),
	(3, 'all', 'hour', 20, 20, 21, 0.044971671388101986),
	(3, 'all', 'hour', 21, 21, 22, 0.03364022662889518),
	(3, 'all', 'hour', 22, 22, 23, 0.020892351274787536),
	(3, 'all', 'hour', 23, 23, NULL, 0.018059490084985835),
	(3, 'all', 'prediction', 0, NULL, 6.326256560948476, 0.1),
	(3, 'all', 'prediction', 1, 6.326256560948476, 7.972794922120983, 0.1),
	(3, 'all', 'prediction', 2, 7.972794922120983, 10.03163596770074, 0.1),
	(3, 'all', 'prediction', 3, 10.03163596770074, 13.084064593153935, 0.1),
	(3, 'all', 'prediction', 4, 13.084064593153935, 16.564934841378747, 0.1),
	(3, 'all', 'prediction', 5, 16.564934841378747, 21.42131341397036, 0.1),
	(3, 'all', 'prediction', 6, 21.42131341397036, 24.933509307088176, 0.1),
	(3, 'all', 'prediction', 7, 24.933509307088176, 29.005732188533162, 0.1),
	(3, 'all', 'prediction', 8, 29.005732188533162, 34.1772329025534, 0.1),
	(3, 'all', 'prediction', 9, 34.1772329025534, NULL, 0.1),
	(8, 'all', 'pickup', 0, 0, 0, 0.061932287365813375),
	(8, 'all', 'pickup', 1, 3, 3, 0.018992568125516102),
	(8, 'all', 'pickup', 2, 6, 6, 0.033856317093311314),
	(8, 'all', 'pickup', 3, 7, 7, 0.022295623451692816),
	(8, 'all', 'pickup', 4, 8, 8, 0.2138728323699422),
	(8, 'all', 'pickup', 5, 28, 28, 0.0916597853014038),
	(8, 'all', 'pickup', 6, 32, 32, 0.1907514450867052),
	(8, 'all', 'pickup', 7, 56, 56, 0.02064409578860446),
	(8, 'all', 'pickup', 8, 76, 76, 0.1494632535094963),
	(8, 'all', 'pickup', 9, 77, 77, 0.017341040462427744),
	(8, 'all', 'pickup', 10, NULL, NULL, 0.1791907514450867),
	(8, 'all', 'dropoff', 0, 0, 0, 0.12448474855729597),
	(8, 'all', 'dropoff', 1, 2, 2, 0.02225886232481451),
	(8, 'all', 'dropoff', 2, 3, 3, 0.018961253091508656),
	(8, 'all', 'dropoff', 3, 6, 6, 0.04204451772464963),
	(8, 'all', 'dropoff', 4, 7, 7, 0.038746908491343775),
	(8, 'all', 'dropoff', 5, 8, 8, 0.19208573784006594),
	(8, 'all', 'dropoff', 6, 24, 24, 0.01731244847485573),
	(8, 'all', 'dropoff', 7, 28, 28, 0.09480626545754328),
	(8, 'all', 'dropoff', 8, 32, 32, 0.17394888705688377),
	(8, 'all', 'dropoff', 9, 33, 33, 0.028854080791426217),
	(8, 'all', 'dropoff', 10, 76, 76, 0.02720527617477329),
	(8, 'all', 'dropoff', 11, 77, 77, 0.020610057708161583),
	(8, 'all', 'dropoff', 12, NULL, NULL, 0.19868095630667765),
	(8, 'all', 'pair', 0, 0, 0, 0.038746908491343775),
	(8, 'all', 'pair', 1, 807, 807, 0.01731244847485573),
	(8, 'all', 'pair', 2, 808, 808, 0.04699093157460841),
	(8, 'all', 'pair', 3, 828, 828, 0.023907666941467436),
	(8, 'all', 'pair', 4, 832, 832, 0.06183017312448475),
	(8, 'all', 'pair', 5, 2808, 2808, 0.030502885408079144),
	(8, 'all', 'pair', 6, 2832, 2832, 0.01731244847485573),
	(8, 'all', 'pair', 7, 3208, 3208, 0.06183017312448475),
	(8, 'all', 'pair', 8, 3228, 3228, 0.03215169002473207),
	(8, 'all', 'pair', 9, 3232, 3232, 0.05358615004122012),
	(8, 'all', 'pair', 10, 7600, 7600, 0.04699093157460841),
	(8, 'all', 'pair', 11, 7632, 7632, 0.023907666941467436),
	(8, 'all', 'pair', 12, NULL, NULL, 0.5449299258037923),
	(8, 'all', 'miles', 0, NULL, 0.7, 0.09834710743801653),
	(8, 'all', 'miles', 1, 0.7, 1, 0.08016528925619834),
	(8, 'all', 'miles', 2, 1, 1.46, 0.12148760330578512),
	(8, 'all', 'miles', 3, 1.46, 1.9, 0.09834710743801653),
	(8, 'all', 'miles', 4, 1.9, 3.11, 0.10165289256198347),
	(8, 'all', 'miles', 5, 3.11, 5.67, 0.1),
	(8, 'all', 'miles', 6, 5.67, 8.89, 0.1),
	(8, 'all', 'miles', 7, 8.89, 12, 0.09834710743801653),
	(8, 'all', 'miles', 8, 12, 16.7, 0.10165289256198347),
	(8, 'all', 'miles', 9, 16.7, NULL, 0.1),
	(8, 'all', 'hour', 0, NULL, 1, 0.01715686274509804),
	(8, 'all', 'hour', 1, 1, 2, 0.015522875816993464),
	(8, 'all', 'hour', 2, 2, 3, 0.018790849673202614),
	(8, 'all', 'hour', 3, 3, 4, 0.004084967320261438),
	(8, 'all', 'hour', 4, 4, 5, 0.005718954248366013),
	(8, 'all', 'hour', 5, 5, 6, 0.008986928104575163),
	(8, 'all', 'hour', 6, 6, 7, 0.012254901960784314),
	(8, 'all', 'hour', 7, 7, 8, 0.02696078431372549),
	(8, 'all', 'hour', 8, 8, 9, 0.04003267973856209),
	(8, 'all', 'hour', 9, 9, 10, 0.051470588235294115),
	(8, 'all', 'hour', 10, 10, 11, 0.056372549019607844),
	(8, 'all', 'hour', 11, 11, 12, 0.04330065359477124),
	(8, 'all', 'hour', 12, 12, 13, 0.059640522875817),
	(8, 'all', 'hour', 13, 13, 14, 0.07598039215686274),
	(8, 'all', 'hour', 14, 14, 15, 0.05800653594771242),
	(8, 'all', 'hour', 15, 15, 16, 0.08088235294117647),
	(8, 'all', 'hour', 16, 16, 17, 0.07434640522875817),
	(8, 'all', 'hour', 17, 17, 18, 0.09722222222222222),
	(8, 'all', 'hour', 18, 18, 19, 0.07924836601307189),
	(8, 'all', 'hour', 19, 19, 20, 0.04820261437908497),
	(8, 'all', 'hour', 20, 20, 21, 0.03839869281045752),
	(8, 'all', 'hour', 21, 21, 22, 0.03839869281045752),
	(8, 'all', 'hour', 22, 22, 23, 0.02696078431372549),
	(8, 'all', 'hour', 23, 23, NULL, 0.022058823529411766),
	(8, 'all', 'prediction', 0, NULL, 6.332965199875327, 0.1),
	(8, 'all', 'prediction', 1, 6.332965199875327, 8.003744982461015, 0.1),
	(8, 'all', 'prediction', 2, 8.003744982461015, 9.785454227712513, 0.1),
	(8, 'all', 'prediction', 3, 9.785454227712513, 12.045814486068062, 0.1),
	(8, 'all', 'prediction', 4, 12.045814486068062, 14.435560289075086, 0.1),
	(8, 'all', 'prediction', 5, 14.435560289075086, 20.136837159275704, 0.1),
	(8, 'all', 'prediction', 6, 20.136837159275704, 24.44929379550559, 0.1),
	(8, 'all', 'prediction', 7, 24.44929379550559, 28.53943522885791, 0.1),
	(8, 'all', 'prediction', 8, 28.53943522885791, 33.90354122658222, 0.1),
	(8, 'all', 'prediction', 9, 33.90354122658222, NULL, 0.1),
	(19, 'all', 'pickup', 0, 0, 0, 0.08444092183880014),
	(19, 'all', 'pickup', 1, 1, 1, 0.008840385318863553),
	(19, 'all', 'pickup', 2, 2, 2, 0.011644921351054749),
	(19, 'all', 'pickup', 3, 3, 3, 0.022375320082916716),
	(19, 'all', 'pickup', 4, 4, 4, 0.005060358492866723),
	(19, 'all', 'pickup', 5, 5, 5, 0.0035971223021582736),
	(19, 'all', 'pickup', 6, 6, 6, 0.028228264845750518),
	(19, 'all', 'pickup', 7, 7, 7, 0.017375929764662845),
	(19, 'all', 'pickup', 8, 8, 8, 0.20198756249237898),
	(19, 'all', 'pickup', 9, 10, 10, 0.0023777588099012314),
	(19, 'all', 'pickup', 10, 11, 11, 0.0015242043653213022),
	(19, 'all', 'pickup', 11, 12, 12, 0.0017680770637727107),
	(19, 'all', 'pickup', 12, 14, 14, 0.003231313254481161),
	(19, 'all', 'pickup', 13, 15, 15, 0.0024996951591269357),
	(19, 'all', 'pickup', 14, 16, 16, 0.003962931349835386),
	(19, 'all', 'pickup', 15, 21, 21, 0.0034751859529325692),
	(19, 'all', 'pickup', 16, 22, 22, 0.0035971223021582736),
	(19, 'all', 'pickup', 17, 24, 24, 0.0101816851603463),
	(19, 'all', 'pickup', 18, 25, 25, 0.0037190586513839775),
	(19, 'all', 'pickup', 19, 28, 28, 0.09309840263382514),
	(19, 'all', 'pickup', 20, 29, 29, 0.00262163150835264),
	(19, 'all', 'pickup', 21, 31, 31, 0.002743567857578344),
	(19, 'all', 'pickup', 22, 32, 32, 0.1674795756615047),
	(19, 'all', 'pickup', 23, 33, 33, 0.019692720399951225),
	(19, 'all', 'pickup', 24, 34, 34, 0.004694549445189611),
	(19, 'all', 'pickup', 25, 35, 35, 0.008108767223509328),
	(19, 'all', 'pickup', 26, 36, 36, 0.004816485794415315),
	(19, 'all', 'pickup', 27, 37, 37, 0.002133886111449823),
	(19, 'all', 'pickup', 28, 38, 38, 0.006889403731252287),
	(19, 'all', 'pickup', 29, 39, 39, 0.00493842214364102),
	(19, 'all', 'pickup', 30, 40, 40, 0.0016461407145470066),
	(19, 'all', 'pickup', 31, 41, 41, 0.010303621509572003),
	(19, 'all', 'pickup', 32, 42, 42, 0.0042068040482867945),
	(19, 'all', 'pickup', 33, 43, 43, 0.008108767223509328),
	(19, 'all', 'pickup', 34, 44, 44, 0.005791976588220948),
	(19, 'all', 'pickup', 35, 45, 45, 0.002743567857578344),
	(19, 'all', 'pickup', 36, 46, 46, 0.0024996951591269357),
	(19, 'all', 'pickup', 37, 48, 48, 0.0018900134129984148),
	(19, 'all', 'pickup', 38, 49, 49, 0.00408486769906109),
	(19, 'all', 'pickup', 39, 50, 50, 0.0016461407145470066),
	(19, 'all', 'pickup', 40, 51, 51, 0.0018900134129984148),
	(19, 'all', 'pickup', 41, 52, 52, 0.0017680770637727107),
	(19, 'all', 'pickup', 42, 53, 53, 0.002011949762224119),
	(19, 'all', 'pickup', 43, 56, 56, 0.024204365321302282),
	(19, 'all', 'pickup', 44, 60, 60, 0.001402268016095598),
	(19, 'all', 'pickup', 45, 66, 66, 0.0015242043653213022),
	(19, 'all', 'pickup', 46, 68, 68, 0.0035971223021582736),
	(19, 'all', 'pickup', 47, 69, 69, 0.006889403731252287),
	(19, 'all', 'pickup', 48, 71, 71, 0.0034751859529325692),
	(19, 'all', 'pickup', 49, 72, 72, 0.0016461407145470066),
	(19, 'all', 'pickup', 50, 73, 73, 0.0015242043653213022),
	(19, 'all', 'pickup', 51, 76, 76, 0.13723936105353005),
	(19, 'all', 'pickup', 52, 77, 77, 0.01810754786001707),
	(19, 'all', 'pickup', 53, NULL, NULL, 0.014693330081697355),
	(19, 'weekday', 'pickup', 0, 0, 0, 0.08444092183880014),
	(19, 'weekday', 'pickup', 1, 1, 1, 0.008840385318863553),
	(19, 'weekday', 'pickup', 2, 2, 2, 0.011644921351054749),
	(19, 'weekday', 'pickup', 3, 3, 3, 0.022375320082916716),
	(19, 'weekday', 'pickup', 4, 4, 4, 0.005060358492866723),
	(19, 'weekday', 'pickup', 5, 5, 5, 0.0035971223021582736),
	(19, 'weekday', 'pickup', 6, 6, 6, 0.028228264845750518),
	(19, 'weekday', 'pickup', 7, 7, 7, 0.017375929764662845),
	(19, 'weekday', 'pickup', 8, 8, 8, 0.20198756249237898),
	(19, 'weekday', 'pickup', 9, 10, 10, 0.0023777588099012314),
	(19, 'weekday', 'pickup', 10, 11, 11, 0.0015242043653213022),
	(19, 'weekday', 'pickup', 11, 12, 12, 0.0017680770637727107),
	(19, 'weekday', 'pickup', 12, 14, 14, 0.003231313254481161),
	(19, 'weekday', 'pickup', 13, 15, 15, 0.0024996951591269357),
	(19, 'weekday', 'pickup', 14, 16, 16, 0.003962931349835386),
	(19, 'weekday', 'pickup', 15, 21, 21, 0.0034751859529325692),
	(19, 'weekday', 'pickup', 16, 22, 22, 0.0035971223021582736),
	(19, 'weekday', 'pickup', 17, 24, 24, 0.0101816851603463),
	(19, 'weekday', 'pickup', 18, 25, 25, 0.0037190586513839775),
	(19, 'weekday', 'pickup', 19, 28, 28, 0.09309840263382514),
	(19, 'weekday', 'pickup', 20, 29, 29, 0.00262163150835264),
	(19, 'weekday', 'pickup', 21, 31, 31, 0.002743567857578344),
	(19, 'weekday', 'pickup', 22, 32, 32, 0.1674795756615047),
	(19, 'weekday', 'pickup', 23, 33, 33, 0.019692720399951225),
	(19, 'weekday', 'pickup', 24, 34, 34, 0.004694549445189611),
	(19, 'weekday', 'pickup', 25, 35, 35, 0.008108767223509328),
	(19, 'weekday', 'pickup', 26, 36, 36, 0.004816485794415315),
	(19, 'weekday', 'pickup', 27, 37, 37, 0.002133886111449823),
	(19, 'weekday', 'pickup', 28, 38, 38, 0.006889403731252287),
	(19, 'weekday', 'pickup', 29, 39, 39, 0.00493842214364102),
	(19, 'weekday', 'pickup', 30, 40, 40, 0.0016461407145470066),
	(19, 'weekday', 'pickup', 31, 41, 41, 0.010303621509572003),
	(19, 'weekday', 'pickup', 32, 42, 42, 0.0042068040482867945),
	(19, 'weekday', 'pickup', 33, 43, 43, 0.008108767223509328),
	(19, 'weekday', 'pickup', 34, 44, 44, 0.005791976588220948),
	(19, 'weekday', 'pickup', 35, 45, 45, 0.002743567857578344),
	(19, 'weekday', 'pickup', 36, 46, 46, 0.0024996951591269357),
	(19, 'weekday', 'pickup', 37, 48, 48, 0.0018900134129984148),
	(19, 'weekday', 'pickup', 38, 49, 49, 0.00408486769906109),
	(19, 'weekday', 'pickup', 39, 50, 50, 0.0016461407145470066),
	(19, 'weekday', 'pickup', 40, 51, 51, 0.0018900134129984148),
	(19, 'weekday', 'pickup', 41, 52, 52, 0.0017680770637727107),
	(19, 'weekday', 'pickup', 42, 53, 53, 0.002011949762224119),
	(19, 'weekday', 'pickup', 43, 56, 56, 0.024204365321302282),
	(19, 'weekday', 'pickup', 44, 60, 60, 0.001402268016095598),
	(19, 'weekday', 'pickup', 45, 66, 66, 0.0015242043653213022),
	(19, 'weekday', 'pickup', 46, 68, 68, 0.0035971223021582736),
	(19, 'weekday', 'pickup', 47, 69, 69, 0.006889403731252287),
	(19, 'weekday', 'pickup', 48, 71, 71, 0.0034751859529325692),
	(19, 'weekday', 'pickup', 49, 72, 72, 0.0016461407145470066),
	(19, 'weekday', 'pickup', 50, 73, 73, 0.0015242043653213022),
	(19, 'weekday', 'pickup', 51, 76, 76, 0.13723936105353005),
	(19, 'weekday', 'pickup', 52, 77, 77, 0.01810754786001707),
	(19, 'weekday', 'pickup', 53, NULL, NULL, 0.014693330081697355),
	(19, 'all', 'dropoff', 0, 0, 0, 0.1040536421822615),
	(19, 'all', 'dropoff', 1, 1, 1, 0.008229198415117342),
	(19, 'all', 'dropoff', 2, 2, 2, 0.010057909174032308),
	(19, 'all', 'dropoff', 3, 3, 3, 0.02992989942090826),
	(19, 'all', 'dropoff', 4, 4, 4, 0.006278573605608046),
	(19, 'all', 'dropoff', 5, 5, 5, 0.009570252971654983),
	(19, 'all', 'dropoff', 6, 6, 6, 0.041755562328558364),
	(19, 'all', 'dropoff', 7, 7, 7, 0.03724474245656812),
	(19, 'all', 'dropoff', 8, 8, 8, 0.21633648277964035),
	(19, 'all', 'dropoff', 9, 10, 10, 0.004449862846693082),
	(19, 'all', 'dropoff', 10, 11, 11, 0.0016458396830234684),
	(19, 'all', 'dropoff', 11, 12, 12, 0.0026211520877781162),
	(19, 'all', 'dropoff', 12, 13, 13, 0.0017677537336177995),
	(19, 'all', 'dropoff', 13, 14, 14, 0.004084120694910089),
	(19, 'all', 'dropoff', 14, 15, 15, 0.004084120694910089),
	(19, 'all', 'dropoff', 15, 16, 16, 0.007253886010362694),
	(19, 'all', 'dropoff', 16, 17, 17, 0.0018896677842121304),
	(19, 'all', 'dropoff', 17, 19, 19, 0.0012800975312404754),
	(19, 'all', 'dropoff', 18, 21, 21, 0.004084120694910089),
	(19, 'all', 'dropoff', 19, 22, 22, 0.013105760438890583),
	(19, 'all', 'dropoff', 20, 23, 23, 0.0029868942395611096),
	(19, 'all', 'dropoff', 21, 24, 24, 0.03200243828101189),
	(19, 'all', 'dropoff', 22, 25, 25, 0.0029868942395611096),
	(19, 'all', 'dropoff', 23, 26, 26, 0.0012800975312404754),
	(19, 'all', 'dropoff', 24, 27, 27, 0.0018896677842121304),
	(19, 'all', 'dropoff', 25, 28, 28, 0.09088692471807376),
	(19, 'all', 'dropoff', 26, 30, 30, 0.0017677537336177995),
	(19, 'all', 'dropoff', 27, 31, 31, 0.003962206644315757),
	(19, 'all', 'dropoff', 28, 32, 32, 0.16525449558061567),
	(19, 'all', 'dropoff', 29, 33, 33, 0.027857360560804633),
	(19, 'all', 'dropoff', 30, 34, 34, 0.0023773239865894544),
	(19, 'all', 'dropoff', 31, 35, 35, 0.0068881438585797015),
	(19, 'all', 'dropoff', 32, 36, 36, 0.0021334958854007926),
	(19, 'all', 'dropoff', 33, 37, 37, 0.0023773239865894544),
	(19, 'all', 'dropoff', 34, 38, 38, 0.008351112465711673),
	(19, 'all', 'dropoff', 35, 39, 39, 0.0051813471502590676),
	(19, 'all', 'dropoff', 36, 40, 40, 0.0018896677842121304),
	(19, 'all', 'dropoff', 37, 41, 41, 0.010789393477598294),
	(19, 'all', 'dropoff', 38, 42, 42, 0.0033526363913441025),
	(19, 'all', 'dropoff', 39, 43, 43, 0.008838768668088998),
	(19, 'all', 'dropoff', 40, 44, 44, 0.005669003352636391),
	(19, 'all', 'dropoff', 41, 46, 46, 0.0027430661383724473),
	(19, 'all', 'dropoff', 42, 48, 48, 0.0017677537336177995),
	(19, 'all', 'dropoff', 43, 49, 49, 0.004815604998476075),
	(19, 'all', 'dropoff', 44, 53, 53, 0.0015239256324291375),
	(19, 'all', 'dropoff', 45, 56, 56, 0.008107284364523012),
	(19, 'all', 'dropoff', 46, 59, 59, 0.0012800975312404754),
	(19, 'all', 'dropoff', 47, 61, 61, 0.0020115818348064615),
	(19, 'all', 'dropoff', 48, 66, 66, 0.0023773239865894544),
	(19, 'all', 'dropoff', 49, 67, 67, 0.0012800975312404754),
	(19, 'all', 'dropoff', 50, 68, 68, 0.0037183785431270954),
	(19, 'all', 'dropoff', 51, 69, 69, 0.006034745504419384),
	(19, 'all', 'dropoff', 52, 71, 71, 0.0026211520877781162),
	(19, 'all', 'dropoff', 53, 73, 73, 0.0028649801889667785),
	(19, 'all', 'dropoff', 54, 76, 76, 0.02761353245961597),
	(19, 'all', 'dropoff', 55, 77, 77, 0.021761658031088083),
	(19, 'all', 'dropoff', 56, NULL, NULL, 0.011033221578786955),
	(19, 'weekday', 'dropoff', 0, 0, 0, 0.1040536421822615),
	(19, 'weekday', 'dropoff', 1, 1, 1, 0.008229198415117342),
	(19, 'weekday', 'dropoff', 2, 2, 2, 0.010057909174032308),
	(19, 'weekday', 'dropoff', 3, 3, 3, 0.02992989942090826),
	(19, 'weekday', 'dropoff', 4, 4, 4, 0.006278573605608046),
	(19, 'weekday', 'dropoff', 5, 5, 5, 0.009570252971654983),
	(19, 'weekday', 'dropoff', 6, 6, 6, 0.041755562328558364),
	(19, 'weekday', 'dropoff', 7, 7, 7, 0.03724474245656812),
	(19, 'weekday', 'dropoff', 8, 8, 8, 0.21633648277964035),
	(19, 'weekday', 'dropoff', 9, 10, 10, 0.004449862846693082),
	(19, 'weekday', 'dropoff', 10, 11, 11, 0.0016458396830234684),
	(19, 'weekday', 'dropoff', 11, 12, 12, 0.0026211520877781162),
	(19, 'weekday', 'dropoff', 12, 13, 13, 0.0017677537336177995),
	(19, 'weekday', 'dropoff', 13, 14, 14, 0.004084120694910089),
	(19, 'weekday', 'dropoff', 14, 15, 15, 0.004084120694910089),
	(19, 'weekday', 'dropoff', 15, 16, 16, 0.007253886010362694),
	(19, 'weekday', 'dropoff', 16, 17, 17, 0.0018896677842121304),
	(19, 'weekday', 'dropoff', 17, 19, 19, 0.0012800975312404754),
	(19, 'weekday', 'dropoff', 18, 21, 21, 0.004084120694910089),
	(19, 'weekday', 'dropoff', 19, 22, 22, 0.013105760438890583),
	(19, 'weekday', 'dropoff', 20, 23, 23, 0.0029868942395611096),
	(19, 'weekday', 'dropoff', 21, 24, 24, 0.03200243828101189),
	(19, 'weekday', 'dropoff', 22, 25, 25, 0.0029868942395611096),
	(19, 'weekday', 'dropoff', 23, 26, 26, 0.0012800975312404754),
	(19, 'weekday', 'dropoff', 24, 27, 27, 0.0018896677842121304),
	(19, 'weekday', 'dropoff', 25, 28, 28, 0.09088692471807376),
	(19, 'weekday', 'dropoff', 26, 30, 30, 0.0017677537336177995),
	(19, 'weekday', 'dropoff', 27, 31, 31, 0.003962206644315757),
	(19, 'weekday', 'dropoff', 28, 32, 32, 0.16525449558061567),
	(19, 'weekday', 'dropoff', 29, 33, 33, 0.027857360560804633),
	(19, 'weekday', 'dropoff', 30, 34, 34, 0.0023773239865894544),
	(19, 'weekday', 'dropoff', 31, 35, 35, 0.0068881438585797015),
	(19, 'weekday', 'dropoff', 32, 36, 36, 0.0021334958854007926),
	(19, 'weekday', 'dropoff', 33, 37, 37, 0.0023773239865894544),
	(19, 'weekday', 'dropoff', 34, 38, 38, 0.008351112465711673),
	(19, 'weekday', 'dropoff', 35, 39, 39, 0.0051813471502590676),
	(19, 'weekday', 'dropoff', 36, 40, 40, 0.0018896677842121304),
	(19, 'weekday', 'dropoff', 37, 41, 41, 0.010789393477598294),
	(19, 'weekday', 'dropoff', 38, 42, 42, 0.0033526363913441025),
	(19, 'weekday', 'dropoff', 39, 43, 43, 0.008838768668088998),
	(19, 'weekday', 'dropoff', 40, 44, 44, 0.005669003352636391),
	(19, 'weekday', 'dropoff', 41, 46, 46, 0.0027430661383724473),
	(19, 'weekday', 'dropoff', 42, 48, 48, 0.0017677537336177995),
	(19, 'weekday', 'dropoff', 43, 49, 49, 0.004815604998476075),
	(19, 'weekday', 'dropoff', 44, 53, 53, 0.0015239256324291375),
	(19, 'weekday', 'dropoff', 45, 56, 56, 0.008107284364523012),
	(19, 'weekday', 'dropoff', 46, 59, 59, 0.0012800975312404754),
	(19, 'weekday', 'dropoff', 47, 61, 61, 0.0020115818348064615),
	(19, 'weekday', 'dropoff', 48, 66, 66, 0.0023773239865894544),
	(19, 'weekday', 'dropoff', 49, 67, 67, 0.0012800975312404754),
	(19, 'weekday', 'dropoff', 50, 68, 68, 0.0037183785431270954),
	(19, 'weekday', 'dropoff', 51, 69, 69, 0.006034745504419384),
	(19, 'weekday', 'dropoff', 52, 71, 71, 0.0026211520877781162),
	(19, 'weekday', 'dropoff', 53, 73, 73, 0.0028649801889667785),
	(19, 'weekday', 'dropoff', 54, 76, 76, 0.02761353245961597),
	(19, 'weekday', 'dropoff', 55, 77, 77, 0.021761658031088083),
	(19, 'weekday', 'dropoff', 56, NULL, NULL, 0.011033221578786955),
	(19, 'all', 'pair', 0, 0, 0, 0.03682217879824133),
	(19, 'all', 'pair', 1, 8, 8, 0.011785539814362481),
	(19, 'all', 'pair', 2, 32, 32, 0.010930630190522716),
	(19, 'all', 'pair', 3, 303, 303, 0.00604543234000977),
	(19, 'all', 'pair', 4, 608, 608, 0.005190522716170005),
	(19, 'all', 'pair', 5, 806, 806, 0.008121641426477772),
	(19, 'all', 'pair', 6, 807, 807, 0.010442110405471421),
	(19, 'all', 'pair', 7, 808, 808, 0.061736687835857354),
	(19, 'all', 'pair', 8, 824, 824, 0.00873229115779189),
	(19, 'all', 'pair', 9, 828, 828, 0.02778456277479238),
	(19, 'all', 'pair', 10, 832, 832, 0.04121885686370298),
	(19, 'all', 'pair', 11, 876, 876, 0.005556912554958476),
	(19, 'all', 'pair', 12, 2808, 2808, 0.025219833903273082),
	(19, 'all', 'pair', 13, 2828, 2828, 0.010686370297997069),
	(19, 'all', 'pair', 14, 2832, 2832, 0.023998534440644845),
	(19, 'all', 'pair', 15, 3206, 3206, 0.006778212017586712),
	(19, 'all', 'pair', 16, 3207, 3207, 0.007144601856375183),
	(19, 'all', 'pair', 17, 3208, 3208, 0.051722032242305815),
	(19, 'all', 'pair', 18, 3228, 3228, 0.02680752320468979),
	(19, 'all', 'pair', 19, 3232, 3232, 0.03437957987298486),
	(19, 'all', 'pair', 20, 3233, 3233, 0.005190522716170005),
	(19, 'all', 'pair', 21, 7600, 7600, 0.03499022960429898),
	(19, 'all', 'pair', 22, 7606, 7606, 0.005190522716170005),
	(19, 'all', 'pair', 23, 7608, 7608, 0.02717391304347826),
	(19, 'all', 'pair', 24, 7624, 7624, 0.005190522716170005),
	(19, 'all', 'pair', 25, 7632, 7632, 0.023754274548119198),
	(19, 'all', 'pair', 26, 7676, 7676, 0.005801172447484123),
	(19, 'all', 'pair', 27, NULL, NULL, 0.4716047874938935),
	(19, 'weekday', 'pair', 0, 0, 0, 0.03682217879824133),
	(19, 'weekday', 'pair', 1, 8, 8, 0.011785539814362481),
	(19, 'weekday', 'pair', 2, 32, 32, 0.010930630190522716),
	(19, 'weekday', 'pair', 3, 303, 303, 0.00604543234000977),
	(19, 'weekday', 'pair', 4, 608, 608, 0.005190522716170005),
	(19, 'weekday', 'pair', 5, 806, 806, 0.008121641426477772),
	(19, 'weekday', 'pair', 6, 807, 807, 0.010442110405471421),
	(19, 'weekday', 'pair', 7, 808, 808, 0.061736687835857354),
	(19, 'weekday', 'pair', 8, 824, 824, 0.00873229115779189),
	(19, 'weekday', 'pair', 9, 828, 828, 0.02778456277479238),
	(19, 'weekday', 'pair', 10, 832, 832, 0.04121885686370298),
	(19, 'weekday', 'pair', 11, 876, 876, 0.005556912554958476),
	(19, 'weekday', 'pair', 12, 2808, 2808, 0.025219833903273082),
	(19, 'weekday', 'pair', 13, 2828, 2828, 0.010686370297997069),
	(19, 'weekday', 'pair', 14, 2832, 2832, 0.023998534440644845),
	(19, 'weekday', 'pair', 15, 3206, 3206, 0.006778212017586712),
	(19, 'weekday', 'pair', 16, 3207, 3207, 0.007144601856375183),
	(19, 'weekday', 'pair', 17, 3208, 3208, 0.051722032242305815),
	(19, 'weekday', 'pair', 18, 3228, 3228, 0.02680752320468979),
	(19, 'weekday', 'pair', 19, 3232, 3232, 0.03437957987298486),
	(19, 'weekday', 'pair', 20, 3233, 3233, 0.005190522716170005),
	(19, 'weekday', 'pair', 21, 7600, 7600, 0.03499022960429898),
	(19, 'weekday', 'pair', 22, 7606, 7606, 0.005190522716170005),
	(19, 'weekday', 'pair', 23, 7608, 7608, 0.02717391304347826),
	(19, 'weekday', 'pair', 24, 7624, 7624, 0.005190522716170005),
	(19, 'weekday', 'pair', 25, 7632, 7632, 0.023754274548119198),
	(19, 'weekday', 'pair', 26, 7676, 7676, 0.005801172447484123),
	(19, 'weekday', 'pair', 27, NULL, NULL, 0.4716047874938935),
	(19, 'all', 'miles', 0, NULL, 0.7, 0.09946203692382932),
	(19, 'all', 'miles', 1, 0.7, 1, 0.087724660716469),
	(19, 'all', 'miles', 2, 1, 1.4, 0.10789827607286955),
	(19, 'all', 'miles', 3, 1.4, 2.07, 0.10471940335004279),
	(19, 'all', 'miles', 4, 2.07, 3.55, 0.09982882993030932),
	(19, 'all', 'miles', 5, 3.55, 5.91, 0.09995109426580266),
	(19, 'all', 'miles', 6, 5.91, 9.31, 0.10031788727228268),
	(19, 'all', 'miles', 7, 9.31, 12.54, 0.100073358601296),
	(19, 'all', 'miles', 8, 12.54, 17.29, 0.09958430125932266),
	(19, 'all', 'miles', 9, 17.29, NULL, 0.10044015160777602),
	(19, 'weekday', 'miles', 0, NULL, 0.7, 0.09946203692382932),
	(19, 'weekday', 'miles', 1, 0.7, 1, 0.087724660716469),
	(19, 'weekday', 'miles', 2, 1, 1.4, 0.10789827607286955),
	(19, 'weekday', 'miles', 3, 1.4, 2.07, 0.10471940335004279),
	(19, 'weekday', 'miles', 4, 2.07, 3.55, 0.09982882993030932),
	(19, 'weekday', 'miles', 5, 3.55, 5.91, 0.09995109426580266),
	(19, 'weekday', 'miles', 6, 5.91, 9.31, 0.10031788727228268),
	(19, 'weekday', 'miles', 7, 9.31, 12.54, 0.100073358601296),
	(19, 'weekday', 'miles', 8, 12.54, 17.29, 0.09958430125932266),
	(19, 'weekday', 'miles', 9, 17.29, NULL, 0.10044015160777602),
	(19, 'all', 'hour', 0, NULL, 1, 0.011788419252382117),
	(19, 'all', 'hour', 1, 1, 2, 0.011055460542389445),
	(19, 'all', 'hour', 2, 2, 3, 0.007390666992426093),
	(19, 'all', 'hour', 3, 3, 4, 0.007390666992426093),
	(19, 'all', 'hour', 4, 4, 5, 0.007390666992426093),
	(19, 'all', 'hour', 5, 5, 6, 0.007390666992426093),
	(19, 'all', 'hour', 6, 6, 7, 0.014720254092352798),
	(19, 'all', 'hour', 7, 7, 8, 0.03438797947715612),
	(19, 'all', 'hour', 8, 8, 9, 0.05576594185194234),
	(19, 'all', 'hour', 9, 9, 10, 0.06040801368189592),
	(19, 'all', 'hour', 10, 10, 11, 0.058453457121915464),
	(19, 'all', 'hour', 11, 11, 12, 0.05808697776691913),
	(19, 'all', 'hour', 12, 12, 13, 0.058453457121915464),
	(19, 'all', 'hour', 13, 13, 14, 0.06272904959687271),
	(19, 'all', 'hour', 14, 14, 15, 0.06590520400684095),
	(19, 'all', 'hour', 15, 15, 16, 0.06993647691180063),
	(19, 'all', 'hour', 16, 16, 17, 0.07335695089176643),
	(19, 'all', 'hour', 17, 17, 18, 0.07335695089176643),
	(19, 'all', 'hour', 18, 18, 19, 0.07323479110676766),
	(19, 'all', 'hour', 19, 19, 20, 0.06358416809186415),
	(19, 'all', 'hour', 20, 20, 21, 0.049169313462008306),
	(19, 'all', 'hour', 21, 21, 22, 0.03377718055216223),
	(19, 'all', 'hour', 22, 22, 23, 0.024126557537258734),
	(19, 'all', 'hour', 23, 23, NULL, 0.018140728072318594),
	(19, 'weekday', 'hour', 0, NULL, 1, 0.011788419252382117),
	(19, 'weekday', 'hour', 1, 1, 2, 0.011055460542389445),
	(19, 'weekday', 'hour', 2, 2, 3, 0.007390666992426093),
	(19, 'weekday', 'hour', 3, 3, 4, 0.007390666992426093),
	(19, 'weekday', 'hour', 4, 4, 5, 0.007390666992426093),
	(19, 'weekday', 'hour', 5, 5, 6, 0.007390666992426093),
	(19, 'weekday', 'hour', 6, 6, 7, 0.014720254092352798),
	(19, 'weekday', 'hour', 7, 7, 8, 0.03438797947715612),
	(19, 'weekday', 'hour', 8, 8, 9, 0.05576594185194234),
	(19, 'weekday', 'hour', 9, 9, 10, 0.06040801368189592),
	(19, 'weekday', 'hour', 10, 10, 11, 0.058453457121915464),
	(19, 'weekday', 'hour', 11, 11, 12, 0.05808697776691913),
	(19, 'weekday', 'hour', 12, 12, 13, 0.058453457121915464),
	(19, 'weekday', 'hour', 13, 13, 14, 0.06272904959687271),
	(19, 'weekday', 'hour', 14, 14, 15, 0.06590520400684095),
	(19, 'weekday', 'hour', 15, 15, 16, 0.06993647691180063),
	(19, 'weekday', 'hour', 16, 16, 17, 0.07335695089176643),
	(19, 'weekday', 'hour', 17, 17, 18, 0.07335695089176643),
	(19, 'weekday', 'hour', 18, 18, 19, 0.07323479110676766),
	(19, 'weekday', 'hour', 19, 19, 20, 0.06358416809186415),
	(19, 'weekday', 'hour', 20, 20, 21, 0.049169313462008306),
	(19, 'weekday', 'hour', 21, 21, 22, 0.03377718055216223),
	(19, 'weekday', 'hour', 22, 22, 23, 0.024126557537258734),
	(19, 'weekday', 'hour', 23, 23, NULL, 0.018140728072318594),
	(19, 'all', 'prediction', 0, NULL, 5.83825684430144, 0.100073358601296),
	(19, 'all', 'prediction', 1, 5.83825684430144, 7.51006190420212, 0.09995109426580266),
	(19, 'all', 'prediction', 2, 7.51006190420212, 9.58296174712749, 0.09995109426580266),
	(19, 'all', 'prediction', 3, 9.58296174712749, 12.533722190989176, 0.100073358601296),
	(19, 'all', 'prediction', 4, 12.533722190989176, 16.531284925863904, 0.09995109426580266),
	(19, 'all', 'prediction', 5, 16.531284925863904, 21.134436663813247, 0.09995109426580266),
	(19, 'all', 'prediction', 6, 21.134436663813247, 25.24237660010651, 0.100073358601296),
	(19, 'all', 'prediction', 7, 25.24237660010651, 29.185902795563734, 0.09995109426580266),
	(19, 'all', 'prediction', 8, 29.185902795563734, 34.766459316528525, 0.09995109426580266),
	(19, 'all', 'prediction', 9, 34.766459316528525, NULL, 0.100073358601296),
	(19, 'weekday', 'prediction', 0, NULL, 5.83825684430144, 0.100073358601296),
	(19, 'weekday', 'prediction', 1, 5.83825684430144, 7.51006190420212, 0.09995109426580266),
	(19, 'weekday', 'prediction', 2, 7.51006190420212, 9.58296174712749, 0.09995109426580266),
	(19, 'weekday', 'prediction', 3, 9.58296174712749, 12.533722190989176, 0.100073358601296),
	(19, 'weekday', 'prediction', 4, 12.533722190989176, 16.531284925863904, 0.09995109426580266),
	(19, 'weekday', 'prediction', 5, 16.531284925863904, 21.134436663813247, 0.09995109426580266),
	(19, 'weekday', 'prediction', 6, 21.134436663813247, 25.24237660010651, 0.100073358601296),
	(19, 'weekday', 'prediction', 7, 25.24237660010651, 29.185902795563734, 0.09995109426580266),
	(19, 'weekday', 'prediction', 8, 29.185902795563734, 34.766459316528525, 0.09995109426580266),
	(19, 'weekday', 'prediction', 9, 34.766459316528525, NULL, 0.100073358601296);

INSERT INTO raw.windows VALUES
	('2026-11-16 14:00:00+00', 2, 8),
	('2026-11-16 14:02:00+00', 2, 10),
	('2026-11-17 15:00:00+00', 4, 7),
	('2026-11-18 16:00:00+00', 7, 7),
	('2026-11-20 23:00:00+00', 9, 10),
	('2026-11-21 18:00:00+00', 10, 4),
	('2026-11-21 18:02:00+00', 10, 4),
	('2026-11-25 17:34:00+00', 14, 9),
	('2026-11-25 17:36:00+00', 14, 9),
	('2026-11-25 17:38:00+00', 21, 9);

INSERT INTO raw.zones VALUES
	(1, 'Rogers Park', 42.009623, -87.670167, false),
	(2, 'West Ridge', 42.001571, -87.695013, false),
	(3, 'Uptown', 41.965812, -87.655879, false),
	(4, 'Lincoln Square', 41.975171, -87.687516, false),
	(5, 'North Center', 41.947792, -87.683835, false),
	(6, 'Lake View', 41.944227, -87.655998, false),
	(7, 'Lincoln Park', 41.922686, -87.649489, false),
	(8, 'Near North Side', 41.899602, -87.633308, false),
	(9, 'Edison Park', 42.007613, -87.813781, false),
	(10, 'Norwood Park', 41.985015, -87.804532, false),
	(11, 'Jefferson Park', 41.97883, -87.771167, false),
	(12, 'Forest Glen', 41.99393, -87.758354, false),
	(13, 'North Park', 41.983636, -87.723583, false),
	(14, 'Albany Park', 41.968069, -87.721559, false),
	(15, 'Portage Park', 41.954028, -87.763399, false),
	(16, 'Irving Park', 41.953582, -87.723452, false),
	(17, 'Dunning', 41.946511, -87.80602, false),
	(18, 'Montclare', 41.929297, -87.798032, false),
	(19, 'Belmont Cragin', 41.927261, -87.765502, false),
	(20, 'Hermosa', 41.924347, -87.73474, false),
	(21, 'Avondale', 41.938666, -87.711211, false),
	(22, 'Logan Square', 41.922761, -87.699155, false),
	(23, 'Humboldt Park', 41.90007, -87.720918, false),
	(24, 'West Town', 41.901207, -87.676356, false),
	(25, 'Austin', 41.890609, -87.756047, false),
	(26, 'West Garfield Park', 41.878594, -87.730232, false),
	(27, 'East Garfield Park', 41.878914, -87.705897, false),
	(28, 'Near West Side', 41.874005, -87.663518, false),
	(29, 'North Lawndale', 41.86019, -87.71722, false),
	(30, 'South Lawndale', 41.839087, -87.714004, false),
	(31, 'Lower West Side', 41.850266, -87.667569, false),
	(32, 'Loop', 41.878866, -87.625192, false),
	(33, 'Near South Side', 41.857184, -87.620335, false),
	(34, 'Armour Square', 41.842076, -87.633973, false),
	(35, 'Douglas', 41.835118, -87.618678, false),
	(36, 'Oakland', 41.823713, -87.60235, false),
	(37, 'Fuller Park', 41.809084, -87.632425, false),
	(38, 'Grand Boulevard', 41.812949, -87.61786, false),
	(39, 'Kenwood', 41.808916, -87.596183, false),
	(40, 'Washington Park', 41.792357, -87.617931, false),
	(41, 'Hyde Park', 41.79409, -87.592311, false),
	(42, 'Woodlawn', 41.778877, -87.594925, false),
	(43, 'South Shore', 41.761578, -87.572782, false),
	(44, 'Chatham', 41.740206, -87.61597, false),
	(45, 'Avalon Park', 41.7442, -87.586348, false),
	(46, 'South Chicago', 41.741243, -87.551428, false),
	(47, 'Burnside', 41.728182, -87.596476, false),
	(48, 'Calumet Heights', 41.729676, -87.572717, false),
	(49, 'Roseland', 41.706588, -87.623367, false),
	(50, 'Pullman', 41.706126, -87.598256, false),
	(51, 'South Deering', 41.690633, -87.570058, false),
	(52, 'East Side', 41.707311, -87.534903, false),
	(53, 'West Pullman', 41.67382, -87.63574, false),
	(54, 'Riverdale', 41.660136, -87.602848, false),
	(55, 'Hegewisch', 41.663671, -87.540936, false),
	(56, 'Garfield Ridge', 41.792592, -87.769615, true),
	(57, 'Archer Heights', 41.810879, -87.726363, false),
	(58, 'Brighton Park', 41.817366, -87.698861, false),
	(59, 'McKinley Park', 41.829922, -87.672503, false),
	(60, 'Bridgeport', 41.83615, -87.648788, false),
	(61, 'New City', 41.809018, -87.659167, false),
	(62, 'West Elsdon', 41.792982, -87.724208, false),
	(63, 'Gage Park', 41.795431, -87.696435, false),
	(64, 'Clearing', 41.779583, -87.768511, false),
	(65, 'West Lawn', 41.769778, -87.72693, false),
	(66, 'Chicago Lawn', 41.771849, -87.695666, false),
	(67, 'West Englewood', 41.775929, -87.666596, false),
	(68, 'Englewood', 41.777196, -87.642498, false),
	(69, 'Greater Grand Crossing', 41.763247, -87.616134, false),
	(70, 'Ashburn', 41.745758, -87.708366, false),
	(71, 'Auburn Gresham', 41.744205, -87.656306, false),
	(72, 'Beverly', 41.713149, -87.675075, false),
	(73, 'Washington Heights', 41.717493, -87.648895, false),
	(74, 'Mount Greenwood', 41.694879, -87.713192, false),
	(75, 'Morgan Park', 41.68973, -87.669054, false),
	(76, 'O''Hare', 41.980264, -87.913625, true),
	(77, 'Edgewater', 41.986712, -87.663416, false);

INSERT INTO staging.community_areas VALUES
	(1, 'Rogers Park', 42.009623, -87.670167),
	(2, 'West Ridge', 42.001571, -87.695013),
	(3, 'Uptown', 41.965812, -87.655879),
	(4, 'Lincoln Square', 41.975171, -87.687516),
	(5, 'North Center', 41.947792, -87.683835),
	(6, 'Lake View', 41.944227, -87.655998),
	(7, 'Lincoln Park', 41.922686, -87.649489),
	(8, 'Near North Side', 41.899602, -87.633308),
	(9, 'Edison Park', 42.007613, -87.813781),
	(10, 'Norwood Park', 41.985015, -87.804532),
	(11, 'Jefferson Park', 41.97883, -87.771167),
	(12, 'Forest Glen', 41.99393, -87.758354),
	(13, 'North Park', 41.983636, -87.723583),
	(14, 'Albany Park', 41.968069, -87.721559),
	(15, 'Portage Park', 41.954028, -87.763399),
	(16, 'Irving Park', 41.953582, -87.723452),
	(17, 'Dunning', 41.946511, -87.80602),
	(18, 'Montclare', 41.929297, -87.798032),
	(19, 'Belmont Cragin', 41.927261, -87.765502),
	(20, 'Hermosa', 41.924347, -87.73474),
	(21, 'Avondale', 41.938666, -87.711211),
	(22, 'Logan Square', 41.922761, -87.699155),
	(23, 'Humboldt Park', 41.90007, -87.720918),
	(24, 'West Town', 41.901207, -87.676356),
	(25, 'Austin', 41.890609, -87.756047),
	(26, 'West Garfield Park', 41.878594, -87.730232),
	(27, 'East Garfield Park', 41.878914, -87.705897),
	(28, 'Near West Side', 41.874005, -87.663518),
	(29, 'North Lawndale', 41.86019, -87.71722),
	(30, 'South Lawndale', 41.839087, -87.714004),
	(31, 'Lower West Side', 41.850266, -87.667569),
	(32, 'Loop', 41.878866, -87.625192),
	(33, 'Near South Side', 41.857184, -87.620335),
	(34, 'Armour Square', 41.842076, -87.633973),
	(35, 'Douglas', 41.835118, -87.618678),
	(36, 'Oakland', 41.823713, -87.60235),
	(37, 'Fuller Park', 41.809084, -87.632425),
	(38, 'Grand Boulevard', 41.812949, -87.61786),
	(39, 'Kenwood', 41.808916, -87.596183),
	(40, 'Washington Park', 41.792357, -87.617931),
	(41, 'Hyde Park', 41.79409, -87.592311),
	(42, 'Woodlawn', 41.778877, -87.594925),
	(43, 'South Shore', 41.761578, -87.572782),
	(44, 'Chatham', 41.740206, -87.61597),
	(45, 'Avalon Park', 41.7442, -87.586348),
	(46, 'South Chicago', 41.741243, -87.551428),
	(47, 'Burnside', 41.728182, -87.596476),
	(48, 'Calumet Heights', 41.729676, -87.572717),
	(49, 'Roseland', 41.706588, -87.623367),
	(50, 'Pullman', 41.706126, -87.598256),
	(51, 'South Deering', 41.690633, -87.570058),
	(52, 'East Side', 41.707311, -87.534903),
	(53, 'West Pullman', 41.67382, -87.63574),
	(54, 'Riverdale', 41.660136, -87.602848),
	(55, 'Hegewisch', 41.663671, -87.540936),
	(56, 'Garfield Ridge', 41.792592, -87.769615),
	(57, 'Archer Heights', 41.810879, -87.726363),
	(58, 'Brighton Park', 41.817366, -87.698861),
	(59, 'McKinley Park', 41.829922, -87.672503),
	(60, 'Bridgeport', 41.83615, -87.648788),
	(61, 'New City', 41.809018, -87.659167),
	(62, 'West Elsdon', 41.792982, -87.724208),
	(63, 'Gage Park', 41.795431, -87.696435),
	(64, 'Clearing', 41.779583, -87.768511),
	(65, 'West Lawn', 41.769778, -87.72693),
	(66, 'Chicago Lawn', 41.771849, -87.695666),
	(67, 'West Englewood', 41.775929, -87.666596),
	(68, 'Englewood', 41.777196, -87.642498),
	(69, 'Greater Grand Crossing', 41.763247, -87.616134),
	(70, 'Ashburn', 41.745758, -87.708366),
	(71, 'Auburn Gresham', 41.744205, -87.656306),
	(72, 'Beverly', 41.713149, -87.675075),
	(73, 'Washington Heights', 41.717493, -87.648895),
	(74, 'Mount Greenwood', 41.694879, -87.713192),
	(75, 'Morgan Park', 41.68973, -87.669054),
	(76, 'O''Hare', 41.980264, -87.913625),
	(77, 'Edgewater', 41.986712, -87.663416);

SELECT pg_catalog.setval('raw.batch_id', 17, true);

SELECT pg_catalog.setval('raw.model_promotions_promotion_id_seq', 3, true);

SELECT pg_catalog.setval('raw.models_model_id_seq', 20, true);

SELECT pg_catalog.setval('raw.rejected_records_rejected_id_seq', 35, true);

SELECT pg_catalog.setval('raw.ride_outcomes_outcome_id_seq', 133, true);

SELECT pg_catalog.setval('raw.runs_run_id_seq', 21, true);

ALTER TABLE ONLY marts.durations_per_hour
    ADD CONSTRAINT durations_per_hour_pkey PRIMARY KEY (hour_start, source);

ALTER TABLE ONLY marts.fare_per_mile
    ADD CONSTRAINT fare_per_mile_pkey PRIMARY KEY (hour_start, source, fare_per_mile_bin);

ALTER TABLE ONLY marts.feature_drift
    ADD CONSTRAINT feature_drift_pkey PRIMARY KEY (day, source, model_id, feature);

ALTER TABLE ONLY marts.latest_predictions
    ADD CONSTRAINT latest_predictions_pkey PRIMARY KEY (trip_id);

ALTER TABLE ONLY marts.model_comparison
    ADD CONSTRAINT model_comparison_pkey PRIMARY KEY (hour_start, source, champion_model_id, challenger_model_id);

ALTER TABLE ONLY marts.prediction_quality_by_segment
    ADD CONSTRAINT prediction_quality_by_segment_pkey PRIMARY KEY (hour_start, source, model_id, dimension, segment);

ALTER TABLE ONLY marts.prediction_quality
    ADD CONSTRAINT prediction_quality_pkey PRIMARY KEY (hour_start, source, model_id);

ALTER TABLE ONLY marts.rejects
    ADD CONSTRAINT rejects_pkey PRIMARY KEY (hour_start, source, reason);

ALTER TABLE ONLY marts.rides_per_hour
    ADD CONSTRAINT rides_per_hour_pkey PRIMARY KEY (hour_start, source, model_id, pickup_community_area);

ALTER TABLE ONLY marts.rides_per_interval
    ADD CONSTRAINT rides_per_interval_pkey PRIMARY KEY (interval_start, source, model_id);

ALTER TABLE ONLY marts.top_pickup_dropoff_pairs
    ADD CONSTRAINT top_pickup_dropoff_pairs_pkey PRIMARY KEY (hour_start, source, pickup_community_area, dropoff_community_area);

ALTER TABLE ONLY raw._yoyo_log
    ADD CONSTRAINT _yoyo_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY raw._yoyo_migration
    ADD CONSTRAINT _yoyo_migration_pkey PRIMARY KEY (migration_hash);

ALTER TABLE ONLY raw._yoyo_version
    ADD CONSTRAINT _yoyo_version_pkey PRIMARY KEY (version);

ALTER TABLE ONLY raw.feed_files
    ADD CONSTRAINT feed_files_pkey PRIMARY KEY (feed, name);

ALTER TABLE ONLY raw.feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (feed);

ALTER TABLE ONLY raw.input_counts
    ADD CONSTRAINT input_counts_pkey PRIMARY KEY (batch_id, day, feature, bin);

ALTER TABLE ONLY raw.model_promotions
    ADD CONSTRAINT model_promotions_pkey PRIMARY KEY (promotion_id);

ALTER TABLE ONLY raw.models
    ADD CONSTRAINT models_digest_key UNIQUE (digest);

ALTER TABLE ONLY raw.models
    ADD CONSTRAINT models_pkey PRIMARY KEY (model_id);

ALTER TABLE ONLY raw.pending_outcomes
    ADD CONSTRAINT pending_outcomes_pkey PRIMARY KEY (trip_id);

ALTER TABLE ONLY raw.place
    ADD CONSTRAINT place_pkey PRIMARY KEY (name);

ALTER TABLE ONLY raw.rejected_records
    ADD CONSTRAINT rejected_records_digest_key UNIQUE (digest);

ALTER TABLE ONLY raw.rejected_records
    ADD CONSTRAINT rejected_records_pkey PRIMARY KEY (rejected_id);

ALTER TABLE ONLY raw.ride_outcomes
    ADD CONSTRAINT ride_outcomes_pkey PRIMARY KEY (trip_id, outcome_id);

ALTER TABLE ONLY raw.ride_predictions
    ADD CONSTRAINT ride_predictions_pkey PRIMARY KEY (trip_id);

ALTER TABLE ONLY raw.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY raw.shadow_predictions
    ADD CONSTRAINT shadow_predictions_pkey PRIMARY KEY (trip_id, model_id);

ALTER TABLE ONLY raw.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (source);

ALTER TABLE ONLY raw.training_bins
    ADD CONSTRAINT training_bins_pkey PRIMARY KEY (model_id, kind, feature, bin);

ALTER TABLE ONLY raw.windows
    ADD CONSTRAINT windows_pkey PRIMARY KEY (window_start);

ALTER TABLE ONLY raw.yoyo_lock
    ADD CONSTRAINT yoyo_lock_pkey PRIMARY KEY (locked);

ALTER TABLE ONLY raw.zones
    ADD CONSTRAINT zones_pkey PRIMARY KEY (zone);

CREATE INDEX "0a89e3d02e1cb2d7e16de49188ab8ba6" ON marts.rides_per_interval USING btree (batch_id);

CREATE INDEX "37d7187c7faafc7ed1ad2ff89b7a24a3" ON marts.top_pickup_dropoff_pairs USING btree (batch_id);

CREATE INDEX "3ab0e675e4caad12a4a8c2f004144633" ON marts.rides_per_interval USING btree (model_id, source, interval_start);

CREATE INDEX "49d9ebefd8ae2c742001f4539f88efec" ON marts.model_comparison USING btree (batch_id);

CREATE INDEX "5a365e766fa6e53ef6315c1fcc9c1a25" ON marts.rides_per_hour USING btree (batch_id);

CREATE INDEX "7c5f22cbd149bbd103a04c4b9e347cd0" ON marts.fare_per_mile USING btree (batch_id);

CREATE INDEX "9eee9758842b39402101030d3ac5aba7" ON marts.prediction_quality_by_segment USING btree (batch_id);

CREATE INDEX c21c136d9fc3d9a16e6f3e38e931b1c6 ON marts.prediction_quality USING btree (batch_id);

CREATE INDEX cbf4a82349b17bc2551b080cb30f56c9 ON marts.latest_predictions USING btree (source, trip_start_timestamp);

CREATE INDEX d4dff99efe469ade6653245fee4c29e2 ON marts.durations_per_hour USING btree (batch_id);

CREATE INDEX d92f34144d1fccc3220d7ff247857ad2 ON marts.feature_drift USING btree (batch_id);

CREATE INDEX e3e780bf6d86bbb778b160103d11efea ON marts.latest_predictions USING btree (batch_id);

CREATE INDEX f2443deb78c120d66ad371c9e82c5e04 ON marts.feature_drift USING btree (no_verdict_why, day);

CREATE INDEX fb4d10f3ba04bbe875a8efd8181d7781 ON marts.rejects USING btree (rejected_id);

CREATE INDEX input_counts_by_day ON raw.input_counts USING btree (day);

CREATE INDEX pending_outcomes_waiting ON raw.pending_outcomes USING btree (due_at) WHERE (batch_id IS NULL);

CREATE INDEX rejected_records_by_run ON raw.rejected_records USING btree (run_id);

CREATE INDEX rejected_records_by_trip ON raw.rejected_records USING hash (source_trip_id);

CREATE INDEX ride_outcomes_by_batch ON raw.ride_outcomes USING btree (batch_id);

CREATE INDEX ride_predictions_by_batch ON raw.ride_predictions USING btree (batch_id);

CREATE INDEX ride_predictions_by_start ON raw.ride_predictions USING btree (trip_start_timestamp);

CREATE INDEX runs_by_start ON raw.runs USING btree (started_at);

CREATE INDEX runs_by_status ON raw.runs USING btree (status, finished_at);

CREATE INDEX shadow_predictions_by_batch ON raw.shadow_predictions USING btree (batch_id);

CREATE TRIGGER models_deleted AFTER DELETE ON raw.models FOR EACH ROW EXECUTE FUNCTION raw.keep_for_rides('model_id');

CREATE TRIGGER models_renumbered AFTER UPDATE OF model_id ON raw.models FOR EACH ROW WHEN ((old.model_id IS DISTINCT FROM new.model_id)) EXECUTE FUNCTION raw.keep_for_rides('model_id');

CREATE TRIGGER models_truncated BEFORE TRUNCATE ON raw.models FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_for_rides();

CREATE TRIGGER ride_predictions_inserted AFTER INSERT ON raw.ride_predictions REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION raw.require_runs_and_models();

CREATE TRIGGER ride_predictions_updated AFTER UPDATE ON raw.ride_predictions REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION raw.require_runs_and_models();

CREATE TRIGGER runs_deleted AFTER DELETE ON raw.runs FOR EACH ROW EXECUTE FUNCTION raw.keep_for_rides('run_id');

CREATE TRIGGER runs_renumbered AFTER UPDATE OF run_id ON raw.runs FOR EACH ROW WHEN ((old.run_id IS DISTINCT FROM new.run_id)) EXECUTE FUNCTION raw.keep_for_rides('run_id');

CREATE TRIGGER runs_truncated BEFORE TRUNCATE ON raw.runs FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_for_rides();

ALTER TABLE ONLY raw.feed_files
    ADD CONSTRAINT feed_files_feed_fkey FOREIGN KEY (feed) REFERENCES raw.feeds(feed);

ALTER TABLE ONLY raw.feed_files
    ADD CONSTRAINT feed_files_run_id_fkey FOREIGN KEY (run_id) REFERENCES raw.runs(run_id);

ALTER TABLE ONLY raw.feeds
    ADD CONSTRAINT feeds_run_id_fkey FOREIGN KEY (run_id) REFERENCES raw.runs(run_id);

ALTER TABLE ONLY raw.input_counts
    ADD CONSTRAINT input_counts_run_id_fkey FOREIGN KEY (run_id) REFERENCES raw.runs(run_id);

ALTER TABLE ONLY raw.rejected_records
    ADD CONSTRAINT rejected_records_replayed_by_fkey FOREIGN KEY (replayed_by) REFERENCES raw.runs(run_id);

ALTER TABLE ONLY raw.rejected_records
    ADD CONSTRAINT rejected_records_run_id_fkey FOREIGN KEY (run_id) REFERENCES raw.runs(run_id);

ALTER TABLE ONLY raw.runs
    ADD CONSTRAINT runs_model_id_fkey FOREIGN KEY (model_id) REFERENCES raw.models(model_id);

ALTER TABLE ONLY raw.shadow_predictions
    ADD CONSTRAINT shadow_predictions_model_id_fkey FOREIGN KEY (model_id) REFERENCES raw.models(model_id);

ALTER TABLE ONLY raw.shadow_predictions
    ADD CONSTRAINT shadow_predictions_run_id_fkey FOREIGN KEY (run_id) REFERENCES raw.runs(run_id);

ALTER TABLE ONLY raw.shadow_predictions
    ADD CONSTRAINT shadow_predictions_trip_id_fkey FOREIGN KEY (trip_id) REFERENCES raw.ride_predictions(trip_id) ON DELETE CASCADE;

ALTER TABLE ONLY raw.training_bins
    ADD CONSTRAINT training_bins_model_id_fkey FOREIGN KEY (model_id) REFERENCES raw.models(model_id);

ALTER TABLE ONLY raw.windows
    ADD CONSTRAINT windows_run_id_fkey FOREIGN KEY (run_id) REFERENCES raw.runs(run_id);

GRANT USAGE ON SCHEMA marts TO taxi_reader;

GRANT USAGE ON SCHEMA raw TO taxi_writer;
GRANT USAGE ON SCHEMA raw TO taxi_dbt;

REVOKE ALL ON FUNCTION raw.job_status(as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION raw.job_status(as_of timestamp with time zone) TO taxi_writer;
GRANT ALL ON FUNCTION raw.job_status(as_of timestamp with time zone) TO taxi_dbt;
GRANT ALL ON FUNCTION raw.job_status(as_of timestamp with time zone) TO taxi_reader;

GRANT SELECT ON TABLE marts.feature_drift TO taxi_reader;

GRANT SELECT ON TABLE marts.prediction_quality TO taxi_reader;

GRANT SELECT ON TABLE marts.alerts_by_day TO taxi_reader;

GRANT SELECT ON TABLE marts.durations_per_hour TO taxi_reader;

GRANT SELECT ON TABLE marts.fare_per_mile TO taxi_reader;

GRANT SELECT,INSERT ON TABLE raw.input_counts TO taxi_writer;
GRANT SELECT ON TABLE raw.input_counts TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.models TO taxi_writer;
GRANT SELECT ON TABLE raw.models TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.runs TO taxi_writer;
GRANT SELECT ON TABLE raw.runs TO taxi_dbt;

GRANT UPDATE(finished_at) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(status) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(records_read) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(rides_scored) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(rides_known) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(records_rejected) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(windows) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(model_id) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(model_stale) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(error) ON TABLE raw.runs TO taxi_writer;

GRANT UPDATE(challenger_error) ON TABLE raw.runs TO taxi_writer;

GRANT SELECT,INSERT ON TABLE raw.training_bins TO taxi_writer;
GRANT SELECT ON TABLE raw.training_bins TO taxi_dbt;

GRANT SELECT ON TABLE marts.feature_drift_recent TO taxi_reader;

GRANT SELECT ON TABLE marts.job_runs TO taxi_reader;

GRANT SELECT ON TABLE marts.last_success TO taxi_reader;

GRANT SELECT ON TABLE marts.latest_predictions TO taxi_reader;

GRANT SELECT ON TABLE marts.model_comparison TO taxi_reader;

GRANT SELECT ON TABLE marts.prediction_quality_by_segment TO taxi_reader;

GRANT SELECT ON TABLE marts.rejects TO taxi_reader;

GRANT SELECT ON TABLE marts.rides_per_hour TO taxi_reader;

GRANT SELECT ON TABLE marts.rides_per_interval TO taxi_reader;

GRANT SELECT ON TABLE marts.top_pickup_dropoff_pairs TO taxi_reader;

GRANT SELECT,INSERT ON TABLE raw.rejected_records TO taxi_writer;
GRANT SELECT ON TABLE raw.rejected_records TO taxi_dbt;

GRANT UPDATE(replayed_by) ON TABLE raw.rejected_records TO taxi_writer;

GRANT SELECT,INSERT ON TABLE raw.ride_outcomes TO taxi_writer;
GRANT SELECT ON TABLE raw.ride_outcomes TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.ride_predictions TO taxi_writer;
GRANT SELECT ON TABLE raw.ride_predictions TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.shadow_predictions TO taxi_writer;
GRANT SELECT ON TABLE raw.shadow_predictions TO taxi_dbt;

GRANT SELECT ON TABLE marts.mart_freshness TO taxi_reader;

GRANT SELECT,INSERT ON TABLE raw.model_promotions TO taxi_writer;
GRANT SELECT ON TABLE raw.model_promotions TO taxi_dbt;

GRANT SELECT ON TABLE marts.model_promotions TO taxi_reader;

GRANT SELECT ON TABLE raw._yoyo_log TO taxi_writer;
GRANT SELECT ON TABLE raw._yoyo_log TO taxi_dbt;

GRANT SELECT ON TABLE raw._yoyo_migration TO taxi_writer;
GRANT SELECT ON TABLE raw._yoyo_migration TO taxi_dbt;

GRANT SELECT ON TABLE raw._yoyo_version TO taxi_writer;
GRANT SELECT ON TABLE raw._yoyo_version TO taxi_dbt;

GRANT USAGE ON SEQUENCE raw.batch_id TO taxi_writer;

GRANT SELECT,INSERT ON TABLE raw.feed_files TO taxi_writer;
GRANT SELECT ON TABLE raw.feed_files TO taxi_dbt;

GRANT UPDATE(size) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(modified_us) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(changed_us) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(seen_at) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(is_gone) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(was_read) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(attempts) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(records) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(rides) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(finished_at) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(error) ON TABLE raw.feed_files TO taxi_writer;

GRANT UPDATE(run_id) ON TABLE raw.feed_files TO taxi_writer;

GRANT SELECT,INSERT ON TABLE raw.feeds TO taxi_writer;
GRANT SELECT ON TABLE raw.feeds TO taxi_dbt;

GRANT UPDATE(looked_at) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(checked_at) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(ended_at) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(error) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(records) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(newest_start) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(run_id) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(cursor_start) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(cursor_trip_id) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(overlap_began_at) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(overlap_start) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(overlap_trip_id) ON TABLE raw.feeds TO taxi_writer;

GRANT UPDATE(overlap_until) ON TABLE raw.feeds TO taxi_writer;

GRANT SELECT ON TABLE raw.job_status_now TO taxi_writer;
GRANT SELECT ON TABLE raw.job_status_now TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.pending_outcomes TO taxi_writer;
GRANT SELECT ON TABLE raw.pending_outcomes TO taxi_dbt;

GRANT UPDATE(batch_id) ON TABLE raw.pending_outcomes TO taxi_writer;

GRANT SELECT ON TABLE raw.place TO taxi_writer;
GRANT SELECT ON TABLE raw.place TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.sources TO taxi_writer;
GRANT SELECT ON TABLE raw.sources TO taxi_dbt;

GRANT SELECT,INSERT ON TABLE raw.windows TO taxi_writer;
GRANT SELECT ON TABLE raw.windows TO taxi_dbt;

GRANT SELECT ON TABLE raw.yoyo_lock TO taxi_writer;
GRANT SELECT ON TABLE raw.yoyo_lock TO taxi_dbt;

GRANT SELECT ON TABLE raw.zones TO taxi_writer;
GRANT SELECT ON TABLE raw.zones TO taxi_dbt;

RESET ALL;
