{# Formula, limits and their sources: docs/drift.md. #}


{# The share of a bin among so many, with half a ride more in each, as job/model/bins.py has it of the training rides. #}
{% macro smoothed_share(rides, all_rides, bins) -%}
    (({{ rides }} + 0.5) / ({{ all_rides }} + 0.5 * {{ bins }}))
{%- endmacro %}


{# The population stability index of a feature; a row per bin, shares as numeric, so that no order of adding shows. #}
{% macro psi(share, training_share) -%}
    cast(sum(({{ share }} - {{ training_share }}) * ln({{ share }} / {{ training_share }})) as numeric(10, 4))
{%- endmacro %}


{# The training share of the hours without a ride: a row per bin. #}
{% macro missing_hours(feature, rides, training_share) -%}
    coalesce(sum({{ training_share }}) filter (where {{ feature }} = 'hour' and {{ rides }} = 0), 0)
{%- endmacro %}


{# Why these rides are not to be compared, or null; rides at three in the morning are not rides at noon. #}
{% macro not_comparable(feature, rides, missing_hours, hours_of_kind) -%}
    when {{ rides }} < {{ var('least_rides') }} then 'too few rides'
    when {{ missing_hours }} > 0.02 then 'hours are missing'
    when {{ feature }} = 'hour' and not {{ hours_of_kind }} then 'no hours of this kind of day'
{%- endmacro %}


{% macro drift_verdict(psi) -%}
    case
        when {{ psi }} >= {{ var('psi_drift') }} then 'drift'
        when {{ psi }} >= {{ var('psi_watch') }} then 'watch'
        when {{ psi }} >= 0 then 'stable'
    end
{%- endmacro %}


{# The kind of a Chicago day, as training's. #}
{% macro kind_of_day(day) -%}
    case when extract(isodow from {{ day }}) >= 6 then 'weekend' else 'weekday' end
{%- endmacro %}
