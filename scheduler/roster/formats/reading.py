"""Reads a rostering problem from a file, whatever its format."""

from pathlib import Path
from typing import NoReturn

from rules.faults import Fault, InputInvalid
from rules.text import Text
from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.formats.curtois_qu import is_curtois_qu, read_curtois_qu

# A year of 150 people is a megabyte.
_MOST_BYTES = 50_000_000


def read_problem(path: Path) -> CoreProblem:
    """
    Return the problem that the file holds.

    Raises:
        InputInvalid: The file cannot be read or used; lists every fault found.
    """
    text = read_text(path)
    if not is_curtois_qu(text):
        _refuse_kind(path)
    return read_curtois_qu(path, text)


def read_text(path: Path) -> str:
    """
    Return the content of a text file.

    Raises:
        InputInvalid: It is missing, far too large, or not text.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            message = Text(zh="文件太大。", en="The file is too large.")
            _refuse(path, message, Text(zh="最大 50 MB。", en="At most 50 MB."))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        message = Text(zh="不是 UTF-8 文本。", en="This is not UTF-8 text.")
        _refuse(path, message, Text(zh="请另存为 UTF-8。", en="Save it as UTF-8."))
    except OSError as error:
        message = Text(zh="无法读取文件。", en="The file cannot be read.")
        reason = error.strerror or type(error).__name__
        remedy = Text(zh=f"请检查路径（{reason}）。", en=f"Check the path ({reason}).")
        _refuse(path, message, remedy)


def _refuse_kind(path: Path) -> NoReturn:
    _refuse(
        path,
        Text(zh="不是排班问题文件。", en="This is not a file of a rostering problem."),
        Text(
            zh="请提供含 kind: duty-roster 的 YAML，或含 SECTION_HORIZON 的文本文件。",
            en="Give YAML with kind: duty-roster, or a text file with a SECTION_HORIZON.",
        ),
    )


def _refuse(path: Path, message: Text, remedy: Text) -> NoReturn:
    raise InputInvalid([Fault(str(path), 1, "", message, remedy)])
