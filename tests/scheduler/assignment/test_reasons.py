"""The words: why nobody, what would help, why this person, who else could."""

from datetime import timedelta

from rules.text import Text
from scheduler.assignment.choices import choices_of
from scheduler.assignment.problem import Titles
from scheduler.assignment.solver import assign
from tests.scheduler.assignment.builders import MONDAY, problem_of, task_of, worker_of

TITLES = Titles(
    roles={"guard": Text(zh="保安", en="guard")},
    certificates={"duty": Text(zh="值班证", en="duty certificate")},
)


def test_an_uncovered_task_says_how_many_each_rule_stops():
    people = [worker_of(f"u{n}") for n in range(7)]
    away = ((MONDAY, MONDAY),)
    people += [worker_of(f"a{n}", holds=("duty",), away=away) for n in range(3)]
    people += [worker_of(f"c{n}", holds=("duty",), minutes_per_day=10) for n in range(2)]
    problem = problem_of([task_of(qualifications=("duty",))], people, titles=TITLES)

    (uncovered,) = assign(problem).uncovered

    assert "mixed" == uncovered.code
    assert (
        "12 人中 7 人没有当天有效的“值班证”，3 人当天请假或停排，2 人当天剩余时间不足 30 分钟。"
        == uncovered.reason.zh
    )
    assert (
        "Of 12 people: 7 without a duty certificate valid that day, 3 on leave or blocked that "
        "day, 2 with less than 30 minutes left that day." == uncovered.reason.en
    )


def test_a_certificate_is_proposed_only_for_someone_who_could_then_do_it():
    people = [worker_of("full", minutes_per_day=0), worker_of("wang")]
    problem = problem_of([task_of(qualifications=("duty",))], people, titles=TITLES)

    (uncovered,) = assign(problem).uncovered

    assert ["为wang取得“值班证”，当天即可排上"] == [text.zh for text in uncovered.helps]


def test_no_certificate_is_proposed_where_it_would_not_help():
    people = [worker_of("full", minutes_per_day=0)]

    (uncovered,) = assign(problem_of([task_of(qualifications=("duty",))], people)).uncovered

    assert () == uncovered.helps


def test_more_minutes_are_proposed_with_the_figure_that_suffices():
    tasks = [task_of("a", place="a"), task_of("b", place="b")]

    (uncovered,) = assign(problem_of(tasks, [worker_of(minutes_per_day=50)])).uncovered

    assert ["把li当天的时间加到 60 分钟"] == [text.zh for text in uncovered.helps]


def test_another_day_of_the_window_is_proposed_where_someone_is_free_then():
    week = task_of(hours=(-72, 24))
    people = [worker_of(away=((MONDAY, MONDAY),))]

    (uncovered,) = assign(problem_of([week], people)).uncovered

    assert ["改到 2026-07-03 做"] == [text.zh for text in uncovered.helps]


def test_no_day_is_proposed_that_has_passed():
    week = task_of(hours=(-72, 24))
    people = [worker_of(away=((MONDAY, MONDAY),))]

    (uncovered,) = assign(problem_of([week], people, first_day=MONDAY)).uncovered

    assert () == uncovered.helps


def test_someone_of_another_site_is_proposed_where_free():
    people = [worker_of("li", roles=("cook",)), worker_of("wu", sites=("mall",), roles=("guard",))]
    problem = problem_of([task_of(roles=("guard",))], people, titles=TITLES)

    (uncovered,) = assign(problem).uncovered

    assert "从其他场所借调wu" in [text.zh for text in uncovered.helps]


def test_a_task_moves_by_itself_among_the_days_allowed():
    days = tuple(MONDAY + timedelta(days=n) for n in range(3))
    month = task_of(day=days[2], hours=(-48, 24), days=days)
    people = [worker_of(away=((days[1], days[2]),))]

    plan = assign(problem_of([month], people))

    assert [days[0]] == [assigned.day for assigned in plan.assignments]


def test_month_end_tasks_are_spread_over_the_days_allowed():
    days = tuple(MONDAY + timedelta(days=n) for n in range(5))
    tasks = [
        task_of(f"t{n}", place=f"p{n}", day=days[4], hours=(-96, 24), days=days, minutes=60)
        for n in range(5)
    ]

    plan = assign(problem_of(tasks, [worker_of(minutes_per_day=60)]))

    assert set(days) == {assigned.day for assigned in plan.assignments}


def test_the_reason_names_the_lightest_load_of_the_week():
    tasks = [task_of("a", place="a"), task_of("b", place="b")]
    people = [worker_of("li", holds=("duty",)), worker_of("wu", holds=("duty",))]
    tasks = [task_of(n, place=n, qualifications=("duty",)) for n in ("a", "b")]

    plan = assign(problem_of(tasks, people))

    assert ["持证、在岗、本周负担最轻（30 分钟）"] * 2 == [a.reason.zh for a in plan.assignments]


def test_choices_say_who_could_and_why_others_could_not():
    tasks = [task_of("a", roles=("guard",))]
    people = [
        worker_of("li", roles=("guard",)),
        worker_of("wu", roles=("guard",)),
        worker_of("cook", roles=("cook",)),
    ]
    problem = problem_of(tasks, people, previous={"a": ("li",)}, titles=TITLES)

    others = choices_of(problem, assign(problem), "a")

    assert [("wu", True, None), ("cook", False, "no-role")] == [
        (other.person, other.could, other.code) for other in others
    ]
    assert ["可以（本周 0 分钟）", "不任岗位“保安”"] == [other.why.zh for other in others]
