from dataclasses import replace

from scheduler.roster.explain.answer import explained
from scheduler.roster.explain.capacity import judged
from scheduler.roster.explain.clash import clashes_of
from scheduler.roster.explain.conditions import conditions_of, without
from scheduler.roster.explain.resolving import resolved
from scheduler.roster.explain.telling import told_clash, told_finding
from scheduler.roster.problem import Bond, Limit
from scheduler.roster.slots import Slots
from tests.scheduler.roster.builders import CLAUSE, MONDAY, person, post, problem, shift, text

TWO = post(shifts=(shift("D", "08:00", "16:00", 2),))
ONE = post(shifts=(shift("D", "08:00", "16:00"),))
APART = Bond("apart", ("li", "wu"), text("spouses"))
WITH = Bond("with", ("li", "wu"))


def _kinds(finding):
    return [each.kind for each in finding.conflict.conditions]


def test_two_kept_apart_cannot_fill_a_shift_together():
    asked = problem([TWO], [person("li"), person("wu")], bonds=(APART,))

    (finding,) = explained(asked).findings

    assert (["bond"], True) == (_kinds(finding), finding.conflict.proved)
    told = told_finding(asked, finding)
    assert ["li、wu不得同时在同一岗位（spouses）"] == [each.zh for each in told.conditions]
    best = told.repairs[0].zh
    assert "取消：li、wu不得同时在同一岗位（spouses）：多排 1 人次，全部排满。" == best
    assert 3 <= len(told.repairs)


def test_who_stands_only_with_another_is_missing_where_that_one_is_off():
    pins = {("wu", MONDAY): None}
    asked = problem([ONE], [person("li"), person("wu")], bonds=(WITH,), pins=pins)

    (finding,) = explained(asked).findings

    assert {"bond", "pin"} == set(_kinds(finding))
    _assert_least(asked, finding.conflict)
    assert any("允许改动" in each.text.zh for each in finding.tried.repairs)


def test_people_bound_to_each_other_are_no_conflict_where_all_can_be_filled():
    third = person("he")
    apart = problem([TWO], [person("li"), person("wu"), third], bonds=(APART,))
    together = problem([TWO], [person("li"), person("wu")], bonds=(WITH,))

    assert {} == explained(apart).missing
    assert {} == explained(together).missing


def test_a_settled_pair_that_is_kept_apart_is_a_contradiction_with_ways_out():
    pins = {("li", MONDAY): ("gate", "D"), ("wu", MONDAY): ("gate", "D")}
    people = [person("li"), person("wu"), person("he")]
    asked = problem([TWO], people, bonds=(APART,), pins=pins)

    (clash,) = clashes_of(asked)

    assert ["bond", "pin", "pin"] == [each.kind for each in clash.conditions]
    assert 3 <= len(clash.repairs)
    assert told_clash(asked, clash).scarce is None
    assert all((1, 0) == (each.fills, each.left) for each in clash.repairs)


def test_who_is_merely_preferred_comes_over_to_an_empty_place():
    wanted = replace(shift("D", "08:00", "16:00"), preferred=2)
    rooms = [post("desk", shifts=(wanted,)), post("gate", shifts=ONE.shifts)]
    asked = problem(rooms, [person("li"), person("wu", roles=("clerk",))])
    asked = replace(asked, posts=(replace(rooms[0], roles=("guard", "clerk")), rooms[1]))

    assert {} == explained(asked).missing


def test_a_settled_day_off_is_among_what_could_be_changed():
    asked = problem([ONE], [person("li")], pins={("li", MONDAY): None})

    (finding,) = explained(asked).findings

    told = [each.zh for each in told_finding(asked, finding).repairs]
    assert "允许改动：li 7月6日已定休息：多排 1 人次，全部排满。" in told


def test_where_few_changes_help_it_is_said_how_many_were_tried():
    law = replace(ONE, priority=0, shifts=(shift("D", "08:00", "18:00"),))
    asked = problem([law], [person("li", limits=(Limit("day-hours", 8, CLAUSE),))])

    (finding,) = explained(asked).findings

    assert 0 == len(finding.tried.repairs)
    scarce = told_finding(asked, finding).scarce
    assert f"共试了 {finding.tried.number} 项单项改动，有效的只有 0 项。" == scarce.zh
    assert 2 <= finding.tried.number


def test_a_part_solved_anew_leaves_the_rest_as_it_stands():
    rooms = [post("desk", shifts=ONE.shifts), post("gate", shifts=ONE.shifts)]
    asked = problem(rooms, [person("he"), person("li"), person("wu")])
    slots = Slots(asked)
    desk, gate = slots.wanted
    rows = {"he": {}, "li": {MONDAY: desk}, "wu": {}}

    found = resolved(slots, rows, {gate.key: 1}, seed=0)

    assert {MONDAY: desk} == found["li"]
    assert [gate] == [slot for one in ("he", "wu") for slot in found[one].values()]


def _assert_least(asked, conflict):
    gone = set(conditions_of(asked)).difference(conflict.conditions)
    assert "impossible" == judged(without(asked, gone), conflict.places, seed=1).verdict
    for each in conflict.conditions:
        looser = without(asked, {*gone, each})
        assert "possible" == judged(looser, conflict.places, seed=1).verdict
