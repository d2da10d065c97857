"""Pairings, separations, preferred numbers, overtime by agreement and wishes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.roster.audit import violations
from scheduler.roster.bonds import bond_faults
from scheduler.roster.exchange.bonds import keeps_bonds
from scheduler.roster.exchange.tables import Numbering, tables
from scheduler.roster.groups import Group
from scheduler.roster.objective import unmet_wishes
from scheduler.roster.problem import Bond, Limit, Roster, Wish
from scheduler.roster.slots import Slots
from scheduler.roster.solver import solve as solve_within
from tests.scheduler.roster.builders import MONDAY, REST, person, post, problem, shift

SUNDAY = MONDAY + timedelta(days=6)
DAY = shift("D", "08:00", "16:00")


def solve(asked, steps=60):
    """As many steps as these small rosters need."""
    return solve_within(asked, steps=steps)


def _week(*people, shifts=(DAY,), until=SUNDAY, **more):
    return problem([post(shifts=shifts)], people, MONDAY, until, **more)


def _standing(roster, day=MONDAY):
    return sorted(who for (who, on), cell in roster.cells.items() if cell and on == day)


def _codes(asked, cells):
    everyone = {(one.id, day): None for one in asked.people for day in Slots(asked).days}
    roster = Roster({**everyone, **cells}, (), "solved")
    found = violations(asked, roster)
    return sorted(one.code for one in found if one.code != "wrong-uncovered")


def test_who_is_kept_apart_never_stands_a_post_at_the_same_time():
    bond = Bond("apart", ("li", "wang"))
    two = replace(DAY, minimum=2)
    asked = _week(*map(person, ("li", "wang", "zhao")), shifts=(two,), bonds=(bond,))

    roster = solve(asked)

    assert () == violations(asked, roster)
    assert not roster.uncovered
    assert all({"li", "wang"} - set(_standing(roster, day)) for day in Slots(asked).days)


def test_shifts_that_overlap_count_as_the_same_time_and_are_named_by_the_audit():
    late = shift("L", "12:00", "20:00")
    asked = _week(
        person("li"), person("wang"), shifts=(DAY, late), bonds=(Bond("apart", ("li", "wang")),)
    )

    met = {("li", MONDAY): ("gate", "D"), ("wang", MONDAY): ("gate", "L")}
    alone = {("li", MONDAY): ("gate", "D"), ("wang", SUNDAY): ("gate", "L")}

    assert (["apart"], []) == (_codes(asked, met), _codes(asked, alone))


def test_a_trainee_stands_only_where_a_companion_does():
    two = replace(DAY, minimum=1, preferred=2)
    away = person("li", limits=(REST, Limit("weekly-rest", 3)))
    asked = _week(away, person("new"), shifts=(two,), bonds=(Bond("with", ("new", "li")),))

    roster = solve(asked)

    assert () == violations(asked, roster)
    assert {("li", "new"), ()} == {tuple(_standing(roster, day)) for day in Slots(asked).days}
    assert ["not-with"] == _codes(asked, {("new", MONDAY): ("gate", "D")})


def test_preferred_people_come_after_every_minimum_and_never_beyond_the_maximum():
    more = replace(DAY, minimum=1, preferred=2)
    other = post("yard", shifts=(DAY,))
    asked = problem(
        [post(shifts=(more,)), other], map(person, ("li", "wang", "zhao")), MONDAY, MONDAY
    )
    short = replace(asked, people=asked.people[:2])
    crowd = _week(*map(person, ("li", "wang", "zhao")))
    three = {(name, MONDAY): ("gate", "D") for name in ("li", "wang", "zhao")}
    roomy = _week(*crowd.people, shifts=(replace(DAY, maximum=3),))

    both, least = solve(asked), solve(short)

    assert (3, 2) == (len(_standing(both)), len(_standing(least)))
    assert not least.uncovered
    assert (["over-maximum"], []) == (_codes(crowd, three), _codes(roomy, three))


def test_overtime_is_used_where_cover_needs_it_and_no_further():
    agreed = Limit("week-hours", 24, overtime=16)
    usual = Limit("week-hours", 24)
    asked = _week(person("li", limits=(REST, agreed)), person("wang", limits=(REST, usual)))
    four = replace(asked, until=MONDAY + timedelta(days=3))

    full, little = solve(asked), solve(four)

    hours = {
        who: 8 * sum(who in _standing(full, d) for d in Slots(asked).days) for who in ("li", "wang")
    }
    assert () == violations(asked, full)
    assert ({"li": 32, "wang": 24}, ()) == (hours, full.uncovered)
    assert (
        max(sum(w in _standing(little, d) for d in Slots(four).days) for w in ("li", "wang")) <= 3
    )
    beyond = {("wang", MONDAY + timedelta(days=n)): ("gate", "D") for n in range(4)}
    assert ["week-hours"] == _codes(asked, beyond)


def test_wishes_are_met_where_nothing_else_is_worse_for_it():
    people = [person(name) for name in ("li", "wang")]
    wishes = (
        Wish("li", MONDAY),
        Wish("wang", MONDAY, ("gate", "D")),
        Wish("li", MONDAY + timedelta(days=1), ("gate", "D"), 3),
        Wish("wang", MONDAY + timedelta(days=1), ("gate", "D"), 1),
    )
    asked = _week(*people, shifts=(DAY,), until=MONDAY + timedelta(days=1), wishes=wishes)

    roster = solve(asked)
    alone = solve(replace(asked, people=(people[0],), until=MONDAY, wishes=wishes[:1]))

    assert [wishes[3]] == unmet_wishes(asked, roster.cells)
    assert ["li"] == _standing(alone)


def test_a_shift_that_is_not_wanted_goes_to_somebody_else_where_it_can():
    wishes = (Wish("li", MONDAY, ("gate", "D"), unwanted=True),)
    asked = _week(person("li"), person("wang"), until=MONDAY, wishes=wishes)

    both, alone = solve(asked), solve(replace(asked, people=asked.people[:1]))

    assert (["wang"], ["li"]) == (_standing(both), _standing(alone))
    assert ([], [*wishes]) == tuple(unmet_wishes(asked, one.cells) for one in (both, alone))


SHIFTS = (DAY, shift("L", "14:00", "22:00"), shift("N", "22:00", "09:00"))
NAMES = ("li", "wang", "zhao")
codes = st.lists(st.sampled_from((None, "D", "L", "N")), min_size=3, max_size=3)
bonds = st.lists(
    st.sampled_from(
        (
            Bond("apart", ("li", "wang")),
            Bond("apart", NAMES),
            Bond("with", ("li", "zhao")),
            Bond("with", ("wang", "li", "zhao")),
            Bond("apart", NAMES, since=MONDAY + timedelta(days=1)),
            Bond("with", ("li", "zhao"), until=MONDAY + timedelta(days=1)),
        )
    ),
    max_size=2,
    unique=True,
)


@given(rows=st.lists(codes, min_size=3, max_size=3), chosen=bonds)
def test_the_compiled_bonds_find_a_fault_where_the_plain_ones_do(rows, chosen):
    asked = _week(
        *map(person, NAMES), shifts=SHIFTS, until=MONDAY + timedelta(days=2), bonds=tuple(chosen)
    )
    cells = {
        (name, MONDAY + timedelta(days=number)): ("gate", code) if code else None
        for name, row in zip(NAMES, rows, strict=True)
        for number, code in enumerate(row)
    }
    slots = Slots(asked)
    group = Group(slots, ("gate",))
    numbering = Numbering(slots, group.may)
    figures = tables(numbering, group.fair, {0: 1, 1: 1, 2: 1})

    numbers = numbering.rows(cells)
    kept = all(keeps_bonds(figures, numbers, person, 0, 3) for person in range(3))

    assert kept == (not list(bond_faults(chosen, slots.rows(cells), MONDAY)))


@settings(max_examples=12)
@given(
    chosen=bonds,
    wishes=st.lists(
        st.builds(
            Wish,
            st.sampled_from(NAMES),
            st.sampled_from([MONDAY + timedelta(days=n) for n in range(4)]),
            st.sampled_from((None, ("gate", "D"), ("gate", "N"))),
        ),
        max_size=4,
    ),
)
def test_every_roster_with_bonds_and_wishes_passes_the_audit(chosen, wishes):
    shifts = (replace(DAY, preferred=2), SHIFTS[2])
    agreed = (REST, Limit("week-hours", 16, overtime=8))
    asked = _week(
        *(person(name, limits=agreed) for name in NAMES),
        shifts=shifts,
        until=MONDAY + timedelta(days=3),
        bonds=tuple(chosen),
        wishes=tuple(wishes),
    )

    roster = solve(asked)

    assert () == violations(asked, roster)


def test_a_bond_binds_only_on_the_days_on_which_it_holds():
    two = replace(DAY, minimum=2)
    bond = Bond("apart", ("li", "wang"), since=MONDAY + timedelta(days=1), until=SUNDAY)
    asked = _week(person("li"), person("wang"), shifts=(two,), bonds=(bond,))
    both = {(name, MONDAY): ("gate", "D") for name in ("li", "wang")}
    next_day = {(name, MONDAY + timedelta(days=1)): ("gate", "D") for name in ("li", "wang")}

    roster = solve(asked)

    assert ["li", "wang"] == _standing(roster)
    assert {1} == {len(_standing(roster, MONDAY + timedelta(days=n))) for n in (1, 2, 3)}
    assert ([], ["apart"]) == (_codes(asked, both), _codes(asked, next_day))


def test_settled_cells_of_people_kept_apart_clash():
    pins = {("li", MONDAY): ("gate", "D"), ("wang", MONDAY): ("gate", "D")}
    bond = Bond("apart", ("li", "wang"))
    asked = _week(person("li"), person("wang"), bonds=(bond,), pins=pins)

    roster = solve(asked)

    assert "infeasible" == roster.status
    assert 1 == len(roster.clashes)


@pytest.mark.parametrize("kind", ["apart", "with"])
def test_without_the_bond_the_same_roster_is_fuller(kind):
    two = replace(DAY, minimum=2)
    bond = Bond(kind, ("li", "wang"))
    away = person("wang", limits=(REST, Limit("weekly-rest", 4)))
    asked = _week(person("li"), away, shifts=(two,), bonds=(bond,))

    bound, free = solve(asked), solve(replace(asked, bonds=()))

    missing = [sum(one.missing for one in roster.uncovered) for roster in (bound, free)]
    assert missing[0] > missing[1]
