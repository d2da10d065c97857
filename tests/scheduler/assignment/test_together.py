"""Several clauses, one walk."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.text import Text
from scheduler.assignment.problem import AssignmentProblem, Task, Worker
from scheduler.assignment.solver import assign
from scheduler.assignment.together import joined, told_apart

DAY = date(2026, 11, 23)
OPENS = datetime(2026, 11, 22, 16, tzinfo=UTC)
DUE = OPENS + timedelta(hours=24)
PATROL = Task(
    "law",
    "school",
    "",
    DAY,
    OPENS,
    DUE,
    30,
    roles=("guard", "inspector"),
    rule="fire-law",
    inspection="site|school|fire-daily-patrol",
)
ORDER = replace(PATROL, id="order", minutes=25, roles=("inspector",), rule="order-61")


def _ids(problem):
    return [task.id for task in problem.tasks]


def test_two_clauses_that_ask_for_the_same_patrol_become_one_task_for_who_may_do_both():
    both = joined(AssignmentProblem((PATROL, ORDER), ()))

    assert _ids(both.problem) == ["law"]
    assert both.members == {"law": ("law", "order")}
    assert both.problem.tasks[0].roles == ("inspector",)
    assert both.problem.tasks[0].minutes == 30


def test_tasks_stay_apart_where_no_role_may_do_both():
    cook = replace(ORDER, roles=("cook",))

    assert _ids(joined(AssignmentProblem((PATROL, cook), ())).problem) == ["law", "order"]


def test_tasks_stay_apart_where_their_windows_leave_too_little_time():
    short = replace(ORDER, opens_at=DUE - timedelta(minutes=29), due_at=DUE)

    assert len(joined(AssignmentProblem((PATROL, short), ())).problem.tasks) == 2


def test_tasks_of_another_checklist_or_another_target_stay_apart():
    other = replace(ORDER, inspection="site|school|fire-night-patrol")

    assert len(joined(AssignmentProblem((PATROL, other), ())).problem.tasks) == 2


def test_a_task_that_is_fixed_stays_alone():
    problem = AssignmentProblem((PATROL, ORDER), (), fixed={"law": ("jiang",)})

    assert len(joined(problem).problem.tasks) == 2


def test_the_plan_lists_every_task_again_with_the_same_person_and_says_so():
    jiang = Worker("jiang", Text(zh="江帆", en="Jiang Fan"), ("school",), roles=("inspector",))
    both = joined(AssignmentProblem((PATROL, ORDER), (jiang,)))

    plan = told_apart(assign(both.problem, steps=0), both.members)

    assert [(each.task, each.people) for each in plan.assignments] == [
        ("law", ("jiang",)),
        ("order", ("jiang",)),
    ]
    assert "同一次检查满足 2 项职责" in plan.assignments[0].reason.zh


spans = st.tuples(st.integers(0, 600), st.integers(20, 900))


@given(
    windows=st.lists(spans, min_size=1, max_size=6),
    roles=st.lists(st.sets(st.sampled_from("abc"), max_size=2), min_size=6, max_size=6),
)
def test_no_task_is_lost_and_every_joined_task_lies_in_the_windows_it_serves(windows, roles):
    tasks = tuple(
        replace(
            PATROL,
            id=str(n),
            opens_at=OPENS + timedelta(minutes=start),
            due_at=OPENS + timedelta(minutes=start + length),
            minutes=10,
            roles=tuple(sorted(roles[n])),
        )
        for n, (start, length) in enumerate(windows)
    )
    by_id = {task.id: task for task in tasks}

    both = joined(AssignmentProblem(tasks, ()))

    served = [id_ for task in both.problem.tasks for id_ in both.members.get(task.id, (task.id,))]
    assert sorted(served) == sorted(by_id)
    for whole in both.problem.tasks:
        for part in (by_id[id_] for id_ in both.members.get(whole.id, (whole.id,))):
            assert part.opens_at <= whole.opens_at < whole.due_at <= part.due_at
            assert not part.roles or set(whole.roles) <= set(part.roles)
