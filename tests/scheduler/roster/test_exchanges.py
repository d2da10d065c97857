"""Exchanges: the compiled rules say what the plain ones say, and rosters come out even."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duty_rosters import farthest, problem_of
from scheduler.roster.audit import violations
from scheduler.roster.exchange.legality import keeps_limits
from scheduler.roster.exchange.tables import Numbering, tables
from scheduler.roster.gaps import gaps
from scheduler.roster.groups import Group
from scheduler.roster.problem import Limit
from scheduler.roster.rows import row_faults
from scheduler.roster.slots import Slots
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import MONDAY, absence, at, person, post, problem, shift

LAST = MONDAY + timedelta(days=13)
TURNS = post(
    shifts=(
        shift("D", "06:00", "14:00"),
        shift("E", "14:00", "22:00"),
        shift("N", "22:00", "06:00"),
        shift("L", "17:30", "08:30"),
    )
)
LIMITS = {
    "rest-hours": (8, 11, 24),
    "week-hours": (24, 40),
    "week-hours-average": (16, 30),
    "weekly-rest": (1, 3),
    "weekly-rest-hours": (35, 60),
    "days-in-a-row": (2, 4),
    "nights-in-a-row": (1, 2),
    "night-shifts": (0, 2, 4),
}
cells = st.lists(st.sampled_from((None, None, "D", "E", "N", "L")), min_size=21, max_size=21)
limits = st.dictionaries(st.sampled_from(sorted(LIMITS)), st.integers(0, 2), max_size=4)


@given(row=cells, chosen=limits, away=st.booleans())
def test_the_compiled_rules_find_a_fault_where_the_plain_ones_do(row, chosen, away):
    held = tuple(
        Limit(name, LIMITS[name][which % len(LIMITS[name])], weeks=2)
        for name, which in sorted(chosen.items())
    )
    leave = absence(at(MONDAY, "00:00"), at(MONDAY + timedelta(days=3), "00:00"))
    who = person("li", limits=held, absences=(leave,) if away else ())
    days = [MONDAY + timedelta(days=number) for number in range(-7, 14)]
    stood = {("li", day): ("gate", code) for day, code in zip(days, row, strict=True) if code}
    past = {key: cell for key, cell in stood.items() if key[1] < MONDAY}
    asked = problem([TURNS], [who], MONDAY, LAST, history=past)
    slots = Slots(asked)
    group = Group(slots, ("gate",))
    numbering = Numbering(slots, group.may)
    figures = tables(numbering, group.fair, {0: 1, 1: 1, 2: 1})

    kept = keeps_limits(figures, 0, numbering.rows(stood)[0])

    faults = row_faults(who, slots.rows(stood)["li"], slots.spans["li"])
    assert kept == (not [fault for fault in faults if fault.day >= MONDAY])


@pytest.mark.parametrize("law", ["cn-comprehensive", "eu-directive"])
def test_a_roster_by_the_clock_is_legal_and_as_even_as_arithmetic_allows(law):
    asked = problem_of(law, people=50, weeks=4)

    roster = solve(asked)

    assert ((), ()) == (gaps(asked, roster), violations(asked, roster))
    assert {"nights": 0, "weekends": 0} == farthest(asked, roster)
    assert "solved" == roster.status


def test_the_same_seed_and_steps_give_the_same_roster():
    asked = problem_of("eu-directive", people=30, weeks=2)

    first, second = (solve(asked, seed=3, steps=50) for _ in range(2))

    assert first == second


def test_who_stood_the_nights_of_the_term_before_stands_fewer_now():
    nights = post(shifts=(shift("N", "22:00", "06:00"),))
    people = [person(name) for name in ("li", "wang")]
    days = [MONDAY - timedelta(days=number) for number in range(1, 15, 2)]
    past = {("li", day): ("gate", "N") for day in days}
    past |= {("wang", MONDAY - timedelta(days=back)): ("gate", "N") for back in (2, 8, 14)}
    asked = problem([nights], people, MONDAY, LAST, history=past)

    roster = solve(asked)

    stood = [who for (who, _), cell in roster.cells.items() if cell]
    assert (5, 9) == (stood.count("li"), stood.count("wang"))


def test_public_holidays_are_shared_evenly():
    holidays = frozenset({MONDAY + timedelta(days=1), MONDAY + timedelta(days=8)})
    people = [person(name) for name in ("li", "wang", "zhao")]
    day = post(shifts=(shift("D", "08:00", "16:00"),))
    asked = replace(problem([day], people, MONDAY, LAST), holidays=holidays)

    roster = solve(asked)

    stood = [who for (who, day), cell in roster.cells.items() if cell and day in holidays]
    assert 2 == len(set(stood))
