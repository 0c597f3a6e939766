-- What a challenger, or a past model asked again, says of rides beside the model that was production then.

create table if not exists raw.shadow_predictions (
    -- a ride that is pruned takes its shadows along
    trip_id uuid not null references raw.ride_predictions on delete cascade,
    model_id integer not null references raw.models,
    run_id bigint not null references raw.runs,
    batch_id bigint not null,
    predicted_duration double precision not null
    check (predicted_duration > 0 and predicted_duration < 'Infinity'),
    predicted_low double precision check (predicted_low >= 0 and predicted_low < 'Infinity'),
    predicted_high double precision check (predicted_high > 0 and predicted_high < 'Infinity'),
    primary key (trip_id, model_id)
);

create index if not exists shadow_predictions_by_batch on raw.shadow_predictions (batch_id);

alter table raw.runs add column if not exists challenger_error text;

comment on table raw.shadow_predictions is
'One row per ride and model that was not production when the ride was scored: a challenger''s, or a re-scoring''s.';
comment on column raw.shadow_predictions.batch_id is
'The batch that was committed with it: the scoring''s, or one of the re-scoring''s own.';
comment on column raw.shadow_predictions.predicted_duration is 'Minutes.';
comment on column raw.runs.challenger_error is
'Why the challenger did not score in this run, or not to its end; the run does not depend on it.';
