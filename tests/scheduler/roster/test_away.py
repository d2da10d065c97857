"""Somebody is away: who stands in, what stays empty, and nothing before it changes."""

from datetime import timedelta

from scheduler.roster.away import without_person
from scheduler.roster.problem import Limit
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import MONDAY, REST, person, post, problem, shift

DAY = post(shifts=(shift("D", "08:00", "16:00"),))
WEEK = MONDAY + timedelta(days=6)
TUESDAY = MONDAY + timedelta(days=1)


def _whom(roster, day):
    return next(who for (who, on), cell in roster.cells.items() if on == day and cell)


def test_another_person_stands_in_and_only_these_cells_change():
    asked = problem([DAY], [person("li"), person("wang")], MONDAY, WEEK)
    roster = solve(asked)
    gone = _whom(roster, TUESDAY)

    away = without_person(asked, roster.cells, gone, (TUESDAY, TUESDAY), seconds=5)

    other = {"li": "wang", "wang": "li"}[gone]
    assert {(gone, TUESDAY), (other, TUESDAY)} == {(c.person, c.day) for c in away.changes}
    assert () == away.uncovered
    assert away.proved
    assert () == away.broken


def test_what_the_roster_breaks_already_is_named_beside_the_changes_that_mend_it():
    asked = problem([DAY], [person("li"), person("wang"), person("guest", roles=())], MONDAY, WEEK)
    cells = {("guest", MONDAY): ("gate", "D"), ("li", TUESDAY): ("gate", "D")}

    away = without_person(asked, cells, "li", (MONDAY, MONDAY), seconds=5)

    assert ["guest"] == [text.zh.split()[0] for text in away.broken]
    assert ("guest", MONDAY) in {(c.person, c.day) for c in away.changes if c.after is None}


def test_what_nobody_can_take_over_stays_empty_with_its_reason():
    five = Limit("weekly-rest", 4)
    asked = problem(
        [DAY], [person(who, limits=(REST, five)) for who in ("li", "wang")], MONDAY, WEEK
    )
    roster = solve(asked)
    known = {one.day for one in roster.uncovered}
    gone = _whom(roster, TUESDAY)

    away = without_person(asked, roster.cells, gone, (TUESDAY, WEEK), seconds=5)

    assert away.uncovered
    assert not known & {one.day for one in away.uncovered}
    assert all(change.after is None for change in away.changes if change.person == gone)
