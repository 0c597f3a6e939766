-- Databases that this version refuses. Applied first, each time, so that a refusal changes nothing; names in braces
-- are replaced.

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
end
$refuse$;
