-- How wrong a prediction will be, learned in training from similar rides that the model had not seen.

alter table raw.ride_predictions
add column if not exists expected_error double precision
check (expected_error >= 0 and expected_error < 'Infinity');

comment on column raw.ride_predictions.expected_error is
'Expected absolute error in minutes; null if the model has none for such rides, and for rides scored before 0014.';
