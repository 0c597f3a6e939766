{#
    The time zone of the place is defined once, in the functions that `init-db` installs in the schema raw. These macros
    name the schema directly, because neither ref() nor source() can resolve a function; no model and no other macro
    does.
#}


{# The wall-clock time of an instant. #}
{% macro local_time(instant) -%}
    raw.local_time({{ instant }})
{%- endmacro %}


{# The calendar day of an instant. #}
{% macro local_day(instant) -%}
    raw.local_day({{ instant }})
{%- endmacro %}


{# The instant at which a calendar day begins. #}
{% macro local_day_start(day) -%}
    raw.local_day_start({{ day }})
{%- endmacro %}
