-- Roles and schemas. Needs a superuser, or a role with CREATEROLE that may create in this database.
-- Names in braces are filled in, prefix first; every statement may be run twice.

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
        ) as wanted (name, attributes)
    loop
        if not exists (select from pg_roles where rolname = r.name) then
            execute format('create role %I %s', r.name, r.attributes);
        end if;
    end loop;
end
$$;

-- PostgreSQL 16 and later: a CREATEROLE role administers what it made without being a member of it.
grant {owner}, {dbt} to current_user;
grant {dbt} to {writer};

create schema if not exists raw authorization {owner};
create schema if not exists staging authorization {dbt};
create schema if not exists marts authorization {dbt};

-- The reader may enter marts; dbt grants it select, table by table, as it makes them.
set role {dbt};
grant usage on schema marts to {reader};
reset role;
