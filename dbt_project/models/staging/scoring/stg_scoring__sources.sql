select source
from {{ source('scoring', 'sources') }}
