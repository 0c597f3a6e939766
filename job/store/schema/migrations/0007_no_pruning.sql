-- `prune` is gone: whole days are deleted by hand (docs/operating.md). preconditions.sql refuses a database that was
-- pruned.

drop function if exists raw.prune_rides;
drop function if exists raw.prune_rejects;
-- cascade: dbt's views on it, which the next dbt run builds without it
drop table if exists raw.pruned_days cascade;
