"""The least number of changed cells by arithmetic, against every roster there is."""

from datetime import timedelta
from itertools import permutations, product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.roster.audit import violations
from scheduler.roster.fewest_changes import least_changes
from scheduler.roster.groups import members
from scheduler.roster.problem import Roster
from scheduler.roster.slots import Slots
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import MONDAY, absence, at, person, post, problem, shift

TUESDAY = MONDAY + timedelta(days=1)
SHIFTS = (shift("D", "06:00", "14:00"), shift("E", "15:00", "21:00"))
NAMES = ("li", "wang", "zhao")
CELLS = (None, ("gate", "D"), ("yard", "E"))


def _asked(previous, away, holders, pinned):
    """Two posts with a shift each over two days; the yard asks for a certificate."""
    people = [
        person(
            name,
            holds=("badge",) if name in holders else (),
            absences=(absence(at(MONDAY, "00:00"), at(TUESDAY, "00:00")),) if name in away else (),
        )
        for name in NAMES
    ]
    posts = [post(shifts=SHIFTS[:1]), post("yard", shifts=SHIFTS[1:], qualifications=("badge",))]
    keys = list(product(NAMES, (MONDAY, TUESDAY)))
    last = dict(zip(keys, previous, strict=True))
    pins = {key: cell for key, cell in last.items() if key in pinned}
    return problem(posts, people, MONDAY, TUESDAY, previous=last, pins=pins)


def _covered():
    """Yield every way in which on both days one person stands each post and one is off."""
    for days in product(permutations(CELLS), repeat=2):
        yield {
            (name, on): cell
            for on, row in zip((MONDAY, TUESDAY), days, strict=True)
            for name, cell in zip(NAMES, row, strict=True)
        }


@settings(max_examples=25)
@given(
    previous=st.lists(st.sampled_from(CELLS), min_size=6, max_size=6),
    away=st.sets(st.sampled_from(NAMES), max_size=2),
    holders=st.sets(st.sampled_from(NAMES), min_size=1),
    pinned=st.sets(st.sampled_from([("li", MONDAY), ("wang", TUESDAY)])),
)
def test_no_full_roster_changes_fewer_cells_than_the_bound_says(previous, away, holders, pinned):
    asked = _asked(previous, away, holders, pinned)
    full = [
        sum(cells[key] != cell for key, cell in asked.previous.items())
        for cells in _covered()
        if not violations(asked, Roster(cells, (), "solved"))
    ]
    assume(full)
    slots = Slots(asked)

    bound = least_changes(slots, members(slots, ("gate", "yard")))
    roster = solve(asked, even=False, steps=200)

    changed = sum(cell != asked.previous[key] for key, cell in roster.cells.items())
    assert bound <= min(full)
    assert (min(full), "solved") == (changed, roster.status)


def test_a_sick_person_whose_shift_another_takes_changes_two_cells_and_is_proved():
    stood = [("gate", "D"), ("gate", "D"), ("yard", "E"), ("yard", "E"), None, None]
    asked = _asked(stood, {"li"}, {"wang"}, set())
    slots = Slots(asked)

    roster = solve(asked, even=False)

    assert 2 == least_changes(slots, members(slots, ("gate", "yard")))
    assert ("gate", "D") == roster.cells["zhao", MONDAY]
    assert "solved" == roster.status
