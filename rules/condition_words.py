"""One test of a condition as people read it: `at least 24 m`, `is one of …`."""

from rules.conditions import Scalar, Test
from rules.facts import FactDefinition
from rules.text import Text
from rules.vocabulary import load_vocabulary

_OPERATORS: dict[str, tuple[str, str]] = {
    "eq": ("= {}", "= {}"),
    "ne": ("≠ {}", "≠ {}"),
    "lt": ("< {}", "< {}"),
    "lte": ("≤ {}", "≤ {}"),
    "gt": ("> {}", "> {}"),
    "gte": ("≥ {}", "≥ {}"),
    "in": ("为 {} 之一", "is one of {}"),
    "not_in": ("不是 {}", "is none of {}"),
    "has": ("含 {}", "includes {}"),
}
_TURNED = {"eq": "ne", "ne": "eq", "lt": "gte", "gte": "lt", "gt": "lte", "lte": "gt"} | {
    "in": "not_in",
    "not_in": "in",
}
_YES_NO = {True: Text(zh="是", en="yes"), False: Text(zh="否", en="no")}


def condition_text(test: Test, *, negated: bool = False) -> Text:
    """Return fact, comparison and value; a test that stands under `not` is turned round."""
    definition = load_vocabulary().get(test.fact)
    title = definition.title if definition else Text(zh=test.fact, en=test.fact)
    if test.operator == "known":
        answered = bool(test.value) is not negated
        zh, en = ("已填写", "is answered") if answered else ("未填写", "is not answered")
        return Text(zh=f"{title.zh}{zh}", en=f"{title.en} {en}")
    operator: str = test.operator
    prefix = Text(zh=" ", en=" ")
    if negated and isinstance(test.value, bool):
        return _joined(title, "eq", _value(definition, not test.value))
    if negated and operator in _TURNED:
        operator = _TURNED[operator]
    elif negated:
        prefix = Text(zh=" 不", en=" not ")
    return _joined(title, operator, _values(definition, test.value), prefix)


def _joined(title: Text, operator: str, value: Text, prefix: Text | None = None) -> Text:
    zh, en = _OPERATORS[operator]
    before = prefix or Text(zh=" ", en=" ")
    return Text(
        zh=f"{title.zh}{before.zh}{zh.format(value.zh)}",
        en=f"{title.en}{before.en}{en.format(value.en)}",
    )


def _values(definition: FactDefinition | None, value: Scalar | tuple[Scalar, ...]) -> Text:
    many = value if isinstance(value, tuple) else (value,)
    texts = [_value(definition, one) for one in many]
    return Text(zh="、".join(one.zh for one in texts), en=", ".join(one.en for one in texts))


def _value(definition: FactDefinition | None, value: Scalar) -> Text:
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, (int, float)):
        unit = definition.unit if definition else None
        plain = f"{value:g} {unit}" if unit else f"{value:g}"
        return Text(zh=plain, en=plain)
    titles = {choice.value: choice.title for choice in definition.choices} if definition else {}
    return titles.get(value) or Text(zh=value, en=value)
