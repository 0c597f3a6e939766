-- The place in SQL. Applied before the migrations, each time; names in braces are replaced. A release that changes this
-- file, status.sql or place.sql adds a migration too: only a missing migration makes commands ask for init-db.
-- The functions are simple enough for PostgreSQL to inline, so that a check costs no more than its body. Their bodies
-- are parsed here, not by their callers, whose search_path may lead to other operators.

create or replace function raw.is_zone(zone integer) returns boolean
language sql immutable parallel safe
return zone between 1 and {last_zone};

-- With the length in the pattern ({{0,39}}), the check of a ride would take five times as long.
create or replace function raw.is_source(source text) returns boolean
language sql immutable parallel safe
return source ~ '^[a-z][a-z0-9_]*$' and length(source) <= 40;

create or replace function raw.is_duration(minutes double precision) returns boolean
language sql immutable parallel safe
return minutes > 0 and minutes <= {max_minutes};

create or replace function raw.local_time(instant timestamptz) returns timestamp
language sql immutable parallel safe
return instant at time zone {time_zone};

create or replace function raw.local_day(instant timestamptz) returns date
language sql immutable parallel safe
return cast(instant at time zone {time_zone} as date);

create or replace function raw.local_day_start(day date) returns timestamptz
language sql immutable parallel safe
return cast(day as timestamp) at time zone {time_zone};

comment on function raw.is_zone is 'Whether the place may have a zone of this number.';
comment on function raw.is_source is 'Whether this can be the name of a source of rides.';
comment on function raw.is_duration is 'Whether a ride may have lasted this many minutes.';
comment on function raw.local_time is 'The wall-clock time of the place.';
comment on function raw.local_day is 'The calendar day of the place.';
comment on function raw.local_day_start is 'The instant at which a calendar day of the place begins.';
