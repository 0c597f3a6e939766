{# The formula, its limits and their sources: docs/drift.md. #}


{#
    The population stability index (PSI) of each feature against the training rides, and the columns that not_comparable
    reads.

    counts: a relation with day, source, model_id, feature, bin, rides and batch_id; rides of one bin may be on many
    rows.
    whole: the columns whose combinations are compared as one, model_id among them. All features of a whole share the
    hours that are missing.

    Each kind of day is compared with the training rides of its kind, or with all training rides where there were too
    few. A whole that has a Friday and a Saturday is compared with a mixture, in which each kind is weighted by its
    rides.

    Half a ride is added to every bin, as job/model/training_bins.py does to the training rides. Shares are numeric, so
    that the result does not depend on the order of addition.
#}
{% macro drift_from_training(counts, training_bins, whole) -%}
    {%- set whole = whole | join(', ') -%}
    with kinds as (
        select distinct
            model_id,
            kind
        from {{ training_bins }}
    ),

    rides_by_kind as (
        select
            {{ whole }},
            feature,
            kind,
            sum(rides) as rides_of_kind,
            cast(sum(sum(rides)) over (partition by {{ whole }}, feature) as bigint) as rides,
            max(max(batch_id)) over (partition by {{ whole }}, feature) as batch_id
        from (
            select
                *,
                {{ kind_of_day('day') }} as kind
            from {{ counts }}
        ) as counts_with_kind
        group by {{ whole }}, feature, kind
    ),

    compared as (
        select
            rides_by_kind.*,
            coalesce(kinds.kind, 'all') as compared_with
        from rides_by_kind
        left join kinds on rides_by_kind.model_id = kinds.model_id and rides_by_kind.kind = kinds.kind
    ),

    expected as (
        select
            {{ whole }},
            feature,
            rides,
            batch_id,
            bin,
            string_agg(distinct compared_with, ', ') as compared_with,
            bool_and(compared_with = kind) as is_of_kind,
            sum(training_share * rides_of_kind) / rides as training_share,
            count(*) over (partition by {{ whole }}, feature) as bins
        from (
            select
                compared.*,
                training_bins.bin,
                training_bins.training_share
            from compared
            inner join {{ training_bins }} as training_bins
                on
                    compared.model_id = training_bins.model_id
                    and compared.compared_with = training_bins.kind
                    and compared.feature = training_bins.feature
        ) as compared_bins
        group by {{ whole }}, feature, rides, batch_id, bin
    ),

    found as (
        select
            {{ whole }},
            feature,
            bin,
            sum(rides) as rides_in_bin
        from {{ counts }}
        group by {{ whole }}, feature, bin
    ),

    shares as (
        select
            *,
            coalesce(rides_in_bin, 0) = 0 as is_missing,
            (coalesce(rides_in_bin, 0) + 0.5) / (rides + 0.5 * bins) as share
        from expected
        left join found using ({{ whole }}, feature, bin)
    )

    select
        {{ whole }},
        feature,
        compared_with,
        rides,
        batch_id,
        is_of_kind,
        cast(sum((share - training_share) * ln(share / training_share)) as numeric(10, 4)) as psi,
        -- the share of the training rides in hours without a ride
        max(coalesce(sum(training_share) filter (where feature = 'hour' and is_missing), 0))
            over (partition by {{ whole }}) as share_of_missing_hours
    from shares
    group by {{ whole }}, feature, compared_with, rides, batch_id, is_of_kind
{%- endmacro %}


{#
    The branches of a `case` that say why rides cannot be compared. Missing hours matter to every feature, because rides
    at three in the morning differ from rides at noon.
#}
{% macro not_comparable(drift) -%}
    when {{ drift }}.rides < {{ var('least_rides') }} then 'too few rides'
    when {{ drift }}.share_of_missing_hours > 0.02 then 'hours are missing'
    when {{ drift }}.feature = 'hour' and not {{ drift }}.is_of_kind then 'no hours of this kind of day'
{%- endmacro %}


{# The index, its verdict, and the reason if there is none: either verdict or no_verdict_why is null. #}
{% macro verdict_columns() -%}
    cast(case when no_verdict_why is null then psi end as numeric(10, 4)) as psi,
    case
        when no_verdict_why is not null then null
        when psi >= {{ var('psi_drift') }} then 'drift'
        when psi >= {{ var('psi_watch') }} then 'watch'
        when psi >= 0 then 'stable'
    end as verdict,
    no_verdict_why
{%- endmacro %}


{# The kind of a calendar day, as training distinguishes them. #}
{% macro kind_of_day(day) -%}
    case when extract(isodow from {{ day }}) >= 6 then 'weekend' else 'weekday' end
{%- endmacro %}
