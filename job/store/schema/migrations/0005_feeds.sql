-- What each tick reads besides simulated windows (FEED): an inbox folder, or a data set of the City's API.

create table if not exists raw.feeds (
    feed text primary key,
    kind text not null check (kind in ('inbox', 'data set')),
    looked_at timestamptz not null default now(),
    checked_at timestamptz,
    ended_at timestamptz,
    error text,
    records bigint not null default 0 check (records >= 0),
    newest_start timestamptz,
    run_id bigint references raw.runs,
    cursor_start text,
    cursor_trip_id text,
    overlap_began_at timestamptz,
    overlap_start text,
    overlap_trip_id text,
    overlap_until text,
    constraint feeds_cursor_is_whole check ((cursor_start is null) = (cursor_trip_id is null)),
    constraint feeds_overlap_is_whole check (
        (overlap_start is null) = (overlap_trip_id is null) and (overlap_start is null) = (overlap_until is null)
    )
);

create table if not exists raw.feed_files (
    feed text not null references raw.feeds,
    name text not null,
    size bigint not null,
    modified_us bigint not null,
    changed_us bigint not null,
    seen_at timestamptz not null default now(),
    is_gone boolean not null default false,
    was_read boolean not null default false,
    attempts integer not null default 0,
    records bigint not null default 0 check (records >= 0),
    rides bigint not null default 0 check (rides between 0 and records),
    finished_at timestamptz,
    error text,
    run_id bigint references raw.runs,
    primary key (feed, name)
);

comment on table raw.feeds is 'One row per feed: an inbox folder, or a data set with its cursor.';
comment on column raw.feeds.feed is
'The folder, or the address without credentials and query, followed by a digest of the query''s conditions.';
comment on column raw.feeds.looked_at is 'When a tick last looked at it, whatever came of it.';
comment on column raw.feeds.checked_at is 'When a tick last read it without a failure of the feed itself.';
comment on column raw.feeds.ended_at is 'When it was last read to its end.';
comment on column raw.feeds.error is 'Why the last tick could not read it; null if it could.';
comment on column raw.feeds.newest_start is 'The newest start of a ride that it brought.';
comment on column raw.feeds.cursor_start is
'Wall-clock start of the last record read, as the API writes it, so that a change of clocks cannot move it.';
comment on column raw.feeds.overlap_began_at is 'When the last pass over the days before the cursor began.';
comment on column raw.feeds.overlap_start is 'Start of the last record of the pass under way; null between two passes.';
comment on column raw.feeds.overlap_until is 'The start at which the pass under way ends.';

comment on table raw.feed_files is 'One row per file that was seen in an inbox, in the version that was read last.';
comment on column raw.feed_files.modified_us is 'Modification time, microseconds since 1970.';
comment on column raw.feed_files.changed_us is 'Change time (permissions too), microseconds since 1970.';
comment on column raw.feed_files.seen_at is 'When a tick first saw this version.';
comment on column raw.feed_files.was_read is 'Whether an earlier version was read: new files come first.';
comment on column raw.feed_files.attempts is 'How many ticks in a row began to read it and ended without a batch.';
comment on column raw.feed_files.records is 'How many of its records are committed: where the next tick goes on.';
comment on column raw.feed_files.rides is 'How many of them were scored or known.';
comment on column raw.feed_files.finished_at is 'When it was read to its end, or given up with an error.';
