"""Rules that conclude facts: of their own target, of the right type, never in a circle."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.fact_values import value_problem
from rules.facts import FactDefinition, FactValue
from rules.lint.conditions import unknown_fact
from rules.lint.context import Context
from rules.pack import Conclusion, Rule
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield what is wrong with the conclusion of *rule*, if it has one."""
    conclusion = rule.concludes
    if conclusion is None:
        return
    if rule.kind != "state":
        yield Complaint(
            ("concludes",),
            Text(
                zh="只有 state 类规则可以推出事实。",
                en="Only a rule of kind state concludes a fact.",
            ),
            Text(zh="请改 kind 为 state。", en="Make it a state rule."),
        )
    yield from _fact(rule, conclusion, context)
    if rule.id in context.circling:
        yield Complaint(
            ("concludes", "fact"),
            Text(
                zh=f"推出 {conclusion.fact} 的规则互相循环。",
                en=f"The rules that conclude {conclusion.fact} go in a circle.",
            ),
            Text(zh="请去掉其中一个条件。", en="Remove one of their conditions."),
        )


def _fact(rule: Rule, conclusion: Conclusion, context: Context) -> Iterator[Complaint]:
    definition = context.vocabulary.get(conclusion.fact)
    if definition is None:
        yield Complaint(("concludes", "fact"), *unknown_fact(conclusion.fact))
        return
    if definition.target != rule.target:
        yield Complaint(
            ("concludes", "fact"),
            Text(
                zh=f"对象为 {rule.target} 的规则不能推出 {conclusion.fact}。",
                en=f"A rule whose target is {rule.target} cannot conclude {conclusion.fact}.",
            ),
            Text(zh="请改 target 或 fact。", en="Change the target or the fact."),
        )
    yield from concluded_value(definition, conclusion.value, ("concludes", "value"))


def concluded_value(
    definition: FactDefinition, value: FactValue, at: Location
) -> Iterator[Complaint]:
    """Yield what is wrong with concluding *value*, which stands at *at*."""
    problem = value_problem(definition, value)
    if definition.type == "tags":
        problem = Text(zh="不能推出标签事实。", en="A tags fact cannot be concluded.")
    if problem:
        yield Complaint(at, problem, Text(zh="请改正。", en="Correct it."))
