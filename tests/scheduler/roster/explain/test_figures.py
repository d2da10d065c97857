import math

import numpy as np
import pytest
from hypothesis import given, settings

from scheduler.roster.explain.figures import rowless
from scheduler.roster.explain.figures.contradiction import contradictions
from scheduler.roster.explain.figures.cover import Cover, best_cover
from scheduler.roster.explain.figures.cover_telling import told_cover
from scheduler.roster.explain.figures.row_model import RowModel, filled
from scheduler.roster.explain.figures.rules import rules_of
from scheduler.roster.explain.figures.shortage import shortages
from scheduler.roster.explain.figures.telling import told_contradiction, told_shortage
from scheduler.roster.explain.figures.together import together
from tests.scheduler.roster_engine.small_problems import (
    employee,
    legal_rows,
    problem,
    tiny_problems,
)


def _kinds(rules):
    return {rule.kind for rule in rules}


@given(tiny_problems(longest=6))
@settings(max_examples=15)
def test_rows_are_possible_and_fill_as_much_as_the_audit_of_every_row_says(case):
    rows = legal_rows(case, 0)
    cells = [(day, shift) for day, shift in np.ndindex(case.need.shape) if case.need[day, shift]]

    model = RowModel(case, 0, list(rules_of(case, 0)))

    assert ("possible" if rows else "impossible") == model.verdict()
    filling = [sum(row[day] == shift for day, shift in cells) for row in rows]
    assert max(filling, default=None) == model.most(cells)
    assert bool(rows) == (not contradictions(case, ends=math.inf).found)


def test_the_rules_of_one_employee_that_clash_are_named_with_the_least_change_of_each():
    bad = employee("q", minutes_min=3000, weekends_max=0, run_max=3)
    case = problem(7, (employee("p"), bad))

    (found,) = contradictions(case, ends=math.inf).found

    assert ((1,), True) == (found.employees, found.proved)
    assert {"minutes-min", "weekends-max", "run-max"} == _kinds(found.rules)
    told = told_contradiction(case, found)
    assert "工时至少 3000 分钟" in [each.zh for each in told.conditions]
    repairs = [each.zh for each in told.repairs]
    assert "把“工时至少 3000 分钟”改为“工时至少 2400 分钟”：矛盾消除。" in repairs
    assert "把“连续上班最多 3 天”改为“连续上班最多 5 天”：矛盾消除。" in repairs
    assert 3 == len(repairs)


@pytest.mark.parametrize("is_large", [False, True])
def test_everybody_without_a_row_is_told_of_and_those_alike_together(is_large, monkeypatch):
    monkeypatch.setattr(rowless, "LARGE", 0 if is_large else math.inf)
    bad, worse = {"minutes_min": 3500, "weekends_max": 0}, {"minutes_min": 9000}
    people = [employee("p"), employee("q", **bad), employee("r", **worse), employee("s", **bad)]
    case = problem(7, tuple(people))

    found = contradictions(case, ends=math.inf)

    assert [(1, 3), (2,)] == [one.employees for one in found.found]
    assert [{"minutes-min", "weekends-max"}, {"minutes-min"}] == [
        _kinds(one.rules) for one in found.found
    ]
    assert ((), True) == (found.others, found.is_all)
    head = told_contradiction(case, found.found[0]).head
    assert "q、s 的硬性规定互相矛盾，没有一种排法。" == head.zh


def test_of_many_different_contradictions_the_last_people_are_only_named():
    people = [employee(f"p{number}", minutes_min=9000 + number) for number in range(7)]

    found = contradictions(problem(7, tuple(people)), ends=math.inf)

    assert (5, (5, 6)) == (len(found.found), found.others)


def test_where_the_time_is_over_nothing_is_said_to_be_proved():
    need = np.full((7, 2), 2, dtype=np.int64)
    case = problem(7, (employee("p", minutes_min=9000), employee("q")), need=need)
    past = -math.inf

    looked = contradictions(case, ends=past)

    assert ((), (), False) == (looked.found, looked.others, looked.is_all)
    assert ([], False) == shortages(case, ends=past)


def test_the_best_roster_and_a_proof_are_told_where_no_question_was_settled():
    need = np.zeros((7, 2), dtype=np.int64)
    need[1:3, 0] = 3
    case = problem(7, (employee("p"), employee("q")), need=need)

    cover = best_cover(case, seconds=300)  # It ends as soon as it is proved.

    assert ({(1, 0): 1, (2, 0): 1}, 2) == (cover.empty, cover.at_least)
    told = told_cover(case, cover)
    assert "6 人次中，限时内找到的最好排班缺 2 人次。" == told.head.zh
    assert ["第 1 天 D 班缺 1 人", "第 2 天 D 班缺 1 人"] == [each.zh for each in told.places]
    assert told.proof.zh.startswith("已证明没有缺员更少的排班")
    assert told_cover(case, Cover(cover.empty, 1)).proof.zh.startswith(
        "已证明任何排班至少缺 1 人次"
    )
    assert told_cover(case, Cover(cover.empty, 0)).proof.zh.startswith("尚未证明排不满")


def test_a_week_with_too_few_hours_is_told_by_the_sum_and_what_would_do():
    need = np.zeros((7, 2), dtype=np.int64)
    need[:5, 0] = 2
    case = problem(7, (employee("p", minutes_max=1920), employee("q")), need=need)

    (found,), is_all = shortages(case, ends=math.inf)

    assert ((4, 5), ("minutes-max",), 1, True) == (found.most, found.kinds, found.missing, is_all)
    told = [each.zh for each in told_shortage(case, found).repairs]
    assert 3 <= len(told)
    assert "增加 1 名可上各班次的人员：按上限之和已够。" in told


def test_a_day_off_that_leaves_a_day_short_is_told_for_that_day():
    need = np.zeros((7, 2), dtype=np.int64)
    need[3, 1] = 2
    off = np.zeros((2, 7), dtype=np.bool_)
    off[1, 3] = True
    case = problem(7, (employee("p"), employee("q")), need=need, days_off=off)

    (found,), _ = shortages(case, ends=math.inf)

    assert (3, 3, (1,)) == (found.window.first, found.window.last, found.window.shifts)
    assert ("day-off",) == found.kinds
    assert ("请休假的人到岗", 0) in [(text.zh, left) for text, left in found.repairs]


def test_days_that_several_rules_together_leave_short_are_the_fewest():
    need = np.zeros((7, 1), dtype=np.int64)
    need[1:5] = 1
    rules = {"run_max": 1, "rest_min": 2, "shift_max": (9,)}
    people = (employee("p", **rules), employee("q", **rules))
    case = problem(7, people, shifts=(("D", 480),), need=need)

    found = together(case, ends=math.inf)

    assert ([], True) == shortages(case, ends=math.inf)
    assert "impossible" == filled(case, seconds=60)[0]
    assert (1, 3, True) == (found.first, found.last, found.proved)
    assert {"run-max", "rest-min"} == set(found.kinds)
    assert 3 <= len(found.repairs)
