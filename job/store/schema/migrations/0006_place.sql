-- The place whose rides the database holds, and the sources of these rides. Rows come from place.sql.

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

comment on table raw.place is 'One row: the place whose rides this database holds.';
comment on table raw.zones is 'One row per zone of the place.';
comment on column raw.zones.latitude is 'Latitude of the centroid, degrees.';
comment on column raw.zones.longitude is 'Longitude of the centroid, degrees.';
comment on table raw.sources is 'One row per source of rides: the simulator, and every name that SOURCE has had.';
