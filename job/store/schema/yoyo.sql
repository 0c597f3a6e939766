-- yoyo's own tables, as it creates them. With these the job and a later init-db recognize a database that was made by
-- the printed SQL as current.

create table if not exists raw._yoyo_log (
    id varchar(36) primary key,
    migration_hash varchar(64),
    migration_id varchar(255),
    operation varchar(10),
    username varchar(255),
    hostname varchar(255),
    comment varchar(255),
    created_at_utc timestamp
);

create table if not exists raw._yoyo_version (
    version int primary key,
    installed_at_utc timestamp
);

create table if not exists raw._yoyo_migration (
    migration_hash varchar(64) primary key,
    migration_id varchar(255),
    applied_at_utc timestamp
);

insert into raw._yoyo_version (version, installed_at_utc)
values (2, now() at time zone 'UTC')
on conflict do nothing;
