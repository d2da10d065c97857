"""The least staff, against trying every staff there is."""

from datetime import timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.audit import violations
from scheduler.assignment.problem import AssignmentProblem
from scheduler.staffing.least import least_staff
from scheduler.staffing.mix import Sort, mix, seats
from scheduler.staffing.problem import Cost
from tests.scheduler.assignment.builders import MONDAY, certificate, task_of, worker_of
from tests.scheduler.staffing.builders import can_do, people, staffing_of, tasks

SUNDAY = MONDAY.replace(day=12)
held = st.sampled_from([(), (certificate("electrician"),)])


def least_by_trying(problem):
    """Return people and certificates of the least staff among those there, if any is enough."""
    kinds = {kind for task in problem.tasks for kind in task.qualifications}
    found = [
        (len(staff), sum(one.kind in kinds for each in staff for one in each.qualifications))
        for size in range(len(problem.workers) + 1)
        for staff in combinations(problem.workers, size)
        if can_do(problem.tasks, staff)
    ]
    return min(found, default=None)


@given(tasks(), people(certificates=held))
def test_no_staff_is_smaller_than_the_bound_nor_larger_than_the_one_found(work, staff):
    problem = staffing_of(work, staff)

    found = least_staff(problem, seconds=20)

    tried = least_by_trying(problem)
    if tried is not None and not any(found.cost[:3]):
        assert found.bound[3:] <= tried <= found.cost[3:]


@given(tasks(waiting=False), people(certificates=held))
def test_without_work_that_can_wait_the_least_staff_is_found_and_proved(work, staff):
    problem = staffing_of(work, staff)

    found = least_staff(problem, seconds=20)

    tried = least_by_trying(problem)
    assert found.is_proved
    if tried is not None:
        assert Cost(0, 0, 0, *tried) == found.cost


@given(tasks(), people(certificates=held))
def test_the_plan_of_every_staff_passes_the_audit(work, staff):
    problem = staffing_of(work, staff)

    found = least_staff(problem, seconds=20)

    done = tuple(task for task in work if task.id not in found.impossible)
    chosen = tuple(each.worker for each in found.staff)
    assert () == violations(AssignmentProblem(done, chosen), found.plan)
    assert len(done) == len(found.plan.assignments)
    assert len({each.person for each in found.staff}) == len(found.staff)


def test_one_person_is_enough_where_the_hours_allow_it():
    work = [task_of(name, minutes=30, hours=(8, 9)) for name in "ab"]

    found = least_staff(staffing_of(work, [worker_of("an"), worker_of("bo")]))

    assert Cost(0, 0, 0, 1, 0) == found.cost == found.bound


def test_two_checks_at_once_take_two_people():
    work = [task_of(name, minutes=45, hours=(8, 9)) for name in "ab"]

    found = least_staff(staffing_of(work, [worker_of(name) for name in ("an", "bo", "chen")]))

    assert Cost(0, 0, 0, 2, 0) == found.cost == found.bound


def test_a_certificate_for_somebody_there_comes_before_a_hire():
    work = [task_of(qualifications=("electrician",))]

    found = least_staff(staffing_of(work, [worker_of("an")]))

    assert Cost(hires=0, training=1, days=0, people=1, certificates=1) == found.cost == found.bound
    assert [("an", ("electrician",))] == [(each.person, each.trained) for each in found.staff]


def test_a_role_that_nobody_has_takes_a_hire():
    work = [task_of(roles=("cook",)), task_of("again", day=MONDAY.replace(day=7), roles=("cook",))]

    found = least_staff(staffing_of(work, [worker_of("an", roles=("guard",))]))

    assert Cost(hires=1, training=0, days=0, people=1, certificates=0) == found.cost == found.bound
    assert [("cook",)] == [each.worker.roles for each in found.staff]


def test_a_sunday_of_somebody_there_comes_before_a_hire():
    work = [task_of("a", day=SUNDAY), task_of("b", day=SUNDAY + timedelta(days=7))]

    found = least_staff(staffing_of(work, [worker_of("an"), worker_of("bo", roles=("cook",))]))

    assert Cost(hires=0, training=0, days=2, people=1, certificates=0) == found.cost == found.bound
    assert [(SUNDAY, SUNDAY + timedelta(days=7))] == [each.extra for each in found.staff]


def test_sundays_without_anybody_of_the_role_take_a_hire_who_works_on_sundays():
    found = least_staff(staffing_of([task_of(day=SUNDAY, roles=("cook",))], [worker_of("an")]))

    assert [True] == ["sun" in each.worker.works for each in found.staff]


def test_nobody_is_called_in_from_leave():
    away = {"away": ((SUNDAY, SUNDAY),), "works": ("sun",)}

    found = least_staff(staffing_of([task_of(day=SUNDAY)], [worker_of("an", **away)]))

    assert 1 == found.cost.hires


def test_a_check_longer_than_a_day_of_work_is_impossible():
    work = [task_of("short"), task_of("long", minutes=600)]

    found = least_staff(staffing_of(work, [worker_of("an")]))

    assert ("long",) == found.impossible
    assert Cost(0, 0, 0, 1, 0) == found.cost


def test_sites_that_share_nobody_are_added_up():
    work = [task_of("a"), task_of("b", site="mall")]
    staff = [worker_of("an"), worker_of("bo", sites=("mall",)), worker_of("chen")]

    found = least_staff(staffing_of(work, staff))

    assert Cost(0, 0, 0, 2, 0) == found.cost == found.bound


def test_work_that_can_wait_is_spread_over_its_days():
    week = [MONDAY.replace(day=day) for day in range(6, 11)]
    work = [
        task_of(f"t{n}", day=week[-1], days=tuple(week[:-1]), hours=(-96, 24), minutes=60)
        for n in range(5)
    ]

    found = least_staff(staffing_of(work, [worker_of("an", minutes_per_day=60), worker_of("bo")]))

    assert Cost(0, 0, 0, 1, 0) == found.cost == found.bound


def test_work_that_has_waited_too_long_takes_another_person_and_that_is_proved():
    tuesday = MONDAY.replace(day=7)
    work = [task_of(f"t{n}", day=day, minutes=30) for n, day in enumerate((MONDAY, tuesday))]
    work += [
        task_of(f"w{n}", day=tuesday, days=(MONDAY,), hours=(-24, 24), minutes=30) for n in range(3)
    ]
    staff = [worker_of(name, minutes_per_day=60) for name in ("an", "bo", "chen")]

    found = least_staff(staffing_of(work, staff))

    assert Cost(0, 0, 0, 2, 0) == found.cost == found.bound


def test_no_work_takes_nobody():
    found = least_staff(staffing_of([], [worker_of("an")]))

    assert (Cost(0, 0, 0, 0, 0), ()) == (found.cost, found.staff)


def test_without_time_everybody_is_named_and_the_answer_says_so():
    found = least_staff(staffing_of([task_of()], [worker_of("an"), worker_of("bo")]), seconds=0)

    assert found.cut_short
    assert found.bound <= found.cost


def test_the_same_question_gets_the_same_staff():
    work = [task_of(name, minutes=45, hours=(8, 9)) for name in "abc"]
    problem = staffing_of(work, [worker_of(str(n)) for n in range(6)])

    assert least_staff(problem) == least_staff(problem)


def test_the_mix_counts_people_by_role_and_certificate_used():
    work = [
        task_of("a", minutes=45, hours=(8, 9), roles=("cook",)),
        task_of("b", minutes=45, hours=(8, 9), roles=("cook",)),
        task_of("c", minutes=45, hours=(8, 9), qualifications=("electrician",)),
    ]
    staff = [worker_of("an", roles=("cook", "guard")), worker_of("bo", roles=("cook",)),
             worker_of("chen", holds=("electrician", "diver"))]  # fmt: skip
    problem = staffing_of(work, staff)

    found = mix(seats(problem, least_staff(problem)))

    assert (Sort(("cook",), (), 2), Sort((), ("electrician",), 1)) == found
