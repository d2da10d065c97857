"""What a roster file may get wrong: one clear error each, with its line and what to do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

DUTY = (Path(__file__).parents[3] / "examples" / "rosters" / "control-room.yaml").read_text(
    encoding="utf-8"
)
FIGURES = """\
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
3,L,2,100,1
"""
ORGANISATION = "id: mall\nsites:\n  - id: store\n"
WRONG = {
    "duty roster, unknown shift": (
        DUTY.replace("pins:\n", "pins:\n  - {person: li-na, on: 2026-12-09, post: control-room, "
                     "shift: X}\n"),
        "- {person: li-na, on: 2026-12-09", "pins.0.shift", "control-room/X", "control-room/D",
    ),
    "duty roster, negative demand": (
        DUTY.replace("minimum: 2", "minimum: -2", 1), "minimum: -2", "minimum", "at least 0", "",
    ),
    "duty roster, a qualification nobody holds": (
        DUTY.replace("qualifications: [fire-facility-operator]", "qualifications: [diver]", 1),
        "[diver]", "posts.0.qualifications.0", "diver", "fire-facility-operator",
    ),
    "figures, unknown shift": (
        FIGURES.replace("3,L,2", "3,X,2"), "3,X,2", "shift", "X", "E, L",
    ),
    "figures, unknown shift after another": (
        FIGURES.replace("L,480,E", "L,480,X"), "L,480,X", "may-not-follow", "X", "E, L",
    ),
    "figures, negative demand": (
        FIGURES.replace("0,E,1,", "0,E,-1,"), "0,E,-1,", "need", "-1", "0",
    ),
    "figures, a shift that nobody is said to work": (
        FIGURES.replace("A,E=7|L=7", "A,E=7|N=7"), "A,E=7|N=7", "shift-max", "N", "E, L",
    ),
    "a file of another kind": (ORGANISATION, "id: mall", "", "", "kind: duty-roster"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["solve", "explain", "check"])
@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_one_error_with_its_line_and_a_remedy(tmp_path, case, command):
    text, line, field, named, remedy = WRONG[case]
    file = tmp_path / "roster"
    file.write_text(text, encoding="utf-8")
    answer = [file] if command == "check" else []

    refused = CliRunner().invoke(
        main,
        ["roster", command, *map(str, [file, *answer]), "--json"],
        env={"XUNJIAN_LANG": "en"},
    )

    assert 2 == refused.exit_code, refused.output
    (fault,) = json.loads(refused.stdout)["faults"]
    lines = text.splitlines()
    assert line in lines[fault["line"] - 1]
    assert field in fault["field"]
    assert named in fault["message"]
    assert fault["remedy"]
    assert remedy in fault["remedy"]


def test_a_file_that_is_not_there_or_no_text_is_told_as_such(tmp_path):
    picture = tmp_path / "roster.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")

    missing, binary = (
        CliRunner().invoke(main, ["roster", "explain", str(one)], env={"XUNJIAN_LANG": "en"})
        for one in (tmp_path / "none.yaml", picture)
    )

    assert (2, 2) == (missing.exit_code, binary.exit_code)
    assert "cannot be read" in missing.stderr
    assert "not UTF-8 text" in binary.stderr
