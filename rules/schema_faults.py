"""What pydantic found wrong, told in both languages with line, field and remedy."""

from collections.abc import Callable
from typing import Any, Protocol

from pydantic import ValidationError

from rules.faults import Fault
from rules.text import Text
from rules.yaml_document import Location


class Located(Protocol):
    """Data of which every part is known to stand somewhere: in a YAML file, or in a sheet."""

    def holds(self, location: Location) -> bool:
        """Return whether *location* is present in the data."""

    def fault(self, location: Location, message: Text, remedy: Text) -> Fault:
        """Return a fault at *location*."""


_Detail = dict[str, Any]
_Wording = Callable[[_Detail], tuple[str, str]]

_MESSAGES: dict[str, _Wording] = {
    "missing": lambda _: ("缺少这个字段。", "This field is missing."),
    "extra_forbidden": lambda _: ("没有这个字段。", "There is no such field."),
    "literal_error": lambda d: (
        f"须是以下之一：{d['expected']}。",
        f"Must be one of {d['expected']}.",
    ),
    "greater_than_equal": lambda d: (f"不得小于 {d['ge']}。", f"Must be at least {d['ge']}."),
    "between": lambda d: (
        f"须在 {d['ge']} 至 {d['le']} 之间。",
        f"Must lie from {d['ge']} to {d['le']}.",
    ),
    "less_than_equal": lambda d: (f"不得大于 {d['le']}。", f"Must be at most {d['le']}."),
    "string_pattern_mismatch": lambda d: (
        f"写法须符合 {d['pattern']}（小写字母、数字、连字符）。",
        f"Must match {d['pattern']} (lower-case letters, digits, hyphens).",
    ),
    "string_too_short": lambda _: ("不能是空的。", "Must not be empty."),
    "string_too_long": lambda d: (
        f"最多 {d['max_length']} 个字符。",
        f"At most {d['max_length']} characters.",
    ),
    "too_short": lambda d: (
        f"至少要有 {d['min_length']} 项。",
        f"Needs at least {d['min_length']} entries.",
    ),
    "string_type": lambda _: ("须是文字。", "Must be a text."),
    "int_type": lambda _: ("须是整数。", "Must be a whole number."),
    "int_parsing": lambda _: ("须是整数。", "Must be a whole number."),
    "int_from_float": lambda _: ("须是整数。", "Must be a whole number."),
    "float_type": lambda _: ("须是数字。", "Must be a number."),
    "float_parsing": lambda _: ("须是数字。", "Must be a number."),
    "bool_type": lambda _: ("须是 true 或 false。", "Must be true or false."),
    "bool_parsing": lambda _: ("须是 true 或 false。", "Must be true or false."),
    "dict_type": lambda _: ("须是“字段: 值”的形式。", "Must be fields with values."),
    "model_type": lambda d: (
        ("须有中英文两种文字。", "Must be written in both languages.")
        if d.get("class_name") == "Text"
        else ("须是“字段: 值”的形式。", "Must be fields with values.")
    ),
    "list_type": lambda _: ("须是列表。", "Must be a list."),
    "tuple_type": lambda _: ("须是列表。", "Must be a list."),
    "union_tag_not_found": lambda _: ("缺少 type。", "The field type is missing."),
    "union_tag_invalid": lambda d: (
        f"type 须是以下之一：{d['expected_tags']}。",
        f"The type must be one of {d['expected_tags']}.",
    ),
    # Only our own validators raise it, always as a `rules.refusal.Refusal`.
    "value_error": lambda d: (d["error"].text.zh, d["error"].text.en),
}
_REMEDIES: dict[str, tuple[str, str]] = {
    "missing": ("请补上。", "Add it."),
    "extra_forbidden": ("请检查拼写，或删去它。", "Check its spelling, or remove it."),
}
CORRECT = Text(zh="请按参考文档改正。", en="Correct it as the reference describes.")
_DATE, _TIME, _DATETIME = "2026-03-31", "07:30", "2026-03-31T07:30:00+08:00"
_FAMILIES = {
    "date": ("不是存在的日期。", "This is not a date that exists.", _DATE),
    "time": ("不是有效的时刻。", "This is not a time of day.", _TIME),
    "datetime": ("不是有效的日期和时刻。", "This is not a date with a time.", _DATETIME),
}


def schema_faults(error: ValidationError, document: Located, at: Location = ()) -> list[Fault]:
    """Return one fault for each faulty field of the model that stands *at* a location."""
    found: dict[Location, list[tuple[Text, Text]]] = {}
    details = error.errors(include_url=False)
    faulty = {detail["loc"][:end] for detail in details for end in range(len(detail["loc"]))}
    for detail in details:
        # A list whose entries are faulty is not too short as well.
        if detail["type"] == "too_short" and detail["loc"] in faulty:
            continue
        location, missing = _location(document, (*at, *detail["loc"]), detail["type"])
        found.setdefault(location, []).append(_wording(dict(detail), missing))
    return [_merged(document, location, wordings) for location, wordings in found.items()]


def _location(document: Located, loc: Location, kind: str) -> tuple[Location, str]:
    """Drop the parts that pydantic adds for unions; keep the name of a missing field."""
    found: Location = ()
    for part in loc:
        if document.holds((*found, part)):
            found = (*found, part)
    if kind == "missing":
        return (*found, loc[-1]), str(loc[-1])
    return found, ""


def _wording(detail: _Detail, missing: str) -> tuple[Text, Text]:
    kind = str(detail["type"])
    if missing in {"zh", "en"}:
        return _untranslated(missing)
    family = _FAMILIES.get(kind.split("_", maxsplit=1)[0])
    if family:
        remedy = Text(zh=f"请照 {family[2]} 的样子写。", en=f"Write it like {family[2]}.")
        return Text(zh=family[0], en=family[1]), remedy
    words = _MESSAGES.get(kind)
    zh, en = words(detail.get("ctx", {})) if words else (f"值不合要求：{detail['msg']}。",) * 2
    if not words:
        en = f"Not taken: {detail['msg']}."
    advice = _REMEDIES.get(kind)
    remedy = Text(zh=advice[0], en=advice[1]) if advice else CORRECT
    return Text(zh=zh, en=en), remedy


def _untranslated(language: str) -> tuple[Text, Text]:
    name_zh, name_en = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}[language]
    message = Text(zh=f"缺少{name_zh}文字。", en=f"The {name_en} text is missing.")
    return message, Text(zh=f"请补上 {language}。", en=f"Add {language}.")


def _merged(document: Located, location: Location, wordings: list[tuple[Text, Text]]) -> Fault:
    """Several complaints about one field are the branches of a union: tell them as one."""
    messages = list(dict.fromkeys((m.zh, m.en) for m, _ in wordings))
    message = Text(zh="或".join(z for z, _ in messages), en=" Or: ".join(e for _, e in messages))
    return document.fault(location, message, wordings[0][1])
