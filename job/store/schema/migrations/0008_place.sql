-- The place: its zones, and checks that follow it instead of naming Chicago's. Rows come from place.sql.

create table if not exists raw.place (
    name text primary key,
    time_zone text not null
);

create table if not exists raw.zones (
    zone integer primary key check (zone >= 1),
    name text not null,
    latitude double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180),
    is_airport boolean not null
);

create table if not exists raw.sources (
    source text primary key
);

alter table raw.ride_predictions
drop constraint if exists ride_predictions_pickup_community_area_check,
drop constraint if exists ride_predictions_dropoff_community_area_check,
drop constraint if exists ride_predictions_source_check,
add constraint ride_predictions_pickup_community_area_check check (raw.is_zone(pickup_community_area)),
add constraint ride_predictions_dropoff_community_area_check check (raw.is_zone(dropoff_community_area)),
add constraint ride_predictions_source_check check (raw.is_source(source));

alter table raw.runs
drop constraint if exists runs_source_check,
add constraint runs_source_check check (raw.is_source(source));

alter table raw.pending_outcomes
drop constraint if exists pending_outcomes_actual_duration_check,
add constraint pending_outcomes_actual_duration_check check (raw.is_duration(actual_duration));

alter table raw.ride_outcomes
drop constraint if exists ride_outcomes_actual_duration_check,
add constraint ride_outcomes_actual_duration_check check (raw.is_duration(actual_duration));

comment on table raw.place is 'One row: the place whose rides this database holds.';
comment on table raw.zones is 'One row per zone of the place.';
comment on column raw.zones.latitude is 'Latitude of the centroid, degrees.';
comment on column raw.zones.longitude is 'Longitude of the centroid, degrees.';
comment on table raw.sources is 'One row per source of rides.';
