"""Drills of a site: what the law asks for is placed or named, and no plan breaks a rule."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.drills.audit import audit, faults_of_move
from scheduler.drills.planner import plan_drills
from scheduler.drills.problem import (
    DayNote,
    DrillPlan,
    DrillWanted,
    Leader,
    Rotation,
    SiteDrills,
)
from tests.scheduler.drills.problems import FIRST, LENGTH, day, fewest_missing, said, sites

SCENARIOS = ("power-cut", "water-cut", "weather", "pipe-leak", "equipment-stop", "public-order")


def placed(plan: DrillPlan) -> dict[str, date]:
    return {one: event.day for event in plan.events for one in event.serves}


@given(problem=sites(), secret=st.text(max_size=3))
def test_no_plan_breaks_a_rule_and_nothing_is_passed_over(problem, secret):
    plan = plan_drills(problem, secret=secret)

    assert () == audit(problem, plan)
    assert sorted(one.id for one in problem.wanted) == sorted(
        [*placed(plan), *(one.id for one in plan.missing)]
    )
    assert plan == plan_drills(problem, secret=secret)


@settings(max_examples=settings.default.max_examples // 4)
@given(problem=sites(most=4, announced=True))
def test_what_is_missing_is_the_least_that_can_be_and_the_gravest_last(problem):
    plan = plan_drills(problem, secret="", steps=2000)

    priorities = {one.id: one.priority for one in problem.wanted}
    short = [priorities[one.id] for one in plan.missing]
    assert fewest_missing(problem) == (short.count(0), short.count(1), short.count(2))
    assert all(one.proved for one in plan.missing)


@given(problem=sites(), moved=st.integers(0, 5), to=st.integers(0, LENGTH - 1))
def test_a_move_says_what_it_would_break_as_the_audit_does(problem, moved, to):
    plan = plan_drills(problem, secret="")
    days = placed(plan)
    if not days:
        return
    one = sorted(days)[moved % len(days)]
    wanted = next(other for other in problem.wanted if other.id == one)

    faults = {fault.fault for fault in faults_of_move(problem, plan, one, day(to))}

    outside = not wanted.since <= day(to) <= wanted.until
    assert ("outside-window" in faults) == outside
    assert ("not-on-this-day" in faults) == (not problem.is_open(day(to)))


def a_store(*, announced: bool = True) -> SiteDrills:
    """A store: two evacuation drills a week, six scenarios a month, and what the law asks for."""
    some = []
    monday = date(2027, 1, 4)
    for week in range(52):
        since = monday + timedelta(weeks=week)
        some += [
            DrillWanted(
                f"evacuation/{week}/{number}",
                "evacuation",
                "evacuation",
                said("每周两次疏散演练"),
                since,
                since + timedelta(days=6),
                min_gap_days=2,
                priority=2,
                announced=announced,
            )
            for number in range(2)
        ]
    for month in range(1, 13):
        since = date(2027, month, 1)
        until = (since + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        some += [
            DrillWanted(f"{kind}/{month}", kind, kind, said(kind), since, until, priority=2)
            for kind in SCENARIOS
        ]
    half = date(2027, 6, 30)
    law = {"series": "law", "kind": "evacuation", "title": said("半年一次疏散演练")}
    some.append(DrillWanted("law/1", since=date(2027, 1, 1), until=half, **law))
    some.append(
        DrillWanted("law/2", since=half + timedelta(days=1), until=date(2027, 12, 31), **law)
    )
    busy = {
        date(2027, 1, 1) + timedelta(days=number): (DayNote(said("周末客流高峰"), 500),)
        for number in range(365)
        if (date(2027, 1, 1) + timedelta(days=number)).weekday() > 4
    }
    leaders = tuple(Leader(f"w{number}", said(f"甲{number}")) for number in range(20))
    turns = {"evacuation": {"shift": Rotation(("day", "evening", "night"), {"day": 4})}}
    horizon = (date(2027, 1, 1), date(2028, 1, 2))
    return SiteDrills("store", *horizon, tuple(some), busy, leaders, turns)


def test_a_store_drills_208_times_with_its_neighbour_and_serves_the_law_on_the_way():
    problem = a_store()

    plan = plan_drills(problem, secret="")

    assert () == plan.missing
    assert () == plan.idle_leaders
    kinds = [event.kind for event in plan.events]
    assert 104 == kinds.count("evacuation")
    assert [12] * 6 == [kinds.count(kind) for kind in SCENARIOS]
    assert [] == [event.day for event in plan.events if event.avoids]
    shifts = [event.takes["shift"] for event in plan.events if event.kind == "evacuation"]
    assert {"day": 32, "evening": 36, "night": 36} == {
        one: shifts.count(one) for one in set(shifts)
    }


def test_drills_that_nobody_is_told_of_are_drawn_with_their_gap():
    problem = a_store(announced=False)

    plan = plan_drills(problem, secret="a")

    drawn = [event.day for event in plan.events if event.drawn]
    assert 104 == len(drawn)
    assert () == audit(problem, plan)
    others = [event.day for event in plan_drills(problem, secret="b").events if event.drawn]
    assert len(set(drawn) & set(others)) < 60


def test_a_month_without_an_open_day_is_named_with_its_reason():
    closed = {FIRST + timedelta(days=number): (DayNote(said("暑假")),) for number in range(31)}
    wanted = DrillWanted("m/3", "m", "evacuation", said("每月演练"), FIRST, date(2027, 3, 31))
    problem = SiteDrills("main", FIRST, date(2027, 3, 31), (wanted,), closed)

    (missing,) = plan_drills(problem, secret="").missing

    assert missing.proved
    assert "“每月演练”3月1日至31日没有可以演练的日子：暑假。" == missing.reason.zh


def test_a_replan_leaves_what_still_stands_where_it_was():
    problem = a_store()
    days = placed(plan_drills(problem, secret=""))
    wanted = [DrillWanted(**{**vars(one), "planned_on": days[one.id]}) for one in problem.wanted]
    shut = days["power-cut/5"]
    notes = {**problem.notes, shut: (DayNote(said("盘点")),)}
    changed = SiteDrills(**{**vars(problem), "wanted": tuple(wanted), "notes": notes})

    after = placed(plan_drills(changed, secret=""))

    on_that_day = {one for one, on in days.items() if on == shut}
    assert on_that_day == {one for one, on in after.items() if on != days[one]}
