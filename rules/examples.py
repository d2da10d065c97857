"""The examples of a rule, run: small situations that prove where it applies and where not."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from rules.facts import FactValue
from rules.kleene import truth
from rules.pack import Example, Rule
from rules.parameters import condition_on
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class ExampleFailed:
    """An example whose rule answers otherwise; *index* is its place in the rule."""

    rule: Rule
    index: int
    message: Text


def failed_examples(rulebook: RuleBook, *, only: Container[str]) -> Iterator[ExampleFailed]:
    """
    Run the examples of the rules whose ids are in *only* and yield those that fail.

    An example asks its own rule alone, about the facts it names: no other rule concludes facts
    for it, and an open reading counts as decided for the rule.
    """
    for pack in rulebook.packs:
        for rule in (each for each in pack.rules if each.id in only):
            for index, example in enumerate(rule.examples):
                answer = outcome(rulebook, rule, example, on=example.on or pack.version)
                if answer != example.applies:
                    yield ExampleFailed(rule, index, _message(rulebook, rule, example, answer))


def outcome(rulebook: RuleBook, rule: Rule, example: Example, *, on: date) -> bool | str:
    """Return whether *rule* applies in *example* on that day: true, false or "may"."""
    condition = condition_on(rulebook, rule, on)
    if condition is None:
        return False
    value = truth(condition, _facts(example))
    return "may" if value is None else value


def _facts(example: Example) -> dict[str, FactValue]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in example.facts.items()
    }


def _message(rulebook: RuleBook, rule: Rule, example: Example, answer: bool | str) -> Text:  # noqa: FBT001
    day = example.on or rulebook.pack_of(rule.id).version
    got, wanted = (str(value).lower() for value in (answer, example.applies))
    return Text(
        zh=f"例子“{example.name}”（{day}）应为 {wanted}，规则给出 {got}。",
        en=f"The example {example.name!r} ({day}) expects {wanted}, the rule answers {got}.",
    )
