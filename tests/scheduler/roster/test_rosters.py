"""What every roster must hold, whatever the problem."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.roster.audit import violations
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Limit
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import (
    MONDAY,
    absence,
    at,
    person,
    post,
    problem,
    shift,
    text,
    three_shifts,
)

some = st.sampled_from
STEPS = 60


@st.composite
def posts(draw, name):
    shifts = draw(
        some(
            (
                three_shifts(),
                (shift("D", "08:00", "20:00"), shift("N", "20:00", "08:00")),
                (shift("L", "17:30", "08:30", 2),),
            )
        )
    )
    return post(
        name,
        site=draw(some(("office", "mall"))),
        shifts=shifts,
        roles=draw(some(((), ("guard",)))),
        qualifications=draw(some(((), ("card",)))),
        priority=draw(some((0, 1, 2))),
    )


@st.composite
def limits(draw):
    found = [Limit("rest-hours", draw(some((0, 11, 24))))]
    for name, values in (
        ("week-hours", (24, 40)),
        ("weekly-rest", (1, 3)),
        ("days-in-a-row", (2, 4)),
        ("nights-in-a-row", (1, 2)),
        ("week-hours-average", (16, 30)),
        ("weekly-rest-hours", (35, 60)),
        ("night-shifts", (0, 2)),
        ("day-hours", (8, 12)),
    ):
        if draw(st.booleans()):
            found.append(Limit(name, draw(some(values))))
    return tuple(found)


@st.composite
def people(draw, name):
    day = MONDAY + timedelta(days=draw(st.integers(0, 8)))
    away = (absence(at(day, "02:00"), at(day, "06:00")),)
    return person(
        name,
        sites=draw(some((("office",), ("mall",), ("office", "mall")))),
        roles=draw(some((("guard",), ("guard",), ()))),
        holds=draw(some((("card",), ()))),
        absences=draw(some(((), away))),
        blocked=draw(some(({}, {day: text("x")}))),
        limits=draw(limits()),
    )


@st.composite
def problems(draw):
    until = MONDAY + timedelta(days=draw(st.integers(0, 9)))
    staff = [draw(people(name)) for name in "abcde"[: draw(st.integers(0, 5))]]
    return problem([draw(posts("p1")), draw(posts("p2"))], staff, MONDAY, until)


@given(problems())
def test_every_roster_passes_the_audit(whole):
    roster = solve(whole, steps=STEPS)

    assert () == violations(whole, roster)


@given(problems())
def test_improving_never_covers_less_than_the_constructive_roster(whole):
    first = solve(whole, steps=0)

    roster = solve(whole, steps=STEPS)

    assert _missing(whole, roster) <= _missing(whole, first)


@given(problems(), st.integers(0, 3))
def test_the_same_problem_seed_and_steps_give_the_same_roster(whole, seed):
    first = solve(whole, steps=STEPS, seed=seed)

    again = solve(whole, steps=STEPS, seed=seed)

    assert first == again


@given(problems())
def test_solving_again_from_the_last_roster_changes_nothing(whole):
    first = solve(whole, steps=STEPS)

    again = solve(replace(whole, previous=first.cells), steps=STEPS)

    if _missing(whole, again) == _missing(whole, first):
        assert first.cells == again.cells


@given(problems())
def test_a_roster_has_gaps_exactly_where_shifts_lack_people(whole):
    roster = solve(whole, steps=STEPS)

    found = gaps(whole, roster)

    assert bool(roster.uncovered) == bool(found)
    assert {each.post for each in roster.uncovered} == {gap.post for gap in found}


@given(problems())
def test_a_published_roster_taken_as_pins_stands(whole):
    first = solve(whole, steps=STEPS)

    again = solve(replace(whole, pins=first.cells), steps=STEPS)

    assert first.cells == again.cells
    assert "infeasible" != again.status


def _missing(whole, roster):
    priority = {each.id: each.priority for each in whole.posts}
    return [
        sum(each.missing for each in roster.uncovered if priority[each.post] == level)
        for level in (0, 1, 2)
    ]


def test_a_quick_look_at_a_change_changes_no_more_cells_than_the_whole_answer():
    people = [person(f"p{number}") for number in range(6)]
    whole_week = problem([post()], people, until=MONDAY + timedelta(days=6))
    published = solve(whole_week)
    gone = absence(at(MONDAY, "00:00"), at(MONDAY + timedelta(days=3), "00:00"))
    away = replace(people[0], absences=(gone,))
    changed = replace(whole_week, people=(away, *people[1:]), previous=published.cells)

    quick, whole = solve(changed, even=False), solve(changed)

    assert "solved" == quick.status
    assert () == violations(changed, quick)
    assert _moved(published, quick) == _moved(published, whole)
    assert _missing(changed, quick) == _missing(changed, whole)


def _moved(before, after):
    return sum(1 for key, cell in before.cells.items() if after.cells[key] != cell)
