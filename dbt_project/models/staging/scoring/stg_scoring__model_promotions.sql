select
    -- ids
    promotion_id,

    -- text
    name as model_name,
    from_version,
    to_version,
    why,

    -- times
    promoted_at
from {{ source('scoring', 'model_promotions') }}
