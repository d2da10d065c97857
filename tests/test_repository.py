"""What must be true of the repository as a whole."""

import re
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from web.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]


def _tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [ROOT / line for line in listing.stdout.splitlines()]


def _commands(group: click.Group, path: tuple[str, ...] = ()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


def test_every_dependency_is_pinned_by_name_and_version_only():
    lines = (ROOT / "constraints.txt").read_text().splitlines()

    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+]+", line)] == []


def test_no_file_names_a_folder_of_one_machine():
    # Spelt in two halves, or this file would name them too.
    forbidden = [f"/{'work'}/", f"/{'root'}/", "../" + "shared/regulations"]
    texts = [path for path in _tracked() if path.suffix in {".py", ".md", ".yaml", ".toml", ".txt"}]

    assert [
        (path.name, word) for path in texts for word in forbidden if word in path.read_text("utf-8")
    ] == []


def test_every_command_is_named_in_one_place():
    assert {path[0] for path, _ in _commands(main)} == set(COMMANDS)


@pytest.mark.parametrize(("path", "command"), list(_commands(main)))
def test_every_command_has_help_with_an_example(path, command):
    answer = CliRunner().invoke(main, [*path, "--help"])

    assert answer.exit_code == 0
    if not isinstance(command, click.Group):
        assert command.example.startswith(f"xunjian {' '.join(path)}")
        assert command.example in answer.output
