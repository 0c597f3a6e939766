"""Measures what `why` reports on undisturbed days, when it should report nothing, and under each scenario.

bench/drift.py simulates the days. The simulator's rides are independent of each other, whereas real ones share the
traffic of their hour. So the undisturbed days are judged a second time, with all durations of an hour multiplied by the
same random factor.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from bench.places import JOB
from bench.process import timed
from job import config
from job.commands.why import group_of
from job.model.excess import Finding
from job.simulator import scenarios
from job.simulator.scenarios import ROAD_WORKS_HOURS
from job.store import store
from job.store.reading.excess import explained

FALSE_ALARMS, DETECTED = 1 / 20, 9 / 10
SATURDAY = 5
WORKS = "road-works"
WORKS_AREAS = {"Loop", "Near North Side"}
WORKS_HOURS = (ROAD_WORKS_HOURS.start, ROAD_WORKS_HOURS.stop)
# On the real day, the hourly means of log(actual / predicted) have a standard deviation of 0.03; 0.05 is stricter.
SHARED_SPREAD = 0.05
SHARE_TRAFFIC = """
with hours as materialized (
    select hour, exp(%s * random_normal()) as factor
    from (select distinct date_trunc('hour', trip_start_timestamp) as hour from raw.ride_predictions) as starts
),
batch as materialized (
    select nextval('raw.batch_id') as batch_id
)
insert into raw.ride_outcomes (trip_id, actual_duration, batch_id)
select outcomes.trip_id, outcomes.actual_duration * hours.factor, batch.batch_id
from raw.ride_outcomes as outcomes
inner join raw.ride_predictions as rides using (trip_id)
inner join hours on date_trunc('hour', rides.trip_start_timestamp) = hours.hour
cross join batch
where outcomes.actual_duration * hours.factor <= 1440
"""


def measure(environment: Mapping[str, str], days: Mapping[str, str]) -> None:
    """Print the tables, given the scenario of each day."""
    found = _findings(environment, days)
    print("\nwhat `why` names first, and on how many days")
    for name in ("", *scenarios.NAMES):
        firsts = [group_of(found[day][0]) if found[day] else "nothing stands out" for day in days if days[day] == name]
        print(f"  {name or 'undisturbed'}, {len(firsts)} days")
        for words, count in Counter(firsts).most_common():
            print(f"{count:>6}  {words}")
    weekdays = [day for day in days if days[day] == WORKS and date.fromisoformat(day).weekday() < SATURDAY]
    detected = sum(_names_road_works(found[day]) for day in weekdays)
    print(f"{WORKS} first on {detected} of {len(weekdays)} weekdays; pass: at least {DETECTED:.0%}")
    undisturbed = [day for day in days if not days[day]]
    print(f"named something on {_named(found, undisturbed)} of {len(undisturbed)} undisturbed days; ", end="")
    _share_traffic(environment)
    shared = _findings(environment, undisturbed)
    print(f"with shared traffic on {_named(shared, undisturbed)}; pass: at most {FALSE_ALARMS:.0%}")


def _findings(environment: Mapping[str, str], days: Iterable[str]) -> dict[str, list[Finding]]:
    with store.opened(config.parse(environment)) as opened, opened.reading() as database:
        return {
            day: [
                finding
                for model in explained(database, "simulator", date.fromisoformat(day))
                for finding in model.findings
            ]
            for day in days
        }


def _named(found: Mapping[str, list[Finding]], days: list[str]) -> int:
    return sum(bool(found[day]) for day in days)


def _names_road_works(findings: list[Finding]) -> bool:
    """Whether the first finding has the hours of the road works and names no other area."""
    return bool(findings) and findings[0].hours == WORKS_HOURS and {*findings[0].areas} <= WORKS_AREAS


def _share_traffic(environment: Mapping[str, str]) -> None:
    """Append outcomes that are multiplied by a random factor per hour, and refresh the mart that `why` reads."""
    with store.opened(config.parse(environment), "postgres") as opened, opened.connected() as database:
        database.execute("select setseed(0)")
        database.execute(SHARE_TRAFFIC, [SHARED_SPREAD])
    timed([*JOB, "dbt", "run", "--select", "excess_error_by_segment"], environment)
