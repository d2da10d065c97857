"""YAML nodes as plain data: no tags, no anchors, no key twice, each field with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import yaml

from rules.faults import Fault
from rules.text import Text

Location = tuple[str | int, ...]

# The loader in C reads ten times faster; both give the same nodes.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreLoader(_Base):  # type: ignore[misc]
    """
    The scalars of YAML 1.2 only.

    YAML 1.1 would read `22:00` as 1320, `on` as true and `NO` as false. Dates stay texts here; the
    model that takes them says whether they exist.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:
        """Return the tag of a node: what the library does, without its paths, in a third of it."""
        if kind is yaml.ScalarNode:
            if implicit[0]:
                for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                    if pattern.match(value):
                        return tag
            return "tag:yaml.org,2002:str"
        return "tag:yaml.org,2002:" + ("map" if kind is yaml.MappingNode else "seq")

    def descend_resolver(self, _node: Any, _index: Any) -> None:
        """Follow no paths: no tag hangs on one."""

    def ascend_resolver(self) -> None:
        """Follow no paths: no tag hangs on one."""


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
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


MAX_DEPTH = 100
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
TOO_DEEP = (
    Text(zh="层级太深。", en="It is nested too deeply."),
    Text(zh="请按说明文档填写。", en="Write it as the reference describes."),
)
# They turn what follows round on the screen, so that a reviewer reads another text.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# So many levels the parser in C takes without harm; what lies below it is counted node by node.
_HARMLESS_DEPTH = 2_000
_LEAD = re.compile(r"^[ \t?:-]*", re.MULTILINE)


def is_too_deep(text: str) -> bool:
    """
    Return whether *text* nests more than 100 levels; composing such a text would end the process.

    Raises:
        YAMLError: If the text is not YAML.
    """
    if _most_levels(text) <= _HARMLESS_DEPTH:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=CoreLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


def _most_levels(text: str) -> int:
    """
    Return a depth that *text* does not exceed: its longest indentation, and brackets left open.

    Brackets closed on their own line are taken as closed only where nothing on it is quoted or
    commented, so that none is closed that is only written about.
    """
    left_open = deepest = 0
    for line in text.split("\n"):
        opened = line.count("[") + line.count("{")
        if opened:
            deepest = max(deepest, left_open + opened)
            doubtful = '"' in line or "'" in line or "#" in line
            closed = 0 if doubtful else line.count("]") + line.count("}")
            left_open += max(0, opened - closed)
    return deepest + max(len(each) for each in _LEAD.findall(text))


@dataclass
class Reading:
    """
    What grows while the nodes are read.

    Attributes:
        entries: How many entries one list or mapping may have; any number where nothing is said.
        refused: Where a value stood that was not taken; nothing stands there now.
    """

    file: str
    entries: int | None = None
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: list[Location] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def note(self, node: yaml.Node, location: Location, message: Text, remedy: Text) -> None:
        """Note a fault at *location*, whose value stands."""
        path = ".".join(str(part) for part in location)
        self.faults.append(Fault(self.file, _line(node), path, message, remedy))

    def refuse(self, node: yaml.Node, location: Location, message: Text, remedy: Text) -> None:
        """Note a fault at *location*, whose value is not taken."""
        self.note(node, location, message, remedy)
        self.refused.append(location)


def plain_value(node: yaml.Node, location: Location, reading: Reading) -> Any:
    """Return the data of *node*, noting lines and faults in *reading*."""
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
    if len(location) > MAX_DEPTH:
        reading.refuse(node, location, *TOO_DEEP)
        return None
    if isinstance(node, yaml.CollectionNode) and not _is_taken(node, location, reading):
        return None
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, location, reading))
    if isinstance(node, yaml.SequenceNode):
        return [
            plain_value(item, (*location, index), reading) for index, item in enumerate(node.value)
        ]
    return _scalar(node, location, reading)


def _is_taken(node: yaml.CollectionNode, location: Location, reading: Reading) -> bool:
    """Return whether a list or mapping is plain and of a size that somebody may have written."""
    if reading.entries is not None and len(node.value) > reading.entries:
        message = Text(
            zh=f"有 {len(node.value)} 项，超过 {reading.entries} 项。",
            en=f"It has {len(node.value)} entries, more than {reading.entries}.",
        )
        remedy = Text(zh="请拆成几个文件。", en="Split it into several files.")
    elif node.tag not in _PLAIN_TAGS:
        message = Text(zh="不接受 YAML 标签（!）。", en="YAML tags (!) are not taken.")
        remedy = Text(zh="请删去标签。", en="Remove the tag.")
    else:
        return True
    reading.refuse(node, location, message, remedy)
    return False


def _pairs(
    node: yaml.MappingNode, location: Location, reading: Reading
) -> Iterator[tuple[str, Any]]:
    keys: set[str] = set()
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            message = Text(zh="字段名须是文字。", en="A field name must be a word.")
            reading.note(key_node, location, message, Text(zh="请改为文字。", en="Write a word."))
            continue
        key = str(key_node.value)
        here = (*location, key)
        if key in keys:
            message = Text(zh=f"字段 {key} 写了两次。", en=f"The field {key} is written twice.")
            reading.note(key_node, here, message, Text(zh="请只留一个。", en="Keep one of them."))
            continue
        keys.add(key)
        reading.lines[here] = _line(key_node)
        yield key, plain_value(value_node, here, reading)


def _scalar(node: yaml.Node, location: Location, reading: Reading) -> Any:
    text = str(node.value)
    match node.tag.removeprefix("tag:yaml.org,2002:"):
        case "str" if _TURNING.isdisjoint(text):
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if len(text) <= 18:
            return int(text)
        case "int" | "float" if len(text) <= 32 and isfinite(float(text)):
            return float(text)
    shown = ascii(text[:40]) if not text.isprintable() else text[:40]
    message = Text(zh=f"不接受这个值：{shown}。", en=f"This value is not taken: {shown}.")
    remedy = Text(
        zh="请写普通的数字或文字，不要用 YAML 标签。",
        en="Write a plain number or text, without a YAML tag.",
    )
    reading.refuse(node, location, message, remedy)
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
