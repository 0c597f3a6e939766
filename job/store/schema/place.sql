-- Brings the place's rows up to date; applied after the migrations, each time. Names in braces are replaced.

insert into raw.place (name, time_zone)
values ({place_name}, {time_zone})
on conflict (name) do update set time_zone = excluded.time_zone;

insert into raw.sources (source)
values ('simulator'), ({source})
on conflict (source) do nothing;

-- Replaced instead of updated, because a zone that is no longer in the place has to go.
delete from raw.zones;

insert into raw.zones (zone, name, latitude, longitude, is_airport)
select zone, name, latitude, longitude, is_airport
from jsonb_to_recordset({zones}::jsonb)
    as described (zone integer, name text, latitude float8, longitude float8, is_airport boolean);
