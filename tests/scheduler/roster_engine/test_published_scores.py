"""Public instances, where the machine has them: XUNJIAN_INSTANCES names their folder."""

import os
from pathlib import Path

import pytest

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from scheduler.roster.formats.reading import read_problem
from scheduler.roster.search.supervision import solve

FOLDER = os.environ.get("XUNJIAN_INSTANCES")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="XUNJIAN_INSTANCES names no folder")


def _instance(number):
    return read_problem(Path(str(FOLDER)) / "curtois-qu" / f"Instance{number}.txt")


@pytest.mark.parametrize(("number", "best_known"), [(2, 828), (3, 1001), (4, 1716)])
def test_small_instances_are_proved_at_their_best_known_cost(number, best_known):
    case = _instance(number)

    answer = solve(case, seconds=120, seed=1)

    assert ("optimal", best_known) == (answer.status, answer.cost)
    assert violations(case, answer.cells) == ()


def test_the_first_instance_is_solved_to_its_best_known_cost_and_never_below():
    case = _instance(1)

    answer = solve(case, seconds=120, seed=1, steps=30_000)

    assert 607 == answer.cost == cost(case, answer.cells)
    assert answer.bound <= 607
