-- Databases that this version refuses. Applied first, each time, so that a refusal changes nothing; names in braces
-- are filled in.

do $refuse$
declare
    other_place text;
begin
    if to_regclass('raw.place') is not null then
        select name into other_place from raw.place where name <> {place_name};
        if found then
            raise exception using message = format(
                'this database holds the rides of %s, and PLACE describes %s: set PLACE, or use a database of its own '
                'for each place', other_place, {place_name}
            );
        end if;
    end if;
    -- `prune`, which is gone, left its rides in the marts alone, where the full refresh after this upgrade destroys
    -- them.
    if to_regclass('raw.pruned_days') is not null then
        if exists (select from raw.pruned_days) then
            raise exception using message =
                'this database was pruned, and the marts hold days that raw no longer has: back up the schema marts, '
                'run «delete from raw.pruned_days» as its owner to accept that the next full refresh drops those '
                'days, and run init-db again';
        end if;
    end if;
end
$refuse$;
