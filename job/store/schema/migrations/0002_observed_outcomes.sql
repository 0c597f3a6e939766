-- A simulated ride's truth stays where the scoring run wrote it; what observed it is noted beside it.

alter table raw.pending_outcomes add column if not exists batch_id bigint;

-- Only what still waits is looked for.
drop index if exists raw.pending_outcomes_by_due;
create index if not exists pending_outcomes_waiting on raw.pending_outcomes (due_at) where batch_id is null;

comment on column raw.pending_outcomes.batch_id is
'The batch that observed it; null while it waits to become known.';
