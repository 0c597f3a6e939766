-- `prune` is gone: whole days are deleted by hand (docs/operating.md). What it took out of raw survives in the marts
-- alone, and the full refresh that follows this upgrade would destroy it there.

do $$
begin
    if exists (select from raw.pruned_days) then
        raise exception using message =
            'this database was pruned, and the marts hold days that raw no longer has: back up the schema marts, '
            'run «delete from raw.pruned_days» as its owner to accept that the next full refresh drops those days, '
            'and run init-db again';
    end if;
end
$$;

drop function if exists raw.prune_rides;
drop function if exists raw.prune_rejects;
-- cascade: dbt's views on it, which the next dbt run builds without it
drop table if exists raw.pruned_days cascade;
