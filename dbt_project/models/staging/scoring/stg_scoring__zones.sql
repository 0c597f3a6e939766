select
    -- ids
    zone,

    -- text
    name as zone_name,

    -- booleans
    is_airport
from {{ source('scoring', 'zones') }}
