-- Databases from before 0.1.0, which had other migrations. One that has them all has the schema of 0.1.0, whose
-- migrations then change nothing; one that has only some of them is refused. Names in braces are replaced.

do $refuse$
declare
    former constant text[] := {former};
    missing text;
begin
    if to_regclass('raw._yoyo_migration') is not null then
        select min(lacking.name) into missing
        from (select unnest(former) except select migration_id from raw._yoyo_migration) as lacking (name)
        having count(*) < cardinality(former);
        if missing is not null then
            raise exception using message = format(
                'the database is from before 0.1.0 and lacks %s, which this version cannot apply: check out commit '
                '{last_version} and run its `python -m job init-db`, then that of this version', missing
            );
        end if;
    end if;
end
$refuse$;
