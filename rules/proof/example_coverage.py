"""Which outcomes of each single condition the examples of a rule have seen."""

from dataclasses import dataclass

from rules.condition_words import condition_text
from rules.conditions import tests
from rules.examples import facts_of
from rules.kleene import truth
from rules.pack import Rule
from rules.parameters import condition_on
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class Seen:
    """
    One single condition of a rule.

    Attributes:
        index: Its place among the rule's single conditions, left to right, from 0.
        true: Whether some example makes it true; `false` likewise.
    """

    index: int
    text: Text
    true: bool
    false: bool

    @property
    def outcomes(self) -> int:
        """How many of its two outcomes were seen."""
        return self.true + self.false


def seen(rulebook: RuleBook, rule: Rule) -> tuple[Seen, ...]:
    """Return every single condition of *rule* with what its examples made of it."""
    found: dict[int, tuple[Text, set[bool]]] = {}
    for index, test in enumerate(tests(rule.applies)):
        found[index] = (condition_text(test), set())
    for example in rule.examples:
        day = example.on or rulebook.pack_of(rule.id).version
        condition = condition_on(rulebook, rule, day)
        if condition is None:
            continue
        facts = facts_of(example)
        for index, test in enumerate(tests(condition)):
            outcome = truth(test, facts)
            found[index] = (condition_text(test), found[index][1])
            if outcome is not None:
                found[index][1].add(outcome)
    return tuple(
        Seen(index, text, true=True in outcomes, false=False in outcomes)
        for index, (text, outcomes) in found.items()
    )
