import numpy as np
import pytest

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from tests.scheduler.roster_engine.small_problems import cells, employee, problem


@pytest.mark.parametrize(
    ("rules", "legal", "broken", "code"),
    [
        ({"run_max": 2}, "DD.DD..", "DDD....", "run-too-long"),
        ({"run_min": 2}, ".DD....", ".D.....", "run-too-short"),
        ({"rest_min": 2}, "DD..DDD", "DD.DDDD", "rest-too-short"),
        ({"weekends_max": 0}, "DDDDD..", "......D", "weekends"),
        ({"shift_max": (1, 7)}, "DNN....", "DND....", "shift-maximum"),
        ({"minutes_max": 960}, "DD.....", "DDD....", "minutes-maximum"),
        ({"minutes_min": 960}, "DD.....", "D......", "minutes-minimum"),
    ],
)
def test_each_rule_passes_what_keeps_it_and_names_what_breaks_it(rules, legal, broken, code):
    case = problem(employees=(employee(**rules),))

    assert violations(case, cells(legal)) == ()
    assert [each.code for each in violations(case, cells(broken))] == [code]


@pytest.mark.parametrize("row", ["D.DDD..", "..DDD.D", ".DDDDDD"])
def test_a_run_that_touches_an_end_may_be_shorter_than_its_minimum(row):
    case = problem(employees=(employee(run_min=3, rest_min=1),))

    assert violations(case, cells(row)) == ()


def test_days_off_at_an_end_may_be_fewer_than_their_minimum():
    case = problem(employees=(employee(rest_min=3),))

    assert violations(case, cells(".DDDDD.")) == ()


def test_a_forbidden_succession_names_the_day_of_the_second_shift():
    case = problem(forbidden=np.array([[False, False], [True, False]]))

    (found,) = violations(case, cells("DN.NDD."))

    assert ("succession", 4) == (found.code, found.day)
    assert "shift D may not follow shift N" == found.text.en


def test_working_on_a_day_off_and_moving_a_pin_are_two_faults():
    away = np.zeros((1, 7), dtype=np.bool_)
    away[0, 2] = True
    pins = cells(".D.....")
    pins[0, 2:] = -2
    case = problem(days_off=away, pins=pins)

    found = violations(case, cells(".ND...."))

    assert [("pin-moved", 1), ("day-off", 2)] == [(each.code, each.day) for each in found]


def test_a_weekend_counts_once_whether_one_or_both_of_its_days_are_worked():
    case = problem(14, (employee(weekends_max=1),))

    assert violations(case, cells(".....DD.......")) == ()
    assert violations(case, cells("............D.")) == ()
    assert ["weekends"] == [v.code for v in violations(case, cells("......D.....D."))]


def test_cost_adds_wishes_and_people_too_few_and_too_many():
    requests = np.zeros((1, 7, 3), dtype=np.int64)
    requests[0, 0] = [4, 0, 4]  # wishes N
    requests[0, 1, 2] = 3  # wishes any work
    need = np.zeros((7, 2), dtype=np.int64)
    need[2, 1] = 2
    case = problem(requests=requests, need=need)

    # 4 for D on day 0, 3 for the day off, one too few (100), D of day 0 too many (1).
    assert 4 + 3 + 100 + 1 == cost(case, cells("D.N...."))
