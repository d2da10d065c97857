"""Small rostering problems: one by hand, many by Hypothesis, and all rosters of a tiny one."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from scheduler.roster.core.audit import violations
from scheduler.roster.core.problem import FREE, OFF, CoreProblem, Employee, Shift


def employee(name="a", **rules):
    free = {
        "minutes_min": 0,
        "minutes_max": 100_000,
        "run_min": 1,
        "run_max": 14,
        "rest_min": 1,
        "weekends_max": 9,
        "shift_max": (99, 99),
    }
    return Employee(name, **{**free, **rules})


def problem(days=7, employees=None, shifts=(("D", 480), ("N", 600)), **arrays):
    people = employees or (employee(),)
    kinds = tuple(Shift(code, minutes) for code, minutes in shifts)
    grid = (days, len(kinds))
    figures = {
        "forbidden": np.zeros((len(kinds), len(kinds)), dtype=np.bool_),
        "days_off": np.zeros((len(people), days), dtype=np.bool_),
        "pins": np.full((len(people), days), FREE, dtype=np.int16),
        "requests": np.zeros((len(people), days, len(kinds) + 1), dtype=np.int64),
        "need": np.zeros(grid, dtype=np.int64),
        "under": np.full(grid, 100, dtype=np.int64),
        "over": np.ones(grid, dtype=np.int64),
    }
    return CoreProblem(days, kinds, tuple(people), **{**figures, **arrays})


def cells(*rows, codes="DN"):
    """Rosters as words: one letter a day, a dot for a day off."""
    return np.array([[codes.find(c) if c != "." else OFF for c in row] for row in rows], np.int16)


def legal_rows(whole, e):
    """Every row of employee *e* that the audit passes, however long that takes."""
    one = problem(
        whole.days,
        (whole.employees[e],),
        tuple((shift.code, shift.minutes) for shift in whole.shifts),
        forbidden=whole.forbidden,
        days_off=whole.days_off[e : e + 1],
        pins=whole.pins[e : e + 1],
    )
    choices = range(OFF, len(whole.shifts))
    rows = (np.array([row], np.int16) for row in product(choices, repeat=whole.days))
    return [row[0] for row in rows if not violations(one, row)]


def _array(draw, shape, low, high, dtype):
    size = int(np.prod(shape))
    values = draw(st.lists(st.integers(low, high), min_size=size, max_size=size))
    return np.array(values).reshape(shape).astype(dtype)


@st.composite
def tiny_problems(draw, people=1, longest=7):
    length = draw(st.integers(5, longest))
    lengths = st.sampled_from([240, 480, 720])
    shifts = (("D", draw(lengths)), ("N", draw(lengths)))
    staff = tuple(
        employee(
            f"p{number}",
            minutes_min=240 * draw(st.integers(0, 6)),
            minutes_max=240 * draw(st.integers(6, 14)),
            run_min=draw(st.integers(1, 3)),
            run_max=draw(st.integers(3, 5)),
            rest_min=draw(st.integers(0, 3)),
            weekends_max=draw(st.integers(0, 2)),
            shift_max=(draw(st.integers(0, 7)), draw(st.integers(0, 7))),
        )
        for number in range(people)
    )
    pins = _array(draw, (people, length), -12, 1, np.int16)
    return problem(
        length,
        staff,
        shifts,
        forbidden=_array(draw, (2, 2), 0, 1, np.bool_),
        days_off=_array(draw, (people, length), -8, 1, np.int64) == 1,
        pins=np.where(pins < OFF, FREE, pins).astype(np.int16),
        requests=_array(draw, (people, length, 3), 0, 9, np.int64),
        need=_array(draw, (length, 2), 0, 2, np.int64),
        under=_array(draw, (length, 2), 1, 90, np.int64),
        over=_array(draw, (length, 2), 1, 20, np.int64),
    )
