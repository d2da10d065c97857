"""Generated assignment problems: of a few tasks and people, and of whole organisations."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.scheduler.assignment.builders import (
    MONDAY,
    instant,
    leave,
    problem_of,
    task_of,
    worker_of,
)

SITES = ("school", "mall", "office")
NAMES = tuple("abcdef")
some = st.sampled_from


@st.composite
def tasks(draw, number, sites=SITES):
    day = MONDAY + timedelta(days=draw(st.integers(0, 3)))
    since = draw(st.integers(0, 23))
    until = since + draw(some((1, 2, 3, 24, 30, 80)))
    more = [day + timedelta(days=n) for n in range(draw(st.integers(0, 2)) + 1)]
    return task_of(
        f"t{number}",
        day=day,
        hours=(since, until),
        site=draw(some(sites)),
        place=draw(some(("kitchen", "roof"))),
        minutes=draw(some((5, 20, 45, 70))),
        people=draw(some((1, 1, 1, 2))),
        roles=draw(some(((), ("cook",), ("cook", "guard")))),
        qualifications=draw(some(((), (), ("electrician",)))),
        excluded=draw(some((frozenset(), frozenset({"a"})))),
        priority=draw(some((0, 1, 2))),
        rule=draw(some(("r1", "r2"))),
        days=tuple(more) if draw(st.booleans()) else (),
    )


@st.composite
def workers(draw, name, sites=SITES):
    start = MONDAY + timedelta(days=draw(st.integers(0, 3)))
    spans = {start: ((instant(start, 20), instant(start, 30)),)}
    return worker_of(
        name,
        sites=tuple(draw(st.sets(some(sites), min_size=1, max_size=2).map(sorted))),
        roles=draw(some(((), ("cook",), ("guard",)))),
        holds=draw(some(((), ("electrician",)))),
        absences=(leave(start, start),) if draw(st.booleans()) else (),
        minutes_per_day=draw(some((0, 30, 90, 240))),
        presence=draw(some((None, None, spans))),
        blocked=draw(some((frozenset(), frozenset({start})))),
        prefers=draw(some((frozenset(), frozenset({"roof"})))),
    )


@st.composite
def problems(draw, most_tasks=14, most_people=6):
    count = draw(st.integers(0, most_tasks))
    people = [draw(workers(name)) for name in NAMES[: draw(st.integers(0, most_people))]]
    return problem_of(
        [draw(tasks(number)) for number in range(count)],
        people,
        most_running=draw(some((0, 0, 1, 2))),
        spent={("a", MONDAY): 40} if draw(st.booleans()) else {},
    )
