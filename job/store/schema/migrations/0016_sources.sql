-- Any name may be a source, so that several feeds share a database: functions.sql has the new raw.is_source.

comment on table raw.sources is 'One row per source of rides: the simulator, and every name that SOURCE has had.';
