-- The band as predicted is the model's own (static) band, scaled to the newest known outcomes.

alter table raw.ride_predictions
add column if not exists band_scale_low real check (band_scale_low > 0 and band_scale_low < 'Infinity'),
add column if not exists band_scale_high real check (band_scale_high > 0 and band_scale_high < 'Infinity'),
add column if not exists static_low double precision check (static_low >= 0 and static_low < 'Infinity'),
add column if not exists static_high double precision check (static_high > 0 and static_high < 'Infinity');

comment on column raw.ride_predictions.band_scale_low is
'predicted_low is this many times as far from predicted_duration as static_low; null without a band, and before 0015.';
comment on column raw.ride_predictions.band_scale_high is
'The same for predicted_high and static_high.';
comment on column raw.ride_predictions.static_low is
'Low end of the model''s own band in minutes; null without a band, and before 0015, when it was predicted_low.';
comment on column raw.ride_predictions.static_high is
'High end of the model''s own band in minutes; null without a band, and before 0015, when it was predicted_high.';
