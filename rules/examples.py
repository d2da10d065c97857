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
    """
    An example whose rule answers otherwise.

    Attributes:
        index: Its place in the rule.
        field: What of it does not hold: `applies`, or `then`.
    """

    rule: Rule
    index: int
    message: Text
    field: str = "applies"


def failed_examples(rulebook: RuleBook, *, only: Container[str]) -> Iterator[ExampleFailed]:
    """
    Run the examples of the rules whose ids are in *only* and yield those that fail.

    An example asks its own rule alone, about the facts it names: no other rule concludes facts
    for it, and an open reading counts as decided for the rule. Where it names the consequences of
    a reaction, the version of its day must have just these.
    """
    for pack in rulebook.packs:
        for rule in (each for each in pack.rules if each.id in only):
            for index, example in enumerate(rule.examples):
                on = example.on or pack.version
                answer = outcome(rulebook, rule, example, on=on)
                if answer != example.applies:
                    yield ExampleFailed(rule, index, _message(rulebook, rule, example, answer))
                elif example.then is not None:
                    yield from _other_consequences(rulebook, rule, index, on)


def outcome(rulebook: RuleBook, rule: Rule, example: Example, *, on: date) -> bool | str:
    """Return whether *rule* applies in *example* on that day: true, false or "may"."""
    condition = condition_on(rulebook, rule, on)
    if condition is None:
        return False
    value = truth(condition, facts_of(example))
    return "may" if value is None else value


def facts_of(example: Example) -> dict[str, FactValue]:
    """Return the facts of *example* as the rules read them."""
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


def _other_consequences(
    rulebook: RuleBook, rule: Rule, index: int, on: date
) -> Iterator[ExampleFailed]:
    example, version = rule.examples[index], rulebook.version(rule, on)
    got = [do.id for do in version.then] if version else []
    wanted = list(example.then or ())
    if sorted(got) != sorted(wanted):
        zh = f"例子“{example.name}”（{on}）应引起 {'、'.join(wanted)}，规则引起 {'、'.join(got)}。"
        en = (
            f"The example {example.name!r} ({on}) expects {', '.join(wanted)}, "
            f"the rule starts {', '.join(got)}."
        )
        yield ExampleFailed(rule, index, Text(zh=zh, en=en), "then")
