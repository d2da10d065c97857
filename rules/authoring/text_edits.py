"""
Edits of one field that leave every other character of a YAML text as its author wrote it.

A library that reads and writes the whole text changes spacing, quotes and comments elsewhere; here
the new value takes the place of the old one between the marks that the parser gives.
"""

from collections.abc import Sequence
from typing import Any

import yaml

from rules.authoring.flow_yaml import flow, scalar
from rules.yaml_nodes import CoreLoader, Location


class NoSuchPlace(LookupError):
    """The text holds nothing at that location that could be changed so."""


def value_set(text: str, location: Location, value: Any) -> str:
    """
    Return *text* with *value* at *location*; what is missing on the way is added.

    Raises:
        NoSuchPlace: If the way leads through a list entry or scalar that is not there.
        YAMLError: If the text is not YAML.
    """
    node = _root(text)
    for depth, part in enumerate(location):
        child = _child(node, part)
        if child is None:
            for missing in reversed(location[depth + 1 :]):
                value = {missing: value}
            return _entry_added(text, node, part, value)
        if _is_nothing(child) and depth + 1 < len(location):
            for missing in reversed(location[depth + 1 :]):
                value = {missing: value}
            return _replaced(text, child, value)
        node = child
    return _replaced(text, node, value)


def item_added(text: str, location: Location, value: Any) -> str:
    """
    Return *text* with *value* as last entry of the list at *location*, which is added if missing.

    Raises:
        NoSuchPlace: If something else than a list stands there.
    """
    node = _at(_root(text), location)
    if node is None or _is_nothing(node):
        return value_set(text, location, [value])
    if not isinstance(node, yaml.SequenceNode):
        raise NoSuchPlace(f"There is no list at {location}.")
    if node.flow_style or not node.value:
        return _into_flow(text, node, flow(value))
    end = _line_end(text, _end(text, node))
    dash = " " * node.start_mark.column
    return f"{text[:end]}\n{dash}- {flow(value)}{text[end:]}"


def block_added(text: str, location: Location, block: str) -> str:
    """
    Return *text* with the lines of *block*, written at the left edge, as last entry of a list.

    Raises:
        NoSuchPlace: If there is no list in block style at *location*.
    """
    node = _at(_root(text), location)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise NoSuchPlace(f"There is no list at {location}.")
    end = _line_end(text, _end(text, node))
    dash = " " * node.start_mark.column
    lines = block.strip("\n").split("\n")
    indented = [f"{dash}- {lines[0]}", *(f"{dash}  {line}" if line else "" for line in lines[1:])]
    return text[:end] + "\n\n" + "\n".join(indented) + text[end:]


def removed(text: str, location: Location) -> str:
    """
    Return *text* without the field or list entry at *location*; unchanged where there is none.

    A list or mapping that loses its last entry becomes `[]` or `{}`.
    """
    parent = _at(_root(text), location[:-1])
    entries = _entries(parent)
    index = next((i for i, (key, _, _) in enumerate(entries) if key == location[-1]), None)
    if parent is None or index is None:
        return text
    if len(entries) == 1:
        return _replaced(text, parent, [] if isinstance(parent, yaml.SequenceNode) else {})
    _, start, node = entries[index]
    if _is_flow(parent):
        if index + 1 < len(entries):
            return text[:start] + text[entries[index + 1][1] :]
        return text[: _end(text, entries[index - 1][2])] + text[_end(text, node) :]
    return _without_lines(text, start, _end(text, node))


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _root(text: str) -> yaml.Node:
    node: yaml.Node | None = CoreLoader(text).get_single_node()
    if node is None:
        raise NoSuchPlace("The text is empty.")
    return node


def _at(node: yaml.Node | None, location: Location) -> yaml.Node | None:
    for part in location:
        node = _child(node, part) if node is not None else None
    return node


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    return next((value for key, _, value in _entries(node) if key == part), None)


def _entries(node: yaml.Node | None) -> Sequence[tuple[str | int, int, yaml.Node]]:
    """Return key or index, where the entry starts, and its value."""
    if isinstance(node, yaml.MappingNode):
        return [(str(key.value), key.start_mark.index, value) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [(index, item.start_mark.index, item) for index, item in enumerate(node.value)]
    return []


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _end(text: str, node: yaml.Node) -> int:
    """Return where the node's last character ends; comments after a block are not its own."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found


def _replaced(text: str, node: yaml.Node, value: Any) -> str:
    start, end = int(node.start_mark.index), _end(text, node)
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)
    before = text[:start]
    if is_block and before.rstrip(" \n").endswith(":"):
        # The block began on its own line; the one-line value follows its key.
        before = before.rstrip(" \n")
    written = flow(value)
    if before.endswith(":"):
        written = " " + written
    return before + written + text[end:]


def _entry_added(text: str, parent: yaml.Node, key: str | int, value: Any) -> str:
    if not isinstance(parent, yaml.MappingNode) or not isinstance(key, str):
        raise NoSuchPlace(f"There is nothing at {key}.")
    written = f"{scalar(key)}: {flow(value)}"
    if parent.flow_style or not parent.value:
        return _into_flow(text, parent, written)
    end = _line_end(text, _end(text, parent))
    indent = " " * parent.value[0][0].start_mark.column
    return f"{text[:end]}\n{indent}{written}{text[end:]}"


def _into_flow(text: str, node: yaml.CollectionNode, written: str) -> str:
    close = int(node.end_mark.index) - 1
    if node.value:
        last = _end(text, _entries(node)[-1][2])
        return f"{text[:last]}, {written}{text[last:]}"
    return f"{text[:close]}{written}{text[close:]}"


def _without_lines(text: str, start: int, end: int) -> str:
    """Drop the lines from the one *start* stands on; an entry that begins a list item keeps it."""
    line = text.rfind("\n", 0, start) + 1
    lead = text[line:start]
    until = _line_end(text, end)
    if lead.strip() in {"", "-"} and not (lead.strip() == "-" and _is_key(text, end, lead)):
        before, after = text[:line], text[until + 1 :]
        # Of the empty lines on both sides, those before go with what is removed.
        while before.endswith("\n\n") and (not after or after.startswith("\n")):
            before = before[:-1]
        return before + after
    following = text[until + 1 :].lstrip(" ")
    return text[:start] + following


def _is_key(text: str, end: int, lead: str) -> bool:
    """Return whether the lines after *end* belong to the same list item as the entry removed."""
    after = text[_line_end(text, end) + 1 :].split("\n", 1)[0]
    return bool(after.strip()) and len(after) - len(after.lstrip(" ")) == len(lead)
