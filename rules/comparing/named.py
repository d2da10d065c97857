"""The codes in the fields of rules by their names, as the pages of rules say them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from rules.domain_names import domain_name
from rules.reaction_words import EVENT_KIND_NAMES
from rules.rule_names import (
    EXCLUDED_NAMES,
    KIND_NAMES,
    LAYER_NAMES,
    SEVERITY_NAMES,
    STRENGTH_NAMES,
    TARGET_NAMES,
)
from rules.text import Text
from rules.value_words import value_text


def _by(names: Mapping[Any, Text]) -> Callable[[str], Text]:
    return lambda code: names.get(code) or Text(zh=code, en=code)


_NAMES: Mapping[str, Callable[[str], Text]] = {
    "domain": domain_name,
    "excludes": _by(EXCLUDED_NAMES),
    "kind": _by(KIND_NAMES),
    "layer": _by(LAYER_NAMES),
    "on": _by(EVENT_KIND_NAMES),
    "qualifications": partial(value_text, "person.qualifications"),
    "roles": partial(value_text, "person.roles"),
    "severity": _by(SEVERITY_NAMES),
    "strength": _by(STRENGTH_NAMES),
    "target": _by(TARGET_NAMES),
}


def naming(field: str) -> Callable[[str], Text] | None:
    """Return what names the codes of *field*; nothing for fields that hold no codes."""
    return _NAMES.get(field)
