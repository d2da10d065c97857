import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

EXAMPLE = Path(__file__).parents[3] / "examples" / "rosters" / "control-room.yaml"
FAULTY = """\
kind: duty-roster
from: 2026-12-07
until: 2026-12-01
time_zone: Asia/Nowhere
posts:
  - id: room
    name: {zh: 值班室, en: Duty room}
    qualifications: [fire-facility-operator]
    shifts:
      - {code: D, name: {zh: 白班, en: day}, since: "08:00", until: "20:00"}
      - {code: D, name: {zh: 夜班, en: night}, since: "20:00", until: "08:00"}
people:
  - {id: zhang-wei, name: {zh: 张伟, en: Zhang Wei}}
pins:
  - {person: li-na, on: 2026-12-07, post: room, shift: X}
history:
  - {person: zhang-wei, on: 2026-12-08, post: room}
"""


def _roster(*arguments, language="en"):
    call = ["roster", *map(str, arguments)]
    return CliRunner().invoke(main, call, env={"XUNJIAN_LANG": language})


@pytest.fixture
def short_of_one(tmp_path):
    """The example without one operator: at night somebody is missing."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "liu-yang" not in line and "zhao-lei" not in line]
    file = tmp_path / "short.yaml"
    file.write_text("\n".join(kept), encoding="utf-8")
    return file


@pytest.fixture
def clash(tmp_path):
    """The example with two settled shifts of one person, without rest between them."""
    file = tmp_path / "clash.yaml"
    pins = [
        "  - {person: li-na, on: 2026-12-09, post: control-room, shift: E}",
        "  - {person: li-na, on: 2026-12-10, post: control-room, shift: N}",
    ]
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        "pins:\n", "pins:\n" + "\n".join(pins) + "\n"
    )
    file.write_text(text, encoding="utf-8")
    return file


BOUND = """
kind: duty-roster
from: 2026-12-07
until: 2026-12-07
limits: {week-hours: 8, rest-hours: 11}
posts:
  - id: gate
    name: {zh: 大门, en: Gate}
    shifts:
      - {code: D, name: {zh: 白班, en: day}, since: "08:00", until: "16:00", preferred: 2}
      - {code: L, name: {zh: 长班, en: long}, since: "16:00", until: "06:00"}
people:
  - {id: li, name: {zh: 李, en: Li}, overtime: 6}
  - {id: new, name: {zh: 新, en: New}}
  - {id: wu, name: {zh: 吴, en: Wu}}
apart: [{people: [li, wu], reason: {zh: 夫妻, en: married}}]
together: [{person: new, with: [li, wu]}]
wishes: [{person: wu, days: [mon, sun], post: gate, shift: D}]
"""
BADLY_BOUND = """kind: duty-roster
from: 2026-12-07
until: 2026-12-08
posts:
  - id: gate
    name: {zh: 大门, en: Gate}
    shifts: [{code: D, name: {zh: 白, en: day}, since: "08:00", until: "16:00", minimum: 2,
        preferred: 1},
      {code: E, name: {zh: 中, en: late}, since: "16:00", until: "23:00", preferred: 3, maximum: 2}]
people:
  - {id: li, name: {zh: 李, en: Li}, overtime: 8}
  - {id: wu, name: {zh: 吴, en: Wu}}
apart:
  - {people: [li, nobody, li]}
  - {people: [li, li, wu]}
together:
  - {person: wu, with: [li, wu, x]}
wishes:
  - {person: x, on: 2026-12-07, days: [mon], post: gate, shift: N}
  - {person: li, on: 2026-12-09, unwanted: true}
"""


def test_a_duty_roster_is_solved_written_and_passes_the_check(tmp_path):
    out = tmp_path / "out.json"

    solved = _roster("solve", EXAMPLE, "--out", out)
    checked = _roster("check", EXAMPLE, out)

    answer = json.loads(out.read_text(encoding="utf-8"))
    assert (0, 0) == (solved.exit_code, checked.exit_code), solved.output + checked.output
    assert ("optimal", 0, 0) == (answer["status"], answer["objective"], answer["bound"])
    assert answer["roster"]["li-na"][1] is None
    cells = [row[0] for row in answer["roster"].values() if row[0]]
    assert 2 == cells.count({"shift": "N", "post": "control-room"})
    assert [] == answer["violations"]
    assert "0 place(s) empty, 0 violation(s).\n" == checked.stdout
    assert answer["peak_mb"] > 0
    assert sorted(answer["trace"], key=lambda entry: entry[0]) == answer["trace"]
    assert [0, 0] == answer["trace"][-1][1:]


def test_settled_cells_that_break_a_rule_are_no_roster(clash):
    solved = _roster("solve", clash, "--steps", 100, "--json")

    answer = json.loads(solved.stdout)
    assert 1 == solved.exit_code
    assert "infeasible" == answer["status"]


def test_a_cell_moved_by_hand_fails_the_check(tmp_path):
    out = tmp_path / "out.json"
    _roster("solve", EXAMPLE, "--steps", 100, "--out", out)
    answer = json.loads(out.read_text(encoding="utf-8"))
    answer["roster"]["zhou-tao"][3] = {"shift": "N", "post": "control-room"}
    out.write_text(json.dumps(answer), encoding="utf-8")

    checked = _roster("check", EXAMPLE, out, "--json")

    codes = {one["code"] for one in json.loads(checked.stdout)["violations"]}
    assert 1 == checked.exit_code
    assert "no-qualification" in codes


def test_what_cannot_be_filled_is_explained_with_what_would_help(short_of_one):
    told = _roster("explain", short_of_one, language="zh")
    data = json.loads(_roster("explain", short_of_one, "--json").stdout)

    assert 1 == told.exit_code, told.output
    assert "消防控制室" in told.stdout
    assert "取得“消防设施操作员证”" in told.stdout
    assert "gaps" == data["status"]
    assert data["uncovered"]
    assert all(one["proved"] and 3 <= len(one["repairs"]) for one in data["findings"])


def test_settled_cells_that_break_a_rule_are_explained_with_ways_out(clash):
    told = _roster("explain", clash)
    data = json.loads(_roster("explain", clash, "--json").stdout)

    assert 1 == told.exit_code, told.output
    assert "Li Na: at least 11 h of rest between shifts" in told.stdout
    assert "nothing contradicts" in told.stdout
    assert "infeasible" == data["status"]
    assert 3 <= len(data["findings"][0]["repairs"])


def test_a_cell_is_explained_with_who_else_could(tmp_path):
    out = tmp_path / "out.json"
    _roster("solve", EXAMPLE, "--steps", 100, "--out", out)
    row = json.loads(out.read_text(encoding="utf-8"))["roster"]["zhang-wei"]
    number = next(place for place, cell in enumerate(row) if cell)
    day = f"2026-12-{7 + number:02}"

    told = _roster("explain", EXAMPLE, "--answer", out, "--person", "zhang-wei", "--day", day)
    refused = _roster("explain", EXAMPLE, "--person", "nobody", "--day", day)

    assert 0 == told.exit_code, told.output
    assert "Zhang Wei: " in told.stdout
    assert "Without Zhang Wei" in told.stdout
    assert "Wu Gang" in told.stdout
    assert 2 == refused.exit_code
    assert "--person" in refused.stderr


def test_settled_cells_that_break_a_rule_are_named_as_a_clash(clash):
    told = _roster("solve", clash)

    assert 1 == told.exit_code
    assert "Settled shifts break hard rules" in told.stdout
    assert "Li Na" in told.stdout


def test_every_fault_of_a_duty_roster_is_told_with_its_line(tmp_path):
    file = tmp_path / "faulty.yaml"
    file.write_text(FAULTY, encoding="utf-8")

    refused = _roster("solve", file, "--json")

    faults = [(one["line"], one["field"]) for one in json.loads(refused.stdout)["faults"]]
    assert 2 == refused.exit_code
    assert [
        (3, "until"),
        (4, "time_zone"),
        (8, "posts.0.qualifications.0"),
        (11, "posts.0.shifts.1.code"),
        (15, "pins.0.on"),
        (15, "pins.0.person"),
        (15, "pins.0.shift"),
        (17, "history.0"),
        (17, "history.0.on"),
    ] == faults


def test_every_fault_of_bonds_wishes_and_figures_is_told_with_its_line(tmp_path):
    file = tmp_path / "faulty.yaml"
    file.write_text(BADLY_BOUND, encoding="utf-8")

    refused = _roster("solve", file, "--json")

    faults = [(one["line"], one["field"]) for one in json.loads(refused.stdout)["faults"]]
    assert 2 == refused.exit_code
    assert [
        (8, "posts.0.shifts.0.preferred"),
        (9, "posts.0.shifts.1.maximum"),
        (11, "people.0.overtime"),
        (14, "apart.0.people"),
        (14, "apart.0.people"),
        (15, "apart.1.people"),
        (17, "together.0.with"),
        (17, "together.0.with"),
        (19, "wishes.0"),
        (19, "wishes.0.person"),
        (19, "wishes.0.shift"),
        (20, "wishes.1.on"),
        (20, "wishes.1.unwanted"),
    ] == faults


def test_bonds_wishes_and_overtime_of_a_file_are_solved_checked_and_told(tmp_path):
    file, out = tmp_path / "bound.yaml", tmp_path / "out.json"
    file.write_text(BOUND, encoding="utf-8")

    solved = _roster("solve", file, "--out", out, "--steps", "60")
    answer = json.loads(out.read_text(encoding="utf-8"))
    stands = [row[0] is not None for row in answer["roster"].values()]
    answer["roster"]["new"][0] = {"post": "gate", "shift": "D"}
    answer["roster"]["li"][0] = answer["roster"]["wu"][0] = None
    out.write_text(json.dumps(answer), encoding="utf-8")
    checked = _roster("check", file, out, "--json")

    assert 0 == solved.exit_code, solved.output
    assert [True, True, True] == stands
    assert (0, 6.0, 0) == (
        answer["preferred_missing"],
        answer["overtime_hours"],
        len(answer["wishes_unmet"]),
    )
    codes = {one["code"] for one in json.loads(checked.stdout)["violations"]}
    assert {"not-with", "wrong-uncovered"} == codes


FIGURES = """\
SECTION_HORIZON
7
SECTION_SHIFTS
D,480,
SECTION_STAFF
A,D=7,2400,1440,5,1,1,1
SECTION_COVER
0,D,{need},100,1
"""


@pytest.mark.parametrize(("need", "status", "code"), [(1, "covered", 0), (2, "gaps", 1)])
def test_problems_of_figures_are_explained_as_well(tmp_path, need, status, code):
    file = tmp_path / "week.txt"
    file.write_text(FIGURES.format(need=need), encoding="utf-8")

    told = _roster("explain", file)
    data = _roster("explain", file, "--json")

    assert (code, code) == (told.exit_code, data.exit_code), told.output
    assert status == json.loads(data.stdout)["status"]
    words = "Every place can be filled" if code == 0 else "add 1 who can work every shift"
    assert words in told.stdout


def test_an_employee_whose_rules_contradict_each_other_is_explained(tmp_path):
    file = tmp_path / "week.txt"
    text = FIGURES.format(need=1).replace("2400,1440", "2400,2880")
    file.write_text(text, encoding="utf-8")

    told = _roster("explain", file)
    refused = _roster("explain", file, "--person", "A", "--day", "2026-12-07")

    assert 1 == told.exit_code
    assert "instead of at least 2880 minutes: at least 2400 minutes" in told.stdout
    assert 2 == refused.exit_code
    assert "A duty roster alone has these." in refused.stderr
