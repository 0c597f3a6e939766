select
    -- ids
    model_id,

    -- text
    name as model_name,
    version as model_version
from {{ source('scoring', 'models') }}
