"""
Plan a 24-hour duty roster of 100 people and 17 weeks, under Chinese law and under that of the EU.

Run: python -m benchmarks.duty_rosters [--people 100] [--weeks 17] [--seed 0] [--seconds 60]

Two organisations of the same posts: a fire control room with two certified operators at every
instant, two gates, patrols and switchboards, 22 people at a time; each is away for a week of the
seventeen, so that who is there works some 36 or 39 hours a week. The people of the first work under
comprehensive hours (综合计算工时) approved for a quarter, in twelve-hour shifts; of the second
under the working-time directive (11 h of rest a day, 35 h in one piece a week, 48 h on average over
17 weeks) in eight-hour shifts. Everything comes from the packs, by the rules that bind these
people. Printed for each: places empty, what the audit finds (it knows no solver), how far nights
and weekends a head lie from the arithmetic optimum, seconds by the clock and of the processor, and
peak memory.
"""

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rules.derive import derive
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from scheduler.roster.audit import violations
from scheduler.roster.building import roster_problem
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Roster, RosterProblem
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.solver import solve

FIRST = date(2026, 11, 30)
TERM = 17
TWELVE = (("D", "08:00", "20:00", 660), ("N", "20:00", "08:00", 660))
EIGHT = (("D", "06:00", "14:00", 480), ("E", "14:00", "22:00", 480), ("N", "22:00", "06:00", 480))
# Kind of post, people on each shift, certificate that it asks for.
POSTS = (
    ("control-room", 2, "fire-facility-operator"),
    ("north-gate", 4, None),
    ("south-gate", 4, None),
    ("patrol", 8, None),
    ("switchboard", 4, None),
)
COUNTRIES = {
    "cn-comprehensive": ("CN", "Asia/Shanghai", TWELVE, "comprehensive"),
    "eu-directive": ("DE", "Europe/Berlin", EIGHT, "standard"),
}


def organisation(name: str, people: int, weeks: int) -> Organisation:
    """Return the organisation; every third of its people holds the certificate."""
    country, zone, shifts, system = COUNTRIES[name]
    site = {
        "id": "park",
        "name": _text("park"),
        "facts": {"site.kind": "government-office", "site.unit_type": "enterprise"},
        "calendar": {"opening": [{"days": ["mon"], "opens": "08:00", "closes": "18:00"}]},
        "posts": [_post(*each, shifts, people) for each in POSTS],
    }
    facts = {
        "person.working_hours_system": system,
        "person.hours_period_weeks": 13 if system == "comprehensive" else TERM,
        "person.labour_contract": True,
    }
    staff = [_person(number, facts, weeks) for number in range(people)]
    return Organisation.model_validate(
        {
            "id": name,
            "name": _text(name),
            "country": country,
            "time_zone": zone,
            "sites": [site],
            "people": staff,
        }
    )


def _post(kind: str, least: int, held: str | None, shifts: Any, people: int) -> dict[str, Any]:
    """Fewer people stand fewer places, so that a smaller house is as tightly staffed."""
    least = max(1, round(least * people / 100)) if held is None else least
    return {
        "id": kind,
        "name": _text(kind),
        "shifts": [
            {
                "code": code,
                "name": _text(code),
                "since": since,
                "until": until,
                "minimum": least,
                "working_minutes": minutes,
            }
            for code, since, until, minutes in shifts
        ],
        "qualifications": [held] if held else [],
    }


def _person(number: int, facts: dict[str, Any], weeks: int) -> dict[str, Any]:
    """In a roster shorter than a term nobody is on leave: not everybody could be."""
    held = [{"kind": "fire-facility-operator", "from": date(2020, 1, 1)}]
    since = FIRST + timedelta(weeks=number % TERM)
    away = {"from": since, "until": since + timedelta(days=6), "reason": _text("annual leave")}
    return {
        "id": f"person-{number}",
        "name": _text(f"person {number}"),
        "sites": ["park"],
        "roles": ["guard"],
        "facts": facts,
        "qualifications": held if number % 3 == 0 else [],
        "absences": [away] if weeks >= TERM else [],
    }


def _text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def problem_of(name: str, people: int, weeks: int) -> RosterProblem:
    """Return the roster problem, its limits those of the laws that bind these people."""
    whole = organisation(name, people, weeks)
    book = load_rulebook().for_organisation(whole)
    span = (FIRST, FIRST + timedelta(days=7 * weeks - 1))
    bindings = derive(book, whole, FIRST)
    return roster_problem(whole, span, rulebook=book, bindings=bindings)


def farthest(problem: RosterProblem, roster: Roster) -> dict[str, float]:
    """Return how far nights and weekends a head lie from the nearest whole share, at most."""
    rows = Slots(problem).rows(roster.cells)
    return {
        "nights": _spread(rows, lambda slot: slot.is_night),
        "weekends": _spread(rows, lambda slot: slot.day.weekday() >= 5),
    }


def _spread(rows: dict[str, dict[date, Slot]], counts: Any) -> float:
    mine = [sum(1 for slot in row.values() if counts(slot)) for row in rows.values()]
    share, odd = divmod(sum(mine), len(mine))
    best = {share, share + 1} if odd else {share}
    return max(min(abs(each - wanted) for wanted in best) for each in mine)


def measured(name: str, chosen: argparse.Namespace) -> dict[str, Any]:
    """Solve once and return the figures."""
    problem = problem_of(name, chosen.people, chosen.weeks)
    began, worked = time.perf_counter(), time.process_time()
    roster = solve(problem, seconds=chosen.seconds, seed=chosen.seed, steps=chosen.steps)
    return {
        "law": name,
        "people": chosen.people,
        "weeks": chosen.weeks,
        "limits": sorted(_limits(problem)),
        "places": sum(slot.need for slot in Slots(problem).wanted),
        "empty": sum(one.missing for one in roster.uncovered),
        "gaps": len(gaps(problem, roster)),
        "violations": dict(Counter(one.code for one in violations(problem, roster))),
        "from the optimum": farthest(problem, roster),
        "status": roster.status,
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _limits(problem: RosterProblem) -> Iterator[str]:
    for limit in problem.people[0].limits:
        clause = f" ({limit.clause.en})" if limit.clause else ""
        weeks = f" over {limit.weeks} weeks" if limit.name == "week-hours-average" else ""
        yield f"{limit.name} {limit.value:g}{weeks}{clause}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--weeks", type=int, default=TERM)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--law", choices=COUNTRIES)
    chosen = parser.parse_args()
    for name in [chosen.law] if chosen.law else COUNTRIES:
        print(json.dumps(measured(name, chosen), ensure_ascii=False))


if __name__ == "__main__":
    main()
