{# Formula, limits and their sources: docs/drift.md. #}


{#
    The population stability index of each feature, from a row per bin with its rides_in_bin, the feature's rides and number of
    bins, and the bin's training_share. The share is of so many rides with half a ride more in each bin, as job/model/training_bins.py
    has it of the training rides; shares are numeric, so that no order of adding shows.

    keys: what the row is of, the `whole` and the feature among them.
    missing_hours_of_day: the training share of the hours without a ride; they are missing from all features of the `whole`.
#}
{% macro measured_drift(bins, whole, keys) -%}
    select
        {{ keys }},
        rides,
        is_of_kind,
        cast(sum((share - training_share) * ln(share / training_share)) as numeric(10, 4)) as psi,
        max(coalesce(sum(training_share) filter (where feature = 'hour' and rides_in_bin = 0), 0))
            over (partition by {{ whole }}) as missing_hours_of_day
    from (
        select
            *,
            (rides_in_bin + 0.5) / (rides + 0.5 * bins) as share
        from {{ bins }}
    ) as shares
    group by {{ keys }}, rides, is_of_kind
{%- endmacro %}


{# Why these rides are not to be compared, or null; rides at three in the morning are not rides at noon. #}
{% macro not_comparable(measured) -%}
    when {{ measured }}.rides < {{ var('least_rides') }} then 'too few rides'
    when {{ measured }}.missing_hours_of_day > 0.02 then 'hours are missing'
    when {{ measured }}.feature = 'hour' and not {{ measured }}.is_of_kind then 'no hours of this kind of day'
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
