"""Posts of the scenarios: the control room with two at once, the dormitory after a bad night."""

from dataclasses import replace
from datetime import date, timedelta

from rules.text import Text
from scheduler.roster.audit import publishable, violations
from scheduler.roster.building import with_blocked
from scheduler.roster.gaps import gaps
from scheduler.roster.presence import presence, rested
from scheduler.roster.problem import Roster
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import (
    MONDAY,
    absence,
    all_day,
    at,
    person,
    post,
    problem,
    shift,
    three_shifts,
)

SUNDAY = MONDAY + timedelta(days=6)


def control_room(people, **more):
    room = post(
        "control-room",
        shifts=three_shifts(2),
        qualifications=("fire-facility-operator",),
        priority=0,
        coverage=(all_day(MONDAY, SUNDAY, 2, ("fire-facility-operator",)),),
    )
    return problem([room], people, MONDAY, SUNDAY, **more)


def operators(count):
    return [person(f"op{n}", holds=("fire-facility-operator",)) for n in range(count)]


def test_a_control_room_has_two_certified_people_at_every_instant():
    week = control_room(operators(10))

    roster = solve(week, steps=2000)

    assert () == gaps(week, roster)
    assert [] == publishable(week, roster)


def test_one_operator_who_goes_early_leaves_a_gap_with_the_clause():
    week = control_room(operators(10))
    roster = solve(week, steps=2000)
    evening = next(
        p for (p, d), cell in roster.cells.items() if cell and d == MONDAY and cell[1] == "E"
    )
    leaves = (absence(at(MONDAY, "20:30"), at(MONDAY, "23:00")),)
    people = tuple(replace(p, absences=leaves) if p.id == evening else p for p in week.people)

    (gap,) = gaps(replace(week, people=people), roster)

    assert (at(MONDAY, "20:30"), at(MONDAY, "22:00"), 1) == (gap.since, gap.until, gap.missing)
    assert "第二十七条" in gap.text.zh


def test_people_without_the_certificate_do_not_count_in_the_control_room():
    week = control_room([*operators(3), *(person(f"x{n}") for n in range(20))])

    roster = solve(week, steps=500)

    assert {None} == {cell for (who, _), cell in roster.cells.items() if who.startswith("x")}
    assert roster.uncovered
    assert gaps(week, roster)
    assert () == violations(week, roster)


def test_an_hour_that_no_shift_reaches_is_a_gap_under_a_rule_for_all_day():
    short = (shift("D", "06:00", "14:00"), shift("N", "15:00", "06:00"))
    room = post(shifts=short, coverage=(all_day(MONDAY, MONDAY, 1),))
    day = problem([room], [person("li"), person("wu")])

    found = gaps(day, solve(day))

    assert [("14:00", "15:00")] == [(f"{g.since:%H:%M}", f"{g.until:%H:%M}") for g in found]


def dormitory():
    home = post("dormitory", shifts=(shift("N", "21:00", "07:00"),), roles=("dormitory-companion",))
    people = [person(name, roles=("dormitory-companion",)) for name in ("chen", "zhou")]
    return problem([home], people, MONDAY, SUNDAY)


def test_a_companion_is_not_rostered_the_night_after_a_sleepless_one():
    week = dormitory()
    roster = solve(week)
    companion = next(p for (p, d), cell in roster.cells.items() if cell and d == MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    before = {(who, day): cell for (who, day), cell in roster.cells.items() if day == MONDAY}
    again = replace(rested(week, companion, MONDAY, nights=1), pins=before)

    roster = solve(again)

    assert roster.cells[companion, tuesday] is None
    assert () == roster.uncovered


def test_the_audit_refuses_a_companion_on_the_night_after_a_sleepless_one():
    week = dormitory()
    tuesday = MONDAY + timedelta(days=1)
    roster = Roster({("chen", tuesday): ("dormitory", "N")}, (), "solved")

    broken = violations(rested(week, "chen", MONDAY, nights=1), roster)

    assert ("blocked", "chen", tuesday) in [(v.code, v.person, v.day) for v in broken]


def test_a_cook_without_the_day_s_health_check_is_not_rosterable():
    kitchen = post("kitchen", shifts=(shift("D", "06:00", "14:00"),), roles=("cook",))
    cooks = [person(name, roles=("cook",)) for name in ("he", "luo")]
    why = Text(zh="未通过当日晨检", en="today's health check not passed")
    day = problem([kitchen], cooks)

    roster = solve(with_blocked(day, {("he", MONDAY): why}))

    assert {"he": None, "luo": ("kitchen", "D")} == {who: c for (who, _), c in roster.cells.items()}


def test_presence_tells_assignment_who_is_on_shift_over_midnight():
    night = problem([post()], [person("li")], history={})
    cells = {("li", MONDAY): ("gate", "N")}

    spans = presence(night, cells)

    tuesday = MONDAY + timedelta(days=1)
    assert {"li": {MONDAY: ((at(MONDAY, "22:00"), at(tuesday, "06:00")),)}} == spans


def test_a_night_on_which_clocks_go_back_is_nine_hours_long():
    autumn = date(2026, 10, 24)
    berlin = replace(problem([post()], [person("li")], autumn, autumn), time_zone="Europe/Berlin")

    ((since, until),) = presence(berlin, {("li", autumn): ("gate", "N")})["li"][autumn]

    assert 9 * 3600 == until.timestamp() - since.timestamp()
