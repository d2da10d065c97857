import json
import sys

import pytest

from benchmarks.contenders.starting import OURS, TIMEFOLD, Contender, Instance, contender
from benchmarks.contenders.timefold import NotHere
from benchmarks.roster_judge import judged
from benchmarks.roster_run import run
from scheduler.roster.formats.reading import read_problem

TEXT = """\
SECTION_HORIZON
7

SECTION_SHIFTS
D,480,
N,480,D

SECTION_STAFF
A,D=7|N=2,2400,960,5,2,2,1
B,D=7|N=0,2400,0,5,1,1,1

SECTION_DAYS_OFF
A,1

SECTION_SHIFT_ON_REQUESTS
A,2,N,3

SECTION_SHIFT_OFF_REQUESTS
B,4,D,2

SECTION_COVER
0,D,1,100,1
3,N,2,90,5
4,D,1,100,1
"""

# Tried out on all pairs of legal rows: one of the two nights stays empty (90), and somebody who
# would rather not works on Friday (2).
OPTIMUM = 92
NOBODY = [-1] * 7
NIGHTS = [-1, -1, 1, 1, -1, -1, -1]
DAYS = [0, -1, -1, -1, 0, -1, -1]


@pytest.fixture
def week(tmp_path):
    file = tmp_path / "Instance99.txt"
    file.write_text(TEXT, encoding="utf-8")
    return Instance(99, file, read_problem(file))


def _saying(*lines, then=""):
    """A contender that only prints lines, and does something after."""
    code = f"import time\nfor line in {list(lines)!r}: print(line, flush=True)\n{then}"
    return Contender("talker", "1", lambda _instance, _folder: [sys.executable, "-c", code])


def _line(cells, cost, bound=None):
    return json.dumps({"cost": cost, "bound": bound, "cells": cells})


def test_a_roster_that_breaks_a_rule_is_not_taken_at_its_word(week):
    row = run(_saying(_line(NOBODY + DAYS, 0)), week, seconds=20, seed=1)

    assert (None, 1, 1) == (row.cost, row.rosters, row.wrong_claims)
    assert 1 == row.violations  # too few minutes of the first person
    assert [] == row.trace


def test_legal_rosters_are_priced_by_the_audit_and_the_cheapest_counts(week):
    cheap, dear = _line(NIGHTS + DAYS, OPTIMUM, bound=5), _line(NIGHTS + NOBODY, 0)

    row = run(
        _saying("Loading ...", dear, cheap, dear, '{"cells": [1', "{}"), week, seconds=20, seed=1
    )

    assert (OPTIMUM, 5, 0) == (row.cost, row.bound, row.violations)
    assert (3, 2) == (row.rosters, row.wrong_claims)
    assert (OPTIMUM, 5) == row.trace[-1][1:]


def test_whoever_outstays_the_time_is_stopped_and_keeps_what_was_told(week):
    row = run(
        _saying(_line(NIGHTS + DAYS, OPTIMUM), then="time.sleep(900)"), week, seconds=4, seed=1
    )

    assert OPTIMUM == row.cost
    assert row.wall < 900


def test_what_comes_after_the_limit_and_its_allowance_does_not_count(week):
    dear, cheap = (_line(rows, None).encode() for rows in (NIGHTS + NOBODY, NIGHTS + DAYS))

    late = judged(week.problem, [(9.0, dear), (11.1, cheap)], seconds=10)
    in_time = judged(week.problem, [(9.0, dear), (10.9, cheap)], seconds=10)

    assert (1, 2) == (late.rosters, in_time.rosters)
    assert OPTIMUM == in_time.cost < late.cost


@pytest.mark.parametrize("name", [OURS, "cp-sat, 2 workers"])
def test_contenders_of_python_reach_the_optimum_of_a_week(week, name, tmp_path):
    row = run(contender(name, tmp_path), week, seconds=240, seed=1)

    assert (OPTIMUM, OPTIMUM, 0) == (row.cost, row.bound, row.violations)
    # CP-SAT may count people too few and too many at once in rosters on the way.
    assert 0 == row.wrong_claims or name != OURS
    assert row.peak_mb > 0


def test_the_model_in_java_prices_every_roster_as_the_audit_does(week, tmp_path):
    try:
        java = contender(TIMEFOLD, tmp_path)
    except NotHere as missing:
        pytest.skip(str(missing))

    # Starting Java takes a second, on a busy machine many.
    row = run(java, week, seconds=4, seed=1)
    if not row.rosters:
        row = run(java, week, seconds=60, seed=1)

    assert row.rosters
    assert 0 == row.wrong_claims
