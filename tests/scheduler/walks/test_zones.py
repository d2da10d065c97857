"""Places near each other make a zone, of which the planner makes one walk."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.audit import violations
from scheduler.assignment.bundles import bundles
from scheduler.assignment.solver import assign
from scheduler.walks.ways import Leg, Point, Ways
from scheduler.walks.zones import NEAR, in_zones, zones
from tests.scheduler.assignment.builders import problem_of, task_of, worker_of
from tests.scheduler.walks.builders import at, street


def _walks(problem):
    return [[task.id for task in unit.tasks] for unit in bundles(problem)]


def _tasks(**zone_of):
    tasks = [task_of(place, place=place, minutes=10) for place in ("hall", "roof", "annex")]
    return in_zones(tasks, {at(place): zone for place, zone in zone_of.items()})


def test_near_places_make_a_zone_called_after_the_first_in_the_house_order():
    ways = street("hall", "roof", "annex", minutes=4, order={at("roof"): 0})

    found = zones([at("hall"), at("roof"), at("annex")], ways)

    assert {at("hall"): "roof", at("roof"): "roof", at("annex"): "roof"} == found


def test_places_far_off_or_of_which_nothing_is_known_stand_alone():
    ways = Ways((Leg(at("hall"), at("roof"), NEAR + 1),))

    assert {} == zones([at("hall"), at("roof"), at("annex")], ways)


def test_zones_do_not_reach_into_another_site():
    ways = Ways((Leg(Point("a"), Point("b"), 1),))

    assert {} == zones([Point("a", "hall"), Point("b", "hall")], ways)


def test_tasks_of_a_zone_are_one_walk_and_go_to_one_person():
    problem = problem_of(_tasks(hall="hall", roof="hall"), [worker_of("li"), worker_of("wu")])

    plan = assign(problem, steps=0)

    people = {each.task: each.people for each in plan.assignments}
    assert [["hall", "roof"], ["annex"]] == _walks(problem)
    assert people["hall"] == people["roof"]


def test_other_demands_or_windows_make_another_walk():
    hall, roof = _tasks(hall="hall", roof="hall")[:2]
    tasks = (hall, task_of("b", place="roof", zone="hall", hours=(9, 12)), roof)

    assert [["hall", "roof"], ["b"]] == _walks(problem_of(tasks, []))


def test_a_place_that_somebody_prefers_stands_alone():
    tasks = _tasks(hall="hall", roof="hall")
    fan = worker_of("li", prefers=frozenset({"roof"}))

    assert [["hall"], ["roof"], ["annex"]] == _walks(problem_of(tasks, [fan]))


def test_places_stand_alone_where_nobody_shall_go_to_one_too_often():
    tasks = _tasks(hall="hall", roof="hall")

    assert 3 == len(_walks(problem_of(tasks, [], most_running=2)))


def test_a_walk_that_no_one_has_time_for_is_split_rather_than_left():
    tasks = in_zones(
        [task_of(str(n), place=str(n), minutes=25) for n in range(2)],
        {at("0"): "0", at("1"): "0"},
    )
    people = [worker_of("li", minutes_per_day=30), worker_of("wu", minutes_per_day=30)]

    plan = assign(problem_of(tasks, people), steps=0)

    assert () == plan.uncovered


minutes = st.integers(1, 40)


@given(
    drawn=st.lists(
        st.tuples(st.sampled_from("abc"), minutes, st.sampled_from(((0, 24), (8, 9), (8, 12)))),
        max_size=12,
    ),
    room=st.integers(20, 120),
)
def test_the_audit_finds_nothing_in_plans_of_zones(drawn, room):
    tasks = [
        task_of(str(n), place=place, minutes=effort, hours=hours)
        for n, (place, effort, hours) in enumerate(drawn)
    ]
    people = [worker_of(name, minutes_per_day=room) for name in ("li", "wu")]
    zoned = problem_of(in_zones(tasks, {at(place): "a" for place in "abc"}), people)

    plan = assign(zoned, steps=0)

    assert () == violations(zoned, plan)
    assert len(plan.assignments) + len(plan.uncovered) == len(tasks)
