"""Conditions: facts that exist, that the target has, compared with values that they can take."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.complaint import Complaint
from rules.conditions import Test, parsed
from rules.drafts import Draft
from rules.engine.compiled import MAX_ATTRIBUTES, MAX_BRANCHES, attributes, branches
from rules.fact_values import tag_problem, value_problem
from rules.facts import FactDefinition
from rules.lint.context import Context, visible
from rules.pack import Rule
from rules.refusal import Refusal
from rules.text import Text
from rules.yaml_document import Location

_ORDERED = frozenset({"lt", "lte", "gt", "gte"})
_SINGLE = frozenset({"eq", "ne", "in", "not_in"})
_OPERATORS = {
    "boolean": _SINGLE,
    "enum": _SINGLE,
    "text": _SINGLE,
    "integer": _SINGLE | _ORDERED,
    "number": _SINGLE | _ORDERED,
    "date": _SINGLE | _ORDERED,
    "tags": frozenset({"has"}),
}


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:
    """Yield what is wrong with the condition of *rule*."""
    raw = _raw(draft, (*at, "applies"))
    if not isinstance(raw, Mapping):
        return
    if branches(rule.applies) > MAX_BRANCHES:
        yield Complaint(
            ("applies",),
            Text(
                zh=f"条件展开后超过 {MAX_BRANCHES} 种情形。",
                en=f"The condition has more than {MAX_BRANCHES} alternatives when written out.",
            ),
            Text(zh="请拆成几条规则。", en="Split it into several rules."),
        )
    if attributes(rule.applies) > MAX_ATTRIBUTES:
        yield Complaint(
            ("applies",),
            Text(
                zh=f"条件读取的事实和标签超过 {MAX_ATTRIBUTES} 个。",
                en=f"The condition reads more than {MAX_ATTRIBUTES} facts and tags.",
            ),
            Text(zh="请拆成几条规则。", en="Split it into several rules."),
        )
    for location, test in _located(raw, ("applies",)):
        definition = context.vocabulary.get(test.fact)
        if definition is None:
            yield Complaint(location, *unknown_fact(test.fact))
        elif definition.target not in visible(rule):
            yield _invisible(location, rule, test)
        else:
            yield from _test_complaints(location, test, definition, context)


def unknown_fact(name: str) -> tuple[Text, Text]:
    """Return message and remedy for a fact that the vocabulary does not have."""
    message = Text(zh=f"没有事实 {name}。", en=f"There is no fact {name}.")
    remedy = Text(
        zh="请检查拼写，或在 rules/vocabulary 中定义它。",
        en="Check its spelling, or define it in rules/vocabulary.",
    )
    return message, remedy


def _raw(draft: Draft, location: Location) -> Any:
    data = draft.document.data
    for part in location:
        try:
            data = data[part]
        except (LookupError, TypeError):
            return None
    return data


def _located(raw: Mapping[str, Any], at: Location) -> Iterator[tuple[Location, Test]]:
    for key, value in raw.items():
        here = (*at, key)
        if key in {"all", "any"} and isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from _located(item, (*here, index))
        elif key == "not" and isinstance(value, Mapping):
            yield from _located(value, here)
        elif isinstance(value, Mapping):
            for operator, operand in value.items():
                yield from _single(key, {operator: operand}, (*here, operator))
        else:
            yield from _single(key, value, here)


def _single(fact: str, value: Any, at: Location) -> Iterator[tuple[Location, Test]]:
    try:
        test = parsed({fact: value})
    except Refusal:
        return
    if isinstance(test, Test):
        yield at, test


def _invisible(at: Location, rule: Rule, test: Test) -> Complaint:
    kinds = ", ".join(f"{kind}." for kind in visible(rule))
    remedy = Text(zh=f"只能用 {kinds} 开头的事实。", en=f"Use facts that begin with {kinds}")
    return Complaint(at, unreadable(rule, test.fact), remedy)


def unreadable(rule: Rule, fact: str) -> Text:
    """Return the message for a fact that *rule* cannot read."""
    if rule.kind == "reaction":
        return Text(
            zh=f"对 {rule.on} 事件的联动规则看不到 {fact}。",
            en=f"A reaction to the event {rule.on} cannot read {fact}.",
        )
    return Text(
        zh=f"对象为 {rule.target} 的规则看不到 {fact}。",
        en=f"A rule whose target is {rule.target} cannot read {fact}.",
    )


def _test_complaints(
    at: Location, test: Test, definition: FactDefinition, context: Context
) -> Iterator[Complaint]:
    if test.operator == "known":
        if not isinstance(test.value, bool):
            yield _bad_value(
                at, Text(zh="known 须是 true 或 false。", en="known takes true or false.")
            )
        return
    if test.operator not in _OPERATORS[definition.type]:
        admitted = ", ".join(sorted(_OPERATORS[definition.type] | {"known"}))
        yield Complaint(
            at,
            Text(
                zh=f"{test.fact}（{definition.type}）不能用 {test.operator} 比较。",
                en=f"{test.fact} ({definition.type}) cannot be compared by {test.operator}.",
            ),
            Text(zh=f"可用：{admitted}。", en=f"Use one of {admitted}."),
        )
        return
    for value in test.value if isinstance(test.value, tuple) else (test.value,):
        yield from _value_complaints(at, value, definition, context)


def _value_complaints(
    at: Location, value: Any, definition: FactDefinition, context: Context
) -> Iterator[Complaint]:
    values = [value]
    if isinstance(value, str) and value.startswith("$"):
        if not context.knows("parameters", value[1:]):
            yield Complaint(at, *unknown_parameter(value))
            return
        parameter = context.parameters.get(value[1:])
        values = [dated.value for dated in parameter.values] if parameter else []
    for one in values:
        check = tag_problem if definition.type == "tags" else value_problem
        problem = check(definition, one)
        if problem:
            yield _bad_value(at, problem)


def unknown_parameter(name: str) -> tuple[Text, Text]:
    """Return message and remedy for a `$parameter` that no pack defines."""
    message = Text(zh=f"没有参数 {name}。", en=f"There is no parameter {name}.")
    return message, Text(
        zh="请检查拼写，或在 parameters 中定义。",
        en="Check its spelling, or define it under parameters.",
    )


def _bad_value(at: Location, problem: Text) -> Complaint:
    return Complaint(
        at,
        problem,
        Text(zh="请按词汇表改正这个值。", en="Correct the value as the vocabulary has it."),
    )
