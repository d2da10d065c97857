"""The proof of packs: what their examples ran, saw and noticed, pack by pack."""

from collections.abc import Collection
from dataclasses import dataclass

from rules.examples import ExampleFailed, failed_examples
from rules.pack import Pack, Rule
from rules.proof.example_coverage import Seen, seen
from rules.proof.mutation import MutationReport, mutation_report
from rules.rulebook import RuleBook
from rules.vocabulary import load_vocabulary


@dataclass(frozen=True)
class RuleProof:
    """
    What the examples of one rule prove.

    Attributes:
        mutation: Nothing where it was not asked for.
    """

    rule: Rule
    conditions: tuple[Seen, ...]
    failed: tuple[ExampleFailed, ...]
    mutation: MutationReport | None


@dataclass(frozen=True)
class PackProof:
    """The proof of one pack: of each of its rules, in file order."""

    pack: Pack
    rules: tuple[RuleProof, ...]

    @property
    def examples(self) -> int:
        """How many examples it has."""
        return sum(len(each.rule.examples) for each in self.rules)

    @property
    def failed(self) -> tuple[ExampleFailed, ...]:
        """The examples that fail."""
        return tuple(failed for each in self.rules for failed in each.failed)

    @property
    def outcomes(self) -> int:
        """How many outcomes its single conditions have: two each."""
        return sum(2 * len(each.conditions) for each in self.rules)

    @property
    def outcomes_seen(self) -> int:
        """How many of them some example has seen."""
        return sum(one.outcomes for each in self.rules for one in each.conditions)


def proof_of(
    rulebook: RuleBook, packs: Collection[str], *, mutate: bool = False
) -> tuple[PackProof, ...]:
    """Return the proof of the packs whose ids are in *packs*, with the mutation check if asked."""
    vocabulary = load_vocabulary()
    chosen = [pack for pack in rulebook.packs if pack.id in packs]
    failed: dict[str, list[ExampleFailed]] = {}
    for one in failed_examples(rulebook, only={r.id for pack in chosen for r in pack.rules}):
        failed.setdefault(one.rule.id, []).append(one)
    return tuple(
        PackProof(
            pack,
            tuple(
                RuleProof(
                    rule,
                    seen(rulebook, rule),
                    tuple(failed.get(rule.id, ())),
                    mutation_report(rulebook, rule, vocabulary) if mutate else None,
                )
                for rule in pack.rules
            ),
        )
        for pack in chosen
    )


def percent(part: int, whole: int) -> float:
    """Return *part* of *whole* in per cent, one decimal; nothing to see is all seen."""
    return 100.0 if not whole else int(1000 * part / whole) / 10
