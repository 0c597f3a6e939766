select
    -- ids
    model_id,

    -- text
    name as model_name,
    version as model_version,

    -- numbers
    cast(metrics ->> 'mae' as numeric(9, 3)) as validation_mae
from {{ source('scoring', 'models') }}
