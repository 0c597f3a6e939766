select
    -- ids
    model_id,
    bin,

    -- text
    kind,
    feature,

    -- numbers
    lower as lower_limit,
    upper as upper_limit,
    cast(share as numeric(18, 12)) as training_share
from {{ source('scoring', 'training_bins') }}
