-- Roles and schemas. Needs a superuser, or a role with CREATEROLE that may create in this database.
-- Names in braces are replaced, prefix first; every statement may be run twice.

do $$
declare
    r record;
begin
    for r in
        select *
        from (values
            ({owner_name}, 'login'),
            ({writer_name}, 'login noinherit'),
            ({dbt_name}, 'nologin'),
            ({reader_name}, 'login')
        ) as roles (name, attributes)
    loop
        if not exists (select from pg_roles where rolname = r.name) then
            execute format('create role %I %s', r.name, r.attributes);
        end if;
    end loop;
end
$$;

-- PostgreSQL 16 and later: a role with CREATEROLE administers the roles that it created without being a member of them.
grant {owner}, {dbt} to current_user;
grant {dbt} to {writer};

create schema if not exists raw authorization {owner};
create schema if not exists staging authorization {dbt};
create schema if not exists marts authorization {dbt};

-- Settings of sessions in this database. The job makes its own; dbt may be run without the job. The reader finds the
-- marts without a prefix.
do $$
declare
    s record;
begin
    for s in
        select *
        from json_each_text({settings}) as settings (name, setting)
        where settings.name <> 'search_path'
    loop
        execute format(
            'alter role %I in database %I set %s = %L', {writer_name}, current_database(), s.name, s.setting
        );
    end loop;
    execute format(
        'alter role %I in database %I set search_path = pg_catalog, pg_temp', {writer_name}, current_database()
    );
    execute format('alter role %I in database %I set search_path = marts', {reader_name}, current_database());
end
$$;

-- Nobody else takes the job's lock, fills the disk with temporary tables or stores large objects. The database's owner
-- decides about temporary tables, a superuser about PostgreSQL's own functions.
do $$
declare
    f record;
begin
    if (
        select pg_has_role(current_user, pg_database.datdba, 'usage')
        from pg_database
        where pg_database.datname = current_database()
    ) then
        execute format('revoke temporary on database %I from public', current_database());
        execute format(
            'grant temporary on database %I to %I, %I, %I',
            current_database(), {owner_name}, {writer_name}, {dbt_name}
        );
    end if;
    if (select pg_roles.rolsuper from pg_roles where pg_roles.rolname = current_user) then
        for f in
            select pg_proc.oid::regprocedure as signature, pg_proc.proname ~ 'advisory' as locks
            from pg_proc
            where
                pg_proc.pronamespace = 'pg_catalog'::regnamespace
                and (
                    pg_proc.proname ~ '^pg_(try_)?advisory_'
                    or pg_proc.proname ~ '^lo_'
                    or pg_proc.proname in ('loread', 'lowrite')
                )
        loop
            execute format('revoke execute on function %s from public', f.signature);
            if f.locks then
                execute format(
                    'grant execute on function %s to %I, %I, %I', f.signature, {owner_name}, {writer_name}, {dbt_name}
                );
            end if;
        end loop;
    end if;
end
$$;

-- The reader may enter marts; dbt grants it select, table by table, as it makes them.
set role {dbt};
grant usage on schema marts to {reader};
reset role;
