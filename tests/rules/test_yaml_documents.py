"""Files as people write them: plain YAML and nothing else."""

from pathlib import Path

import pytest

from rules.loader import check_packs
from rules.yaml_document import read_document
from tests.rules.builders import written


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\nrules: []\n", "written twice"),
        ("a: &x [1]\nb: *x\nrules: []\n", "anchors and aliases"),
        ("a: !!python/object:os.system {}\nrules: []\n", "tags (!) are not taken"),
        ("rules: !danger x\n", "not taken"),
        ("", "empty"),
        ("- just\n- a list\n", "not a rule pack"),
        ("title: organisation\nsites: []\n", "not a rule pack"),
        ("a: [" * 3000, "nested too deeply"),
        ("[" * 200_000, "nested too deeply"),
        ("- " * 100_000 + "x", "nested too deeply"),
        ("x: \0\n", "not valid YAML"),
    ],
)
def test_yaml_that_is_no_plain_data_is_refused(tmp_path, text, problem):
    faults = check_packs([written(tmp_path, text)]).faults

    assert faults
    assert any(problem in fault.message.en for fault in faults)


def test_an_alias_bomb_is_refused_quickly(tmp_path):
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))

    faults = check_packs([written(tmp_path, "l0: &l0 [x]\n" + levels + "rules: []\n")]).faults

    assert "anchors" in {fault.message.en.split()[1] for fault in faults}


def test_a_huge_file_a_missing_file_and_a_binary_file_are_refused(tmp_path):
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"# \n" * 2_000_000)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"rules:\n  - \xff\xfe")

    faults = check_packs([huge, tmp_path / "missing.yaml", binary]).faults

    assert 3 == len(faults)
    assert {"binary.yaml": 2, "huge.yaml": 1, "missing.yaml": 1} == {
        Path(fault.file).name: fault.line for fault in faults
    }


def test_clock_times_switches_and_countries_are_read_as_written(tmp_path):
    text = "window: 22:00\non: 2026-01-01\ncountry: NO\nyes: no\nrules: [08, 1.5, true]\n"

    data = read_document(written(tmp_path, text)).data
    assert {
        "window": "22:00",
        "on": "2026-01-01",
        "country": "NO",
        "yes": "no",
        "rules": [8, 1.5, True],
    } == data
