"""Which values a fact admits; packs and organisations are held to the same answer."""

from collections.abc import Sequence
from datetime import date
from math import isfinite

from rules.facts import FactDefinition
from rules.text import Text

# Numbers enter the engine as whole millionths, so a seventh decimal would be lost.
DECIMALS = 6
LARGEST = 10**12

_KINDS = {
    "boolean": Text(zh="须是 true 或 false。", en="Must be true or false."),
    "integer": Text(zh="须是整数。", en="Must be a whole number."),
    "number": Text(zh="须是数字。", en="Must be a number."),
    "text": Text(zh="须是文字。", en="Must be a text."),
    "enum": Text(zh="须是文字。", en="Must be a text."),
    "date": Text(
        zh="须是存在的日期，如 2026-03-31。", en="Must be a date that exists, such as 2026-03-31."
    ),
    "tags": Text(zh="须是列表。", en="Must be a list."),
}


def value_problem(definition: FactDefinition, value: object) -> Text | None:
    """Return what is wrong with *value* for the fact, or nothing."""
    if definition.type == "tags":
        return _tags_problem(definition, value)
    if not _is_of_type(definition.type, value):
        return _KINDS[definition.type]
    if definition.type == "enum":
        return _choice_problem(definition, str(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number_problem(definition, value)
    if isinstance(value, str) and not value.isprintable():
        return Text(
            zh="不得含控制字符或换行。", en="Must not hold control characters or line breaks."
        )
    return None


def tag_problem(definition: FactDefinition, tag: object) -> Text | None:
    """Return what is wrong with *tag* as one tag of a tags fact, or nothing."""
    if not isinstance(tag, str):
        return Text(zh="标签须是文字。", en="A tag must be a text.")
    return _choice_problem(definition, tag)


def _is_of_type(kind: str, value: object) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "date":
            return isinstance(value, str) and _is_date(value)
    return isinstance(value, str)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _tags_problem(definition: FactDefinition, value: object) -> Text | None:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return _KINDS["tags"]
    problems = (tag_problem(definition, tag) for tag in value)
    return next((problem for problem in problems if problem), None)


def _choice_problem(definition: FactDefinition, value: str) -> Text | None:
    choices = [choice.value for choice in definition.choices]
    if not choices or value in choices:
        return None
    return Text(
        zh=f"没有“{value}”这个选项；可用：{'、'.join(choices)}。",
        en=f"There is no choice {value!r}; use one of {', '.join(choices)}.",
    )


def _number_problem(definition: FactDefinition, value: float) -> Text | None:
    if not isfinite(value) or abs(value) > LARGEST:
        return Text(zh="数字太大。", en="The number is too large.")
    if round(value, DECIMALS) != value:
        return Text(zh=f"最多 {DECIMALS} 位小数。", en=f"At most {DECIMALS} decimals.")
    if definition.minimum is not None and value < definition.minimum:
        return Text(
            zh=f"不得小于 {definition.minimum:g}。", en=f"Must be at least {definition.minimum:g}."
        )
    if definition.maximum is not None and value > definition.maximum:
        return Text(
            zh=f"不得大于 {definition.maximum:g}。", en=f"Must be at most {definition.maximum:g}."
        )
    return None
