"""Large problems are cut into parts; every site counts once, for prices with its neighbours."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rounds import generated
from scheduler.assignment.regions import regions


@given(st.integers(1, 60), st.integers(1, 40), st.integers(1, 30))
def test_every_site_is_in_one_core_with_its_neighbours_around_it(sites, people, most):
    problem = generated(tasks=80, people=people, days=2, load=0.5, seed=sites, sites=sites)

    found = regions(problem, most=most)

    asked = {task.site for task in problem.tasks}
    assert Counter(dict.fromkeys(asked, 1)) == Counter(s for each in found for s in each.core)
    for each in found:
        for worker in problem.workers:
            if not each.core.isdisjoint(worker.sites):
                assert each.sites.issuperset(asked.intersection(worker.sites))


def test_a_small_problem_is_one_part():
    problem = generated(tasks=80, people=10, days=2, load=0.5, seed=0)

    found = regions(problem)

    assert [frozenset(task.site for task in problem.tasks)] == [each.core for each in found]
