-- What a model was trained on, and what was scored, in the same bins: drift is the difference.

create table if not exists raw.training_bins (
    model_id integer not null references raw.models,
    kind text not null check (kind in ('all', 'weekday', 'weekend')),
    feature text not null,
    bin integer not null check (bin >= 0),
    lower double precision check (lower > '-Infinity' and lower < 'Infinity'),
    upper double precision check (upper > '-Infinity' and upper < 'Infinity'),
    share double precision not null check (share > 0 and share <= 1),
    primary key (model_id, kind, feature, bin)
);

create table if not exists raw.input_counts (
    run_id bigint not null references raw.runs,
    batch_id bigint not null,
    day date not null,
    feature text not null,
    bin integer not null check (bin >= 0),
    rides bigint not null check (rides > 0),
    primary key (batch_id, day, feature, bin)
);

-- A refresh looks for newer batches, then for all that was counted of a day.
create index if not exists input_counts_by_day on raw.input_counts (day);

comment on table raw.training_bins is
'One row per model, kind of day, feature and bin, written when the model is first used; kinds share their bins.';
comment on column raw.training_bins.kind is
'Which training rides: all, those of weekdays, those of weekends; a kind that training lacks has no rows.';
comment on column raw.training_bins.lower is
'The first value of the bin; a category''s value; null where it is open, and for the rest of the categories.';
comment on column raw.training_bins.upper is
'The first value beyond the bin; a category''s value; null where it is open, and for the rest of the categories.';
comment on column raw.training_bins.share is
'Share of the training rides, with half a ride more in every bin.';
comment on table raw.input_counts is
'One row per batch, Chicago day, feature and bin that its rides fall into; source and model are the run''s.';
comment on column raw.input_counts.batch_id is
'The batch that was committed with it: the mart''s watermark.';
