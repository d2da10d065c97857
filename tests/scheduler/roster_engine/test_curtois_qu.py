from pathlib import Path

import numpy as np
import pytest

from rules.faults import InputInvalid
from scheduler.roster.core.problem import Employee, Shift
from scheduler.roster.formats.curtois_qu import read_curtois_qu
from scheduler.roster.formats.reading import read_problem

TEXT = """\
# Two people and one week.
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
A,E=7|L=2,2400,960,5,2,2,1
B,E=7|L=0,2400,0,5,1,1,2

SECTION_DAYS_OFF
A,0,6

SECTION_SHIFT_ON_REQUESTS
A,2,L,3

SECTION_SHIFT_OFF_REQUESTS
B,4,E,2

SECTION_COVER
0,E,1,100,1
3,L,2,90,5
"""


def _read(text):
    return read_curtois_qu(Path("week.txt"), text)


def _faults(text):
    with pytest.raises(InputInvalid) as caught:
        _read(text)
    return caught.value.faults


def test_shifts_employees_and_their_rules_are_read():
    problem = _read(TEXT)

    assert 7 == problem.days
    assert (Shift("E", 480), Shift("L", 600)) == problem.shifts
    first = Employee(
        "A",
        minutes_min=960,
        minutes_max=2400,
        run_min=2,
        run_max=5,
        rest_min=2,
        weekends_max=1,
        shift_max=(7, 2),
    )
    assert first == problem.employees[0]
    assert [[False, False], [True, False]] == problem.forbidden.tolist()
    assert [[0, 0], [0, 6]] == np.argwhere(problem.days_off).tolist()


def test_a_wished_shift_makes_everything_else_cost_its_weight():
    problem = _read(TEXT)

    assert [3, 0, 3] == problem.requests[0, 2].tolist()
    assert [2, 0, 0] == problem.requests[1, 4].tolist()


def test_cover_is_read_and_nothing_is_wanted_elsewhere():
    problem = _read(TEXT)

    assert (2, 90, 5) == (problem.need[3, 1], problem.under[3, 1], problem.over[3, 1])
    assert 3 == problem.need.sum()


@pytest.mark.parametrize(
    ("line", "instead", "number", "field"),
    [
        ("0,E,1,100,1", "0,E,-1,100,1", 23, "need"),
        ("0,E,1,100,1", "0,X,1,100,1", 23, "shift"),
        ("0,E,1,100,1", "7,E,1,100,1", 23, "day"),
        ("0,E,1,100,1", "0,E,1", 23, "SECTION_COVER"),
        ("L,600,E", "L,600,X", 7, "may-not-follow"),
        ("L,600,E", "E,600,E", 7, "SECTION_SHIFTS"),
        ("B,4,E,2", "C,4,E,2", 20, "employee"),
        ("A,E=7|L=2", "A,E=7|L=many", 10, "shift-max L"),
        ("\n7\n", "\nseven\n", 3, "days"),
        ("\n7\n", "\n99999\n", 3, "days"),
        ("SECTION_COVER", "SECTION_DEMAND", 22, "section"),
    ],
)
def test_a_fault_names_its_line_its_field_and_a_remedy(line, instead, number, field):
    fault = _faults(TEXT.replace(line, instead, 1))[0]

    assert ("week.txt", number, field) == (fault.file, fault.line, fault.field)
    assert fault.remedy.en
    assert fault.remedy.zh


def test_all_faults_of_a_file_are_told_at_once():
    faults = _faults(TEXT.replace("A,2,L,3", "A,9,L,3").replace("3,L,2,90,5", "3,L,2,90,x"))

    assert [17, 24] == [fault.line for fault in faults]


def test_a_missing_section_is_named():
    text = TEXT.split("SECTION_COVER", maxsplit=1)[0]

    assert ["SECTION_COVER"] == [fault.field for fault in _faults(text)]


@pytest.mark.parametrize("content", [b"sites:\n  - id: a\n", b"\xff\xfe\x00", b""])
def test_a_file_of_another_kind_is_refused_with_a_remedy(tmp_path, content):
    file = tmp_path / "other"
    file.write_bytes(content)

    with pytest.raises(InputInvalid) as caught:
        read_problem(file)

    (fault,) = caught.value.faults
    assert (str(file), 1) == (fault.file, fault.line)


def test_a_missing_file_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(InputInvalid, match="cannot be read"):
        read_problem(tmp_path / "nowhere.txt")


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path):
    file = tmp_path / "week.txt"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())

    assert 7 == read_problem(file).days
