import json
import sqlite3
from contextlib import closing

import click
import pytest
from click.testing import CliRunner

from inspections.database import open_database
from web.cli import main

KINDERGARTEN = "examples/kindergarten.yaml"


def _every_command(group=main, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _every_command(command, (*path, name))


def _call(*arguments, language="en"):
    return CliRunner().invoke(main, [*map(str, arguments)], env={"XUNJIAN_LANG": language})


@pytest.mark.parametrize(("path", "command"), list(_every_command()))
def test_help_is_in_the_language_asked_for(path, command):
    chinese, english = (_call(*path, "--help", language=each).stdout for each in ("zh-CN", "en"))

    assert chinese.startswith("用法：xunjian")
    assert command.text.zh[:12] in chinese
    assert "选项" in chinese
    assert "Show this message" not in chinese
    assert english.startswith("Usage: xunjian")
    assert " ".join(command.text.en.split()[:6]) in " ".join(english.split())
    assert english.isascii()


def test_help_in_chinese_keeps_within_eighty_columns():
    lines = _call("rules", "check", "--help", language="zh-CN").stdout.splitlines()

    widths = [sum(1 if each.isascii() else 2 for each in line) for line in lines]
    assert max(widths) <= 80


@pytest.mark.parametrize(
    ("arguments", "field", "english", "chinese"),
    [
        (("bogus",), "", "There is no command bogus.", "没有命令 bogus。"),
        (
            ("expand", "x.yaml", "--bogus"),
            "--bogus",
            "There is no option --bogus.",
            "没有选项 --bogus。",
        ),
        (("expand",), "organisation_file", "It is missing.", "缺少这一项。"),
        (
            ("plan", "--days", "0"),
            "--days",
            "0 is not in the range 1<=x<=366.",
            "0 不在范围 1<=x<=366 内。",
        ),
        (("plan", "--days", "x"), "--days", "'x' is not a valid integer range.", "x 不是整数。"),
        (
            ("rules", "derive", "x", "--engine", "y"),
            "--engine",
            "'y' is not one of 'durable', 'python'.",
            "y 不是以下之一：'durable', 'python'。",
        ),
    ],
)
def test_a_wrong_command_line_is_told_like_any_fault(arguments, field, english, chinese):
    as_json = _call(*arguments, "--json")
    as_text = _call(*arguments, language="zh-CN")

    (fault,) = json.loads(as_json.stdout)["faults"]
    assert (2, 2) == (as_json.exit_code, as_text.exit_code)
    assert (field, english) == (fault["field"], fault["message"])
    assert fault["remedy"]
    assert chinese in as_text.stderr


def test_a_database_that_is_none_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "notes.db"
    file.write_bytes(b"not a database at all, and longer than its header" * 40)

    wrong_url = _call("plan", "--database", "nonsense")
    wrong_file = _call("import", KINDERGARTEN, "--database", f"sqlite:///{file}")

    assert (2, 2) == (wrong_url.exit_code, wrong_file.exit_code)
    assert "--database: The record cannot be opened" in wrong_url.stderr
    assert "not a database" in wrong_file.stderr
    assert file.read_bytes().startswith(b"not a database")


def test_a_record_of_a_newer_version_is_refused_with_what_to_do(tmp_path):
    file = tmp_path / "record.db"
    open_database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as record:
        record.execute("UPDATE alembic_version SET version_num = '9999'")
        record.commit()

    refused = _call("plan", "--database", f"sqlite:///{file}")

    assert 2 == refused.exit_code
    assert "a newer version of Xunjian has upgraded it" in refused.stderr


def test_a_command_that_waits_too_long_for_another_writer_says_so(tmp_path):
    file = tmp_path / "record.db"
    open_database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = _call("import", KINDERGARTEN, "--database", f"sqlite:///{file}", "--json")

    (fault,) = json.loads(refused.stdout)["faults"]
    assert 2 == refused.exit_code
    assert "so nothing was saved this time" in fault["message"]
    assert "record-busy" in fault["remedy"]


def test_a_file_that_cannot_be_written_is_bad_input(tmp_path):
    database = f"sqlite:///{tmp_path / 'record.db'}"
    assert _call("import", KINDERGARTEN, "--database", database).exit_code == 0

    result = _call(
        "export", "--organisation", "kindergarten", "--out", tmp_path, "--database", database
    )

    assert 2 == result.exit_code
    assert "cannot be written" in result.stderr


def test_a_folder_without_packs_is_no_sound_set_of_packs(tmp_path):
    result = _call("rules", "check", tmp_path)

    assert 2 == result.exit_code
    assert "There is no rule pack in" in result.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "today"])
def test_a_day_outside_the_calendar_is_bad_input(day):
    result = _call("expand", KINDERGARTEN, "--from", day, "--to", "2026-12-31")

    assert 2 == result.exit_code
    assert f'--from: "{day}" is no date from 1900 to 2199.' in result.stderr
