"""Reading a YAML file that somebody wrote: plain data, and the line on which each field stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rules.faults import Fault, InputInvalid
from rules.text import Text

MAX_BYTES = 5_000_000

Location = tuple[str | int, ...]

# The loader in C reads ten times faster; both give the same nodes.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _CoreLoader(_Base):  # type: ignore[misc]
    """
    The scalars of YAML 1.2 only.

    YAML 1.1 would read `22:00` as 1320, `on` as true and `NO` as false. Dates stay texts here; the
    model that takes them says whether they exist.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_SCALARS = (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    (
        "float",
        r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$",
        list("-+.0123456789"),
    ),
)
for _tag, _pattern, _first in _SCALARS:
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


@dataclass(frozen=True)
class Document:
    """
    The plain data of a file with the line of every field.

    Attributes:
        file: The file as the user named it.
        lines: Location (keys and indexes from the top) to line, from 1.
        text: What was read.
    """

    file: str
    data: Any
    lines: Mapping[Location, int]
    text: str = ""

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


@dataclass
class _Reading:
    """What grows while the nodes are read."""

    file: str
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def refuse(self, node: yaml.Node, location: Location, message: Text, remedy: Text) -> None:
        path = ".".join(str(part) for part in location)
        self.faults.append(Fault(self.file, _line(node), path, message, remedy))


def read_document(path: Path) -> Document:
    """
    Read a YAML file safely: no tags, no anchors, no key twice, at most 5 MB.

    Raises:
        InputInvalid: If the file is missing, too large, not UTF-8 or not such YAML.
    """
    return document_of(_text(path), file=str(path))


def document_of(text: str, *, file: str) -> Document:
    """
    Read the YAML *text* of the file named *file*.

    Raises:
        InputInvalid: If the text is not YAML as `read_document` takes it.
    """
    reading = _Reading(file)
    try:
        node = _CoreLoader(text).get_single_node()
    except yaml.YAMLError as error:
        raise InputInvalid([_syntax_fault(file, error)]) from error
    except RecursionError as error:
        raise InputInvalid([_too_deep(file)]) from error
    if node is None:
        raise InputInvalid([_whole(file, "文件是空的。", "The file is empty.", *_WRITE_YAML)])
    data = _value(node, (), reading)
    if reading.faults:
        raise InputInvalid(reading.faults)
    return Document(file, data, reading.lines, text)


_WRITE_YAML = ("请按说明文档填写。", "Write it as the reference describes.")


def _text(path: Path) -> str:
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
        if size > MAX_BYTES:
            raise InputInvalid([_too_large(file, size)])
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


def _value(node: yaml.Node, location: Location, reading: _Reading) -> Any:
    reading.lines.setdefault(location, _line(node))
    if id(node) in reading.seen:
        message = Text(
            zh="不接受 YAML 锚点和引用（& 和 *）。",
            en="YAML anchors and aliases (& and *) are not taken.",
        )
        reading.refuse(
            node, location, message, Text(zh="请把内容完整写出。", en="Write the content out.")
        )
        return None
    reading.seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, location, reading))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*location, index), reading) for index, item in enumerate(node.value)]
    return _scalar(node, location, reading)


def _pairs(
    node: yaml.MappingNode, location: Location, reading: _Reading
) -> Iterator[tuple[str, Any]]:
    keys: set[str] = set()
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            message = Text(zh="字段名须是文字。", en="A field name must be a word.")
            reading.refuse(key_node, location, message, Text(zh="请改为文字。", en="Write a word."))
            continue
        key = str(key_node.value)
        here = (*location, key)
        if key in keys:
            message = Text(zh=f"字段 {key} 写了两次。", en=f"The field {key} is written twice.")
            reading.refuse(key_node, here, message, Text(zh="请只留一个。", en="Keep one of them."))
            continue
        keys.add(key)
        reading.lines[here] = _line(key_node)
        yield key, _value(value_node, here, reading)


def _scalar(node: yaml.Node, location: Location, reading: _Reading) -> Any:
    text = str(node.value)
    match node.tag.removeprefix("tag:yaml.org,2002:"):
        case "str":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if len(text) <= 18:
            return int(text)
        case "int" | "float" if len(text) <= 32:
            return float(text)
    message = Text(zh=f"不接受这个值：{text[:40]}。", en=f"This value is not taken: {text[:40]}.")
    remedy = Text(
        zh="请写普通的数字或文字，不要用 YAML 标签。",
        en="Write a plain number or text, without a YAML tag.",
    )
    reading.refuse(node, location, message, remedy)
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


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


def _too_large(file: str, size: int) -> Fault:
    limit = MAX_BYTES // 1_000_000
    return _whole(
        file,
        f"文件有 {size / 1e6:.1f} MB，超过 {limit} MB。",
        f"The file has {size / 1e6:.1f} MB, more than {limit} MB.",
        "请拆成几个文件。",
        "Split it into several files.",
    )


def _too_deep(file: str) -> Fault:
    return _whole(file, "层级太深。", "It is nested too deeply.", *_WRITE_YAML)
