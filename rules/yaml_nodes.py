"""YAML nodes as plain data: no tags, no anchors, no key twice, each field with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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


def is_too_deep(text: str) -> bool:
    """
    Return whether *text* nests more than 100 levels; composing such a text would end the process.

    Raises:
        YAMLError: If the text is not YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=CoreLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


@dataclass
class Reading:
    """What grows while the nodes are read."""

    file: str
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def refuse(self, node: yaml.Node, location: Location, message: Text, remedy: Text) -> None:
        """Note a fault at *location*."""
        path = ".".join(str(part) for part in location)
        self.faults.append(Fault(self.file, _line(node), path, message, remedy))


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
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, location, reading))
    if isinstance(node, yaml.SequenceNode):
        return [
            plain_value(item, (*location, index), reading) for index, item in enumerate(node.value)
        ]
    return _scalar(node, location, reading)


def _pairs(
    node: yaml.MappingNode, location: Location, reading: Reading
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
        yield key, plain_value(value_node, here, reading)


def _scalar(node: yaml.Node, location: Location, reading: Reading) -> Any:
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
