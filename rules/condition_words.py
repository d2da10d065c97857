"""Conditions as people read them: one test as `≥ 24 m`, a whole condition as one sentence."""

from rules.conditions import All, AnyOf, Condition, Not, Scalar, Test
from rules.text import Text
from rules.value_words import fact_title, value_text

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


def condition_text(test: Test, *, negated: bool = False) -> Text:
    """Return fact, comparison and value; a test that stands under `not` is turned round."""
    title = fact_title(test.fact)
    if test.operator == "known":
        answered = bool(test.value) is not negated
        zh, en = ("已填写", "is answered") if answered else ("未填写", "is not answered")
        return Text(zh=f"{title.zh}{zh}", en=f"{title.en} {en}")
    operator: str = test.operator
    prefix = Text(zh=" ", en=" ")
    if negated and isinstance(test.value, bool):
        return _joined(title, "eq", value_text(test.fact, not test.value))
    if negated and operator in _TURNED:
        operator = _TURNED[operator]
    elif negated:
        prefix = Text(zh=" 不", en=" not ")
    return _joined(title, operator, _values(test.fact, test.value), prefix)


def condition_sentence(condition: Condition) -> Text:
    """Return *condition* in words, alternatives in brackets."""
    match condition:
        case Test():
            return condition_text(condition)
        case Not(part=Test() as test):
            return condition_text(test, negated=True)
        case Not(part=part):
            inner = condition_sentence(part)
            return Text(zh=f"不是（{inner.zh}）", en=f"not ({inner.en})")
        case All(parts=parts):
            return _joined_parts(parts, "，且", " and ")
        case AnyOf(parts=parts):
            inner = _joined_parts(parts, "，或", " or ")
            return Text(zh=f"（{inner.zh}）", en=f"({inner.en})")


def _joined_parts(parts: tuple[Condition, ...], zh: str, en: str) -> Text:
    found = [condition_sentence(part) for part in parts]
    return Text(zh=zh.join(each.zh for each in found), en=en.join(each.en for each in found))


def _joined(title: Text, operator: str, value: Text, prefix: Text | None = None) -> Text:
    zh, en = _OPERATORS[operator]
    before = prefix or Text(zh=" ", en=" ")
    return Text(
        zh=f"{title.zh}{before.zh}{zh.format(value.zh)}",
        en=f"{title.en}{before.en}{en.format(value.en)}",
    )


def _values(fact: str, value: Scalar | tuple[Scalar, ...]) -> Text:
    texts = [value_text(fact, one) for one in (value if isinstance(value, tuple) else (value,))]
    return Text(zh="、".join(one.zh for one in texts), en=", ".join(one.en for one in texts))
