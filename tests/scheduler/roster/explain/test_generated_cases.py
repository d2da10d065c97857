import os

import pytest

from scheduler.roster.draft import pin_faults
from scheduler.roster.explain.answer import explained
from scheduler.roster.explain.capacity import judged
from scheduler.roster.explain.clash import clashes_of
from scheduler.roster.explain.conditions import conditions_of, without
from scheduler.roster.slots import Slots
from tests.scheduler.roster.explain.cases import contradiction, feasible, overfull

# A thousand cases in all where campaigns run.
SEEDS = range(334 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 10)
pytestmark = pytest.mark.campaign


def test_a_roster_that_can_be_filled_is_never_said_to_clash_or_to_lack_people():
    for seed in SEEDS:
        problem = feasible(seed)

        explanation = explained(problem)

        assert () == clashes_of(problem), seed
        assert {} == explanation.missing, seed
        assert () == explanation.findings, seed


def test_a_planted_contradiction_is_told_by_conditions_none_of_which_could_be_left_out():
    for seed in SEEDS:
        problem, who = contradiction(seed)

        found = [one for one in clashes_of(problem) if one.person == who]

        assert found, seed
        conditions = found[0].conditions
        assert _contradicts(problem, conditions), seed
        assert not any(_contradicts(problem, set(conditions) - {each}) for each in conditions), seed
        assert 2 <= len(found[0].repairs), seed
        assert all(repair.fills > 0 for repair in found[0].repairs), seed
        assert [] == pin_faults(Slots(without(problem, conditions_of(problem))))


def test_a_planted_shortage_is_told_by_places_and_conditions_none_of_which_could_be_left_out():
    for seed in SEEDS:
        problem = overfull(seed)

        explanation = explained(problem)

        crowd = [one for one in explanation.findings if "crowd" in _posts(one)]
        assert crowd, seed
        for one in explanation.findings:
            assert one.conflict.proved, seed
            _assert_irreducible(problem, one.conflict, seed)
            assert all(repair.fills > 0 for repair in one.tried.repairs), seed


def _contradicts(problem, kept):
    gone = set(conditions_of(problem)).difference(kept)
    return bool(pin_faults(Slots(without(problem, gone))))


def _posts(finding):
    return {post for post, _, _ in finding.conflict.places}


def _assert_irreducible(problem, conflict, seed):
    every = set(conditions_of(problem))
    gone = every.difference(conflict.conditions)
    bare = without(problem, gone)
    assert "impossible" == judged(bare, conflict.places, seed=1).verdict, seed
    for each in conflict.conditions:
        looser = without(problem, {*gone, each})
        assert "possible" == judged(looser, conflict.places, seed=1).verdict, (seed, each)
    for key, number in conflict.places.items():
        fewer = {**conflict.places, key: number - 1}
        fewer = {each: asked for each, asked in fewer.items() if asked}
        assert "possible" == judged(bare, fewer, seed=1).verdict, (seed, key)
