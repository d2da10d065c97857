"""Parts of a large problem may be worked on by other processes, and the plan is the same."""

import os
import time

from benchmarks.rounds import generated
from scheduler.assignment.crew import Crew, crew_of
from scheduler.assignment.solver import Means, assign
from tests.scheduler.assignment.pieces import doubled, killed_away_from

ENDLESS = 1e9


def test_the_plan_is_the_same_with_one_process_and_with_two():
    problem = generated(tasks=200, people=12, days=3, load=0.9, seed=3)

    plans = [assign(problem, seconds=ENDLESS, means=Means(n, most=50)) for n in (1, 2)]

    assert plans[0] == plans[1]
    assert not plans[0].cut_short


def test_results_stand_in_the_order_of_the_pieces_and_each_is_told():
    told = []

    found = Crew().each(doubled, range(4), ends=ENDLESS, done=lambda *each: told.append(each))

    assert [0, 2, 4, 6] == found
    assert [(1, 4), (2, 4), (3, 4), (4, 4)] == told


def test_where_a_process_is_killed_the_rest_is_done_here():
    with crew_of(2) as crew:
        found = crew.each(killed_away_from, [os.getpid()] * 3, ends=time.monotonic() + 60)

    assert [os.getpid()] * 3 == found
