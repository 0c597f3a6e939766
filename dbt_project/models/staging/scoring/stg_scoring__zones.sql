select
    -- ids
    zone,

    -- text
    name as zone_name,

    -- numbers
    latitude,
    longitude,

    -- booleans
    is_airport
from {{ source('scoring', 'zones') }}
