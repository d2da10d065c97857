"""Examples: each rule has one that applies and one that does not, over facts that exist."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.fact_values import value_problem
from rules.lint.conditions import unknown_fact, unreadable
from rules.lint.context import Context, visible
from rules.pack import Rule
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield what is missing among the examples of *rule* or wrong in their facts."""
    answers = [example.applies for example in rule.examples]
    if not answers:
        yield _missing("没有例子。", "There are no examples.")
    elif True not in answers:
        yield _missing("没有适用的例子。", "No example makes it apply.")
    elif False not in answers:
        yield _missing("没有不适用的例子。", "No example shows where it does not apply.")
    for index, example in enumerate(rule.examples):
        if example.then is not None and example.applies is not True:
            yield Complaint(
                ("examples", index, "then"),
                Text(
                    zh="不适用的例子没有后果。",
                    en="An example that does not apply has no consequences.",
                ),
                Text(zh="请删去 then。", en="Remove then."),
            )
        for name, value in example.facts.items():
            yield from _fact(rule, name, value, ("examples", index, "facts", name), context)


def _missing(zh: str, en: str) -> Complaint:
    remedy = Text(
        zh="请至少写一个适用（applies: true）和一个不适用（applies: false）的例子。",
        en="Write at least one example that applies and one that does not.",
    )
    return Complaint(("examples",), Text(zh=zh, en=en), remedy)


def _fact(
    rule: Rule, name: str, value: object, at: Location, context: Context
) -> Iterator[Complaint]:
    definition = context.vocabulary.get(name)
    if definition is None:
        yield Complaint(at, *unknown_fact(name))
        return
    problem = value_problem(definition, value)
    if definition.target not in visible(rule):
        problem = unreadable(rule, name)
    if problem:
        yield Complaint(at, problem, Text(zh="请改正这个事实。", en="Correct this fact."))
