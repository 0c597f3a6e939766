-- Databases that cannot hold every character of our texts are refused, before anything is made.

do $refuse$
begin
    if current_setting('server_encoding') <> 'UTF8' then
        raise exception using message = format(
            'the database %s has the encoding %s, and the job needs UTF8: create another one with '
            '`createdb --encoding UTF8 --template template0 NAME`, and set PGDATABASE to its name',
            current_database(), current_setting('server_encoding')
        );
    end if;
end
$refuse$;
