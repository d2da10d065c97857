import json

import pytest
from click.testing import CliRunner

from web.cli import main

PROBLEM = """\
SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=7|L=7,2400,1440,5,2,1,1
B,E=7|L=7,2400,1440,5,2,1,1
SECTION_COVER
0,E,1,100,1
1,E,1,100,1
2,L,1,100,1
3,L,3,100,1
"""
KEYS = [
    "status",
    "objective",
    "bound",
    "seconds",
    "peak_mb",
    "seed",
    "roster",
    "uncovered",
    "trace",
]


@pytest.fixture
def problem(tmp_path):
    file = tmp_path / "week.txt"
    file.write_text(PROBLEM, encoding="utf-8")
    return file


def _roster(*arguments):
    call = ["roster", *map(str, arguments)]
    return CliRunner().invoke(main, call, env={"XUNJIAN_LANG": "en"})


def test_a_solved_roster_is_written_with_every_key_and_passes_the_check(problem, tmp_path):
    out = tmp_path / "out.json"

    solved = _roster("solve", problem, "--time-limit", 60, "--seed", 3, "--out", out, "--progress")
    checked = _roster("check", problem, out)

    answer = json.loads(out.read_text(encoding="utf-8"))
    assert (0, 0) == (solved.exit_code, checked.exit_code), solved.output + checked.output
    assert KEYS == list(answer)
    assert {"A", "B"} == set(answer["roster"])
    assert [{"day": 3, "shift": "L", "missing": 1}] == answer["uncovered"]
    assert "bound" in solved.stderr
    assert f"Cost {answer['objective']}, 0 violation(s)." in checked.stdout


def test_a_roster_changed_by_hand_fails_the_check_with_the_rule_it_breaks(problem, tmp_path):
    out = tmp_path / "out.json"
    out.write_text(
        json.dumps({"roster": {"A": ["L", "E", "E", *[None] * 4], "B": ["E"] * 3 + [None] * 4}}),
        encoding="utf-8",
    )

    checked = _roster("check", problem, out, "--json")

    found = json.loads(checked.stdout)["violations"]
    assert 1 == checked.exit_code
    assert [("A", 1, "succession")] == [(v["employee"], v["day"], v["code"]) for v in found]


def test_a_stated_cost_that_is_wrong_fails_the_check(problem, tmp_path):
    rows = {"A": ["E"] * 3 + [None] * 4, "B": ["E"] * 3 + [None] * 4}
    out = tmp_path / "out.json"
    out.write_text(json.dumps({"objective": 1, "roster": rows}), encoding="utf-8")

    checked = _roster("check", problem, out)

    assert 1 == checked.exit_code
    assert "The stated cost 1 is wrong." in checked.stdout


def test_bad_input_is_told_with_its_line_and_leaves_with_status_two(problem):
    problem.write_text(PROBLEM.replace("0,E,1,100,1", "0,E,-1,100,1"), encoding="utf-8")

    refused = _roster("solve", problem)

    assert 2 == refused.exit_code
    assert f"{problem}:10: need:" in refused.stderr


def test_contradicting_rules_leave_with_status_one_and_name_the_employee(problem):
    problem.write_text(PROBLEM.replace("A,E=7|L=7,2400,1440", "A,E=7|L=7,10,10"), encoding="utf-8")

    answered = _roster("solve", problem, "--time-limit", 60)

    assert 1 == answered.exit_code
    assert "infeasible: the hard rules of A contradict each other." in answered.stdout


def test_of_many_people_whose_rules_contradict_each_other_the_last_are_named(tmp_path):
    file = tmp_path / "week.txt"
    staff = "\n".join(f"P{n},E=7|L=7,3360,{4000 + n},5,2,1,1" for n in range(7))
    lines = PROBLEM.split("A,E=7")
    file.write_text(f"{lines[0]}{staff}\n{PROBLEM[PROBLEM.index('SECTION_COVER') :]}")

    explained = _roster("explain", file)

    assert 1 == explained.exit_code, explained.output
    assert 5 == explained.stdout.count("no row keeps them all")
    assert "No row keeps the rules of P5, P6 either" in explained.stdout
