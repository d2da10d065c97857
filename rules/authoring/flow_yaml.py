"""Plain data written as one line of YAML, in the scalars that packs are read with."""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from rules.yaml_nodes import CoreLoader

# What may stand without quotes inside braces: no indicator, no colon, no comment, no edge space.
_PLAIN = re.compile(
    r"[\w$.~（）()《》〈〉“”、，。；：/+%·–—-]+(?: [\w$.~（）()《》“”、，。；：/+%·–—-]+)*"
)
_RESOLVER = CoreLoader("")


def flow(value: Any) -> str:
    """Return *value* (mappings, lists, texts, numbers, true, false, nothing) as flow YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return one value as YAML reads it back: a text that looks like a number gets quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value)
    return text if _is_plain(text) else json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or text[0] in "-?%~":
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    return bool(tag == "tag:yaml.org,2002:str")
