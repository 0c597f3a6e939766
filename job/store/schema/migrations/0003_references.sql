-- What foreign keys of rides to runs and models would check, at a fraction of their cost in a bulk load: one trigger
-- checks each statement that writes rides, and others keep the runs and models that rides refer to.

-- As the owner, because locking a row, which keeps others from deleting it, takes a right that the writer lacks.
create or replace function raw.require_runs_and_models() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    keys record;
begin
    for keys in select distinct run_id, model_id from written loop
        perform from raw.runs where runs.run_id = keys.run_id for key share;
        if not found then
            raise foreign_key_violation using
            message = format('run %s of a ride does not exist', keys.run_id),
            schema = tg_table_schema, table = tg_table_name, column = 'run_id';
        end if;
        perform from raw.models where models.model_id = keys.model_id for key share;
        if not found then
            raise foreign_key_violation using
            message = format('model %s of a ride does not exist', keys.model_id),
            schema = tg_table_schema, table = tg_table_name, column = 'model_id';
        end if;
    end loop;
    return null;
end
$$;

create or replace trigger ride_predictions_inserted after insert on raw.ride_predictions
referencing new table as written
for each statement execute function raw.require_runs_and_models();

create or replace trigger ride_predictions_updated after update on raw.ride_predictions
referencing new table as written
for each statement execute function raw.require_runs_and_models();

create or replace function raw.keep_for_rides() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    is_used boolean;
begin
    if tg_op = 'TRUNCATE' then
        is_used := exists (select from raw.ride_predictions);
    else
        execute format('select exists (select from raw.ride_predictions where %1$I = ($1).%1$I)', tg_argv[0])
        into is_used using old;
    end if;
    if is_used then
        raise foreign_key_violation using
        message = format('rides refer to raw.%s: delete them first', tg_table_name),
        schema = tg_table_schema, table = tg_table_name;
    end if;
    return null;
end
$$;

create or replace trigger runs_deleted after delete on raw.runs
for each row execute function raw.keep_for_rides('run_id');
create or replace trigger runs_renumbered after update of run_id on raw.runs
for each row when (old.run_id is distinct from new.run_id) execute function raw.keep_for_rides('run_id');
create or replace trigger runs_truncated before truncate on raw.runs
for each statement execute function raw.keep_for_rides();

create or replace trigger models_deleted after delete on raw.models
for each row execute function raw.keep_for_rides('model_id');
create or replace trigger models_renumbered after update of model_id on raw.models
for each row when (old.model_id is distinct from new.model_id) execute function raw.keep_for_rides('model_id');
create or replace trigger models_truncated before truncate on raw.models
for each statement execute function raw.keep_for_rides();

comment on function raw.require_runs_and_models is 'Refuses rides whose run or model does not exist.';
-- In a transaction of level repeatable read, which the job does not use, rides written meanwhile are not seen.
comment on function raw.keep_for_rides is 'Refuses to remove a run or a model that rides refer to.';
