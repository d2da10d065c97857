"""
Plan a published duty roster anew after a change: 60 people, four posts by the clock, 28 days.

Run: python -m benchmarks.replan [--changes 50] [--people 60] [--seed 0]

A change is somebody away for one to five days, a certificate lost, or one more person wanted on a
shift; the days before it are settled. Printed: how long the first answer took, and the one with the
fewest changes among those with the best cover, how many were proved, and what the audit found.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from random import Random
from zoneinfo import ZoneInfo

from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.roster.audit import violations
from scheduler.roster.problem import (
    Absence,
    Limit,
    Roster,
    RosterPerson,
    RosterPost,
    RosterProblem,
    RosterShift,
)
from scheduler.roster.solver import solve

FIRST, DAYS = date(2026, 12, 7), 28
ZONE = "Asia/Shanghai"
POSTS = (("fire", 2), (None, 2), (None, 3), ("electrician", 1))
SHIFTS = (("D", clock(8), clock(16)), ("E", clock(16), clock(0)), ("N", clock(0), clock(8)))
LIMITS = (
    Limit("rest-hours", 11),
    Limit("week-hours", 44),
    Limit("days-in-a-row", 6),
    Limit("weekly-rest", 1),
)


def generated(people: int, seed: int) -> RosterProblem:
    """Return a problem with enough people; the same for the same seed."""
    draw = Random(seed)
    posts = tuple(_post(number, kind, least) for number, (kind, least) in enumerate(POSTS))
    staff = tuple(_person(draw, number) for number in range(people))
    return RosterProblem(FIRST, FIRST + timedelta(days=DAYS - 1), ZONE, posts, staff)


def _post(number: int, kind: str | None, least: int) -> RosterPost:
    shifts = tuple(RosterShift(code, _text(code), *span, least) for code, *span in SHIFTS)
    held = (kind,) if kind else ()
    name = f"post {number}"
    priority = 0 if kind else 2
    return RosterPost(name, "main", _text(name), shifts, qualifications=held, priority=priority)


def _person(draw: Random, number: int) -> RosterPerson:
    held = [kind for kind in ("fire", "electrician") if draw.random() < 0.4]
    certificates = (
        Certificate.model_validate({"kind": kind, "from": date(2020, 1, 1)}) for kind in held
    )
    name = f"person {number}"
    return RosterPerson(
        name, _text(name), ("main",), qualifications=tuple(certificates), limits=LIMITS
    )


def changes(
    problem: RosterProblem, roster: Roster, count: int, seed: int
) -> Iterator[RosterProblem]:
    """Yield the problem after each of *count* changes, the days before it settled."""
    draw = Random(seed)
    for number in range(count):
        day = FIRST + timedelta(days=draw.randrange(2, DAYS - 4))
        settled = {key: cell for key, cell in roster.cells.items() if key[1] < day}
        whole = replace(problem, previous=roster.cells, pins=settled)
        yield (_away, _uncertified, _busier)[number % 3](whole, draw, day)


def _away(problem: RosterProblem, draw: Random, day: date) -> RosterProblem:
    since = datetime.combine(day, clock(), ZoneInfo(ZONE))
    span = Absence(since, since + timedelta(days=draw.choice((1, 2, 5))), _text("ill"))
    return _with(problem, draw.choice(problem.people), absences=(span,))


def _uncertified(problem: RosterProblem, draw: Random, day: date) -> RosterProblem:
    """What was held until the day before is lost; shifts stood with it stay lawful."""
    holders = [person for person in problem.people if person.qualifications]
    chosen = draw.choice(holders)
    ended = (one.model_copy(update={"until": day}) for one in chosen.qualifications)
    return _with(problem, chosen, qualifications=tuple(ended))


def _busier(problem: RosterProblem, draw: Random, day: date) -> RosterProblem:
    number = draw.randrange(len(problem.posts))
    post = problem.posts[number]
    extra = replace(post.shifts[0], code="X", minimum=1)
    extended = replace(post, id=f"{post.id} extra", shifts=(extra,), days=frozenset({day}))
    return replace(problem, posts=(*problem.posts, extended))


def _with(problem: RosterProblem, person: RosterPerson, **changed: object) -> RosterProblem:
    people = (
        replace(one, **changed) if one is person else one  # type: ignore[arg-type]
        for one in problem.people
    )
    return replace(problem, people=tuple(people))


def _text(words: str) -> Text:
    return Text(zh=words, en=words)


def quantile_95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    problem = generated(chosen.people, chosen.seed)
    published = solve(problem, seconds=60, seed=chosen.seed)
    firsts, wholes, worked, proved, broken = [], [], [], 0, 0
    for changed in changes(problem, published, chosen.changes, chosen.seed):
        began = time.perf_counter()
        solve(changed, steps=0)
        firsts.append(time.perf_counter() - began)
        began, before = time.perf_counter(), time.process_time()
        roster = solve(changed, seconds=30, seed=chosen.seed, even=False)
        wholes.append(time.perf_counter() - began)
        worked.append(time.process_time() - before)
        proved += roster.status == "solved"
        broken += len(violations(changed, roster))
    print(
        json.dumps(
            {
                "people": chosen.people,
                "changes": chosen.changes,
                "first_answer_median": round(statistics.median(firsts), 2),
                "first_answer_95": round(quantile_95(firsts), 2),
                "fewest_changes_median": round(statistics.median(wholes), 2),
                "fewest_changes_95": round(quantile_95(wholes), 2),
                "fewest_changes_95_of_the_processor": round(quantile_95(worked), 2),
                "proved": proved,
                "violations": broken,
            }
        )
    )


if __name__ == "__main__":
    main()
