"""Each hard rule of a roster with a pair: one case that it allows and one that it forbids."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.roster.audit import violations
from scheduler.roster.problem import Limit
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import (
    CLAUSE,
    FORTY,
    MONDAY,
    absence,
    at,
    person,
    post,
    problem,
    shift,
    text,
)

TUESDAY = MONDAY + timedelta(days=1)
WEEK = MONDAY + timedelta(days=6)
DAY_POST = post(shifts=(shift("D", "08:00", "16:00"),))
NIGHT_POST = post(shifts=(shift("N", "22:00", "06:00"),))
OF_ONE_DAY = {
    "no-role": (DAY_POST, {}, {"roles": ("cook",)}),
    "no-qualification": (
        replace(DAY_POST, qualifications=("guard-card",)),
        {"holds": ("guard-card",)},
        {},
    ),
    "absent": (
        DAY_POST,
        {"absences": (absence(at(MONDAY, "16:00"), at(MONDAY, "20:00")),)},
        {"absences": (absence(at(MONDAY, "15:00"), at(MONDAY, "20:00")),)},
    ),
    "blocked": (DAY_POST, {"blocked": {TUESDAY: text("x")}}, {"blocked": {MONDAY: text("x")}}),
    "day-hours": (
        DAY_POST,
        {"limits": (Limit("day-hours", 8, CLAUSE),)},
        {"limits": (Limit("day-hours", 7.5, CLAUSE),)},
    ),
    "night-shifts": (
        NIGHT_POST,
        {"limits": (Limit("night-shifts", 1, CLAUSE),)},
        {"limits": (Limit("night-shifts", 0, CLAUSE),)},
    ),
}


@pytest.mark.parametrize("rule", OF_ONE_DAY)
def test_a_person_whom_the_rule_allows_stands_the_shift(rule):
    place, able, _ = OF_ONE_DAY[rule]

    roster = solve(problem([place], [person("li", **able)]))

    assert () == roster.uncovered
    assert ("gate", place.shifts[0].code) == roster.cells["li", MONDAY]


@pytest.mark.parametrize("rule", OF_ONE_DAY)
def test_a_person_whom_the_rule_stops_leaves_the_shift_uncovered(rule):
    place, _, unable = OF_ONE_DAY[rule]

    roster = solve(problem([place], [person("li", **unable)]))

    assert [(place.shifts[0].code, 1)] == [(u.shift, u.missing) for u in roster.uncovered]
    assert roster.uncovered[0].reason.zh.startswith("1 人中 1 人")


# Days of eight-hour day shifts that one person may stand in a week from Monday to Sunday.
OF_A_WEEK = {
    "week-hours": (FORTY, 5),
    "weekly-rest": (Limit("weekly-rest", 2, CLAUSE), 5),
    "days-in-a-row": (Limit("days-in-a-row", 3, CLAUSE), 6),
    "rest-hours": (Limit("rest-hours", 17), 4),
    "week-hours-average": (Limit("week-hours-average", 32, CLAUSE), 4),
    "weekly-rest-hours": (Limit("weekly-rest-hours", 60, CLAUSE), 5),
}


@pytest.mark.parametrize("rule", OF_A_WEEK)
def test_one_person_stands_as_many_shifts_of_a_week_as_the_limit_allows(rule):
    limit, days = OF_A_WEEK[rule]

    roster = solve(problem([DAY_POST], [person("li", limits=(limit,))], MONDAY, WEEK))

    assert days == sum(1 for cell in roster.cells.values() if cell)
    assert 7 - days == len(roster.uncovered)
    assert {rule} & set(_stops(roster.uncovered[0].reason.zh))


def _stops(reason):
    words = {
        "week-hours": "每周 40 小时",
        "weekly-rest": "每周须休息 2 日",
        "days-in-a-row": "连续工作超过 3 天",
        "rest-hours": "休息不足 17 小时",
        "week-hours-average": "平均每周 32 小时",
        "weekly-rest-hours": "没有连续 60 小时的休息",
    }
    return [rule for rule, word in words.items() if word in reason]


def test_a_long_week_is_made_up_for_by_a_short_one_within_the_average():
    past = {("li", MONDAY - timedelta(days=number)): ("gate", "D") for number in range(2, 8)}
    average = Limit("week-hours-average", 40, CLAUSE, weeks=2)
    who = person("li", limits=(average,))

    roster = solve(problem([DAY_POST], [who], MONDAY, WEEK, history=past))

    assert 4 == sum(1 for cell in roster.cells.values() if cell)
    assert "《国务院关于职工工作时间的规定》第三条" in roster.uncovered[0].reason.zh


def test_days_of_leave_add_neither_hours_nor_time_to_an_average():
    away = absence(
        at(MONDAY + timedelta(days=7), "00:00"), at(MONDAY + timedelta(days=14), "00:00")
    )
    average = Limit("week-hours-average", 24, weeks=2)
    who = person("li", limits=(average,), absences=(away,))

    roster = solve(problem([DAY_POST], [who], MONDAY, WEEK + timedelta(days=7)))

    assert 3 == sum(1 for cell in roster.cells.values() if cell)


def test_the_audit_finds_a_week_without_a_rest_in_one_piece():
    week = Limit("weekly-rest-hours", 35, CLAUSE)
    who = person("li", limits=(week,))
    turns = post(shifts=(shift("D", "08:00", "16:00"), shift("N", "16:00", "00:00")))
    asked = problem([turns], [who], MONDAY, WEEK)
    roster = solve(asked, steps=0)
    free = next(day for (_, day), cell in roster.cells.items() if cell is None)

    broken = violations(asked, replace(roster, cells={**roster.cells, ("li", free): ("gate", "D")}))

    assert "weekly-rest-hours" in {each.code for each in broken}
    assert () == violations(asked, roster)


def test_nights_in_a_row_are_limited():
    limited = person("li", limits=(Limit("nights-in-a-row", 2),))

    roster = solve(problem([NIGHT_POST], [limited], MONDAY, WEEK))

    assert 5 == sum(1 for cell in roster.cells.values() if cell)


def test_a_legal_limit_is_named_with_its_clause():
    roster = solve(problem([DAY_POST], [person("li", limits=(FORTY,))], MONDAY, WEEK))

    assert (
        "1 人中 1 人再排将超过每周 40 小时（《国务院关于职工工作时间的规定》第三条）。"
        == roster.uncovered[0].reason.zh
    )


def test_shifts_before_the_roster_count_for_rest_and_for_the_week():
    sunday = MONDAY - timedelta(days=1)
    late = problem(
        [post()], [person("li")], MONDAY, MONDAY, history={("li", sunday): ("gate", "N")}
    )

    roster = solve(late)

    assert ("gate", "N") == roster.cells["li", MONDAY]


def test_a_pin_stands_and_the_rest_goes_around_it():
    people = [person("li"), person("wu")]
    pinned = problem([DAY_POST], people, MONDAY, TUESDAY, pins={("li", MONDAY): None})

    roster = solve(pinned)

    assert roster.cells["li", MONDAY] is None
    assert ("gate", "D") == roster.cells["wu", MONDAY]


def test_pins_that_break_a_hard_rule_are_infeasible_and_named():
    pins = {("li", MONDAY): ("gate", "N"), ("li", TUESDAY): ("gate", "D")}

    roster = solve(problem([post()], [person("li")], MONDAY, TUESDAY, pins=pins))

    assert "infeasible" == roster.status
    assert ["li 2026-07-07：两班之间休息不足 11 小时，与已定班次冲突"] == [
        text.zh for text in roster.clashes
    ]


def test_law_is_covered_before_the_house_when_people_are_short():
    posts = [replace(DAY_POST, id="house"), replace(DAY_POST, id="law", priority=0)]

    roster = solve(problem(posts, [person("li")]))

    assert ["house"] == [uncovered.post for uncovered in roster.uncovered]


def test_a_certificate_is_proposed_for_someone_who_could_then_stand():
    place = replace(DAY_POST, qualifications=("card",))
    people = [person("away", blocked={MONDAY: text("x")}), person("wu")]

    roster = solve(problem([place], people))

    assert ["让wu取得“card”：可多排 1 人次"] == [each.zh for each in roster.uncovered[0].helps]


def test_the_audit_finds_too_little_rest_put_into_a_sound_roster():
    whole = problem([post()], [person("li")], MONDAY, TUESDAY)
    roster = solve(whole)
    cells = {("li", MONDAY): ("gate", "N"), ("li", TUESDAY): ("gate", "D")}

    broken = violations(whole, replace(roster, cells=cells))

    assert "rest-hours" in [violation.code for violation in broken]
    assert "wrong-uncovered" in [violation.code for violation in broken]
