"""Reading a YAML file that somebody wrote: plain data, and the line on which each field stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rules.faults import Fault, InputInvalid
from rules.text import Text
from rules.yaml_nodes import TOO_DEEP, CoreLoader, Location, Reading, is_too_deep, plain_value

__all__ = ["ANY_SIZE", "PACK_SIZE", "Document", "Location", "Size", "document_of", "read_document"]


@dataclass(frozen=True)
class Size:
    """
    How large a file may be, so that no file keeps a reader busy for long.

    Attributes:
        bytes: Of the whole file.
        entries: Of one list or mapping; any number where nothing is said.
    """

    bytes: int
    entries: int | None = None


ANY_SIZE = Size(5_000_000)
# The largest built-in pack has less than a third of it.
PACK_SIZE = Size(300_000, entries=2_000)


@dataclass(frozen=True)
class Document:
    """
    The plain data of a file with the line of every field.

    Attributes:
        file: The file as the user named it.
        lines: Location (keys and indexes from the top) to line, from 1.
        text: What was read.
        faults: What is no such YAML as files here are written in; where that is asked for.
        refused: Where a value was not taken, so that nothing stands there.
    """

    file: str
    data: Any
    lines: Mapping[Location, int]
    text: str = ""
    faults: tuple[Fault, ...] = ()
    refused: tuple[Location, ...] = ()

    def holds(self, location: Location) -> bool:
        """Return whether *location* is written in the file."""
        return location in self.lines

    def line(self, location: Location) -> int:
        """Return the line of the innermost part of *location* that is written in the file."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def fault(self, location: Location, message: Text, remedy: Text) -> Fault:
        """Return a fault at *location*."""
        path = ".".join(str(part) for part in location)
        return Fault(self.file, self.line(location), path, message, remedy)


def read_document(path: Path, size: Size = ANY_SIZE, *, tolerant: bool = False) -> Document:
    """
    Read a YAML file safely: no tags, no anchors, no key twice, no larger than *size*.

    Where *tolerant*, faults of single values are kept in the document, so that what is wrong
    elsewhere can be told at the same time.

    Raises:
        InputInvalid: If the file is missing, too large, not UTF-8 or not such YAML.
    """
    return document_of(_text(path, size), file=str(path), size=size, tolerant=tolerant)


def document_of(text: str, *, file: str, size: Size = ANY_SIZE, tolerant: bool = False) -> Document:
    """
    Read the YAML *text* of the file named *file*.

    Raises:
        InputInvalid: If the text is not YAML as `read_document` takes it.
    """
    reading = Reading(file, entries=size.entries)
    try:
        if len(text) > size.bytes:
            raise InputInvalid([_too_large(file, len(text.encode()), size)])
        if is_too_deep(text):
            raise InputInvalid([Fault(file, 1, "", *TOO_DEEP)])
        node = CoreLoader(text).get_single_node()
    except yaml.YAMLError as error:
        raise InputInvalid([_syntax_fault(file, error)]) from error
    if node is None:
        raise InputInvalid([_whole(file, "文件是空的。", "The file is empty.", *_WRITE_YAML)])
    data = plain_value(node, (), reading)
    if reading.faults and not tolerant:
        raise InputInvalid(reading.faults)
    faults, refused = tuple(reading.faults), tuple(reading.refused)
    return Document(file, data, reading.lines, text, faults, refused)


_WRITE_YAML = ("请按说明文档填写。", "Write it as the reference describes.")


def _text(path: Path, limit: Size) -> str:
    file = str(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputInvalid(
                [
                    _whole(
                        file,
                        "这是一个文件夹，不是文件。",
                        "This is a folder, not a file.",
                        "请给出一个 YAML 文件。",
                        "Name a YAML file.",
                    )
                ]
            )
        if size > limit.bytes:
            raise InputInvalid([_too_large(file, size, limit)])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = Text(zh="文件不是 UTF-8 文本。", en="The file is not UTF-8 text.")
        remedy = Text(zh="请另存为 UTF-8 编码的 YAML 文件。", en="Save it as YAML in UTF-8.")
        raise InputInvalid([Fault(file, line, "", message, remedy)]) from error
    except OSError as error:
        raise InputInvalid(
            [
                _whole(
                    file,
                    "找不到或打不开这个文件。",
                    f"The file cannot be opened ({error.strerror}).",
                    "请检查路径和权限。",
                    "Check the path and its permissions.",
                )
            ]
        ) from error


def _syntax_fault(file: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = int(mark.line) + 1 if mark else 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    message = Text(zh=f"不是有效的 YAML：{problem}。", en=f"This is not valid YAML: {problem}.")
    remedy = Text(
        zh="请检查该行及上一行的缩进、冒号和引号。",
        en="Check indentation, colons and quotes on this line and the one before.",
    )
    return Fault(file, line, "", message, remedy)


def _whole(file: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Fault:
    return Fault(file, 1, "", Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en))


def _too_large(file: str, size: int, limit: Size) -> Fault:
    most = f"{limit.bytes / 1e6:g}"
    return _whole(
        file,
        f"文件有 {size / 1e6:.1f} MB，超过 {most} MB。",
        f"The file has {size / 1e6:.1f} MB, more than {most} MB.",
        "请拆成几个文件。",
        "Split it into several files.",
    )
