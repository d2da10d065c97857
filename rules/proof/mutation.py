"""The mutation check: do the examples of a rule notice when its condition is changed?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.conditions import Condition
from rules.examples import facts_of
from rules.facts import FactValue
from rules.kleene import truth
from rules.pack import Example, Rule
from rules.parameters import condition_on
from rules.proof.mutants import Mutant, mutants
from rules.proof.telling_apart import Apart, is_searched_whole, told_apart
from rules.rulebook import RuleBook
from rules.vocabulary import Vocabulary

Facts = Mapping[str, FactValue]


@dataclass(frozen=True)
class Survivor:
    """
    A mutant that no example notices.

    Attributes:
        missing: A situation that would; never empty, or the mutant is equivalent.
        on: The day whose parameters the situation was made with.
    """

    rule: Rule
    mutant: Mutant
    missing: Apart
    on: date


@dataclass(frozen=True)
class Equivalent:
    """
    A mutant that no example can notice.

    Attributes:
        proved: Whether every admitted situation was tried; where not, only those that lie around
            the examples were.
    """

    rule: Rule
    mutant: Mutant
    proved: bool


@dataclass(frozen=True)
class MutationReport:
    """What became of the mutants of one rule; `made` counts them, equivalent ones included."""

    made: int
    survivors: tuple[Survivor, ...]
    equivalent: tuple[Equivalent, ...]

    @property
    def killed(self) -> int:
        """How many mutants some example noticed."""
        return self.made - len(self.survivors) - len(self.equivalent)


def mutation_report(rulebook: RuleBook, rule: Rule, vocabulary: Vocabulary) -> MutationReport:
    """
    Change the condition of *rule* in every way and see which changes its examples notice.

    A rule that was in force on the day of none of its examples has no mutants.
    """
    situations = _Situations(rulebook, rule, vocabulary)
    unnoticed = [days for days in situations.mutants.values() if not situations.notice(days)]
    found = [situations.missing(days) for days in unnoticed]
    return MutationReport(
        made=len(situations.mutants),
        survivors=tuple(each for each in found if isinstance(each, Survivor)),
        equivalent=tuple(each for each in found if isinstance(each, Equivalent)),
    )


def suggested_examples(
    rulebook: RuleBook, rule: Rule, vocabulary: Vocabulary
) -> tuple[Survivor, ...]:
    """
    Return survivors whose missing situations, added as examples, leave no survivor.

    One situation often notices several mutants, so these are fewer than the survivors.
    """
    situations = _Situations(rulebook, rule, vocabulary)
    wanted: list[Survivor] = []
    for days in situations.mutants.values():
        if situations.notice(days):
            continue
        found = situations.missing(days)
        if isinstance(found, Survivor):
            wanted.append(found)
            situations.add(found.on, found.missing.facts)
    return tuple(wanted)


class _Situations:
    """The examples of one rule by day, with the condition and its mutants on that day."""

    def __init__(self, rulebook: RuleBook, rule: Rule, vocabulary: Vocabulary) -> None:
        self._rule, self._vocabulary = rule, vocabulary
        self._facts: dict[date, list[Facts]] = {}
        for day, example in _dated(rulebook, rule):
            self._facts.setdefault(day, []).append(facts_of(example))
        self._conditions: dict[date, Condition] = {}
        self.mutants: dict[str, dict[date, Mutant]] = {}
        for day in sorted(self._facts):
            condition = condition_on(rulebook, rule, day)
            if condition is not None:
                self._conditions[day] = condition
                for mutant in mutants(condition, vocabulary):
                    self.mutants.setdefault(mutant.key, {})[day] = mutant
        self._answers = {
            day: [truth(condition, facts) for facts in self._facts[day]]
            for day, condition in self._conditions.items()
        }

    def add(self, day: date, facts: Facts) -> None:
        """Count *facts* among the examples of *day*."""
        self._facts[day].append(facts)
        self._answers[day].append(truth(self._conditions[day], facts))

    def notice(self, days: Mapping[date, Mutant]) -> bool:
        """Return whether some example answers otherwise under the mutant."""
        return any(
            truth(mutant.condition, facts) is not answer
            for day, mutant in days.items()
            for facts, answer in zip(self._facts[day], self._answers[day], strict=True)
        )

    def missing(self, days: Mapping[date, Mutant]) -> Survivor | Equivalent:
        """Return the situation that would notice it, or the mutant as equivalent."""
        proved = True
        for day in sorted(days, reverse=True):
            condition, mutant = self._conditions[day], days[day]
            apart = told_apart(condition, mutant.condition, self._facts[day], self._vocabulary)
            if apart is not None:
                return Survivor(self._rule, mutant, apart, day)
            proved &= is_searched_whole(condition, mutant.condition, self._vocabulary)
        return Equivalent(self._rule, days[max(days)], proved)


def _dated(rulebook: RuleBook, rule: Rule) -> Iterator[tuple[date, Example]]:
    for example in rule.examples:
        yield example.on or rulebook.pack_of(rule.id).version, example
