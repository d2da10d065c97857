"""Generated organisations of one to three hundred sites, possible and impossible ones."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.rounds import generated
from scheduler.assignment.audit import violations
from scheduler.assignment.objective import cost_of
from scheduler.assignment.replan import replan
from scheduler.assignment.solver import assign

few = settings(max_examples=settings.default.max_examples // 8)


@st.composite
def organisations(draw):
    sites = draw(st.integers(1, 300))
    return generated(
        tasks=draw(st.integers(0, 150)),
        people=draw(st.integers(1, 2 * sites)),
        days=draw(st.integers(1, 6)),
        load=draw(st.sampled_from((0.2, 0.9, 1.5, 4.0))),
        seed=draw(st.integers(0, 1000)),
        sites=sites,
    )


@few
@given(organisations())
def test_no_plan_of_an_organisation_is_refused_by_the_audit(problem):
    plan = assign(problem)

    assert () == violations(problem, plan)
    assert plan.bound <= cost_of(problem, plan).points == plan.points


@few
@given(organisations(), st.data())
def test_no_replanned_organisation_is_refused_by_the_audit(problem, data):
    plan = assign(problem, steps=0)
    gone = data.draw(st.integers(0, len(problem.workers) - 1))
    workers = tuple(
        replace(worker, works=()) if number == gone else worker
        for number, worker in enumerate(problem.workers)
    )
    after = replace(
        problem,
        workers=workers,
        previous={each.task: each.people for each in plan.assignments},
        planned_on={each.task: each.day for each in plan.assignments},
    )

    found = replan(after, days=frozenset(), seconds=0.2)

    assert () == violations(after, found.plan)
