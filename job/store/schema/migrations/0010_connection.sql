-- Rights and settings of the roles and the bodies of functions come from roles.sql and functions.sql, which init-db
-- applies each time; this migration makes the job ask for it.

comment on schema raw is 'What the job writes: rides, outcomes, rejects, runs, models and the ledger of windows.';
