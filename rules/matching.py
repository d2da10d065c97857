"""
Matching with equal work shared: targets that no rule tells apart are matched once.

A value is first mapped to its cell: the value itself, or for numbers the span between two figures
that rules compare with. Targets whose cells are all equal get the same answer of every rule, so one
of them is asked of the engine and the rest share it. The sharing ends with the derivation; events
may go on for ever, so what is kept is thrown away when it has grown large.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.compiled_rules import CompiledKind, CompiledRule
from rules.engine import Matcher
from rules.engine.compiled import Shard
from rules.engine.gate import Cell, Gate, Record
from rules.facts import FactValue
from rules.kleene import support, truth, waits_for
from rules.standing import Status, decision_fact, status

Key = tuple[Cell, ...]
UNKNOWN: Cell = None
# Answers kept of each sort, at most: for the many targets of one derivation, and for events, which
# go on for ever.
KEPT_OF_TARGETS = 100_000
KEPT_OF_EVENTS = 5_000


@dataclass(frozen=True)
class Outcome:
    """
    A rule whose condition holds or is undecided.

    Attributes:
        standing: How the rule stands where the site has decided nothing.
        waits_for: What it then waits for: unknown facts that can still change the outcome, or the
            decision.
        carries: Known facts that the outcome rests on.
    """

    compiled: CompiledRule
    rule_id: str
    holds: bool | None
    standing: Status
    waits_for: tuple[str, ...]
    carries: tuple[str, ...]


class Matching:
    """Answers which rules of one kind of target or event hold or stay open."""

    def __init__(
        self, kind: CompiledKind, gate: Gate, matcher: Matcher, *, keep: int = KEPT_OF_TARGETS
    ) -> None:
        self._keep = keep
        self._kind = kind
        self._gate = gate
        self._matcher = matcher
        self._outcomes: dict[Key, tuple[Outcome, ...]] = {}
        self._bound: dict[tuple[int, Key], frozenset[str]] = {}
        self._single: dict[tuple[str, Key], Outcome | None] = {}

    def outcomes(self, facts: Mapping[str, FactValue], key: Key) -> tuple[Outcome, ...]:
        """
        Return the outcome of every rule that holds or may, in pack order.

        Args:
            facts: The pre-joined facts of the target.
            key: Their cells, in the order of the facts that the kind reads.
        """
        found = self._outcomes.get(key)
        if found is None:
            self._forget_when_large()
            found = self._outcomes[key] = self._match(facts, key)
        return found

    def _forget_when_large(self) -> None:
        for kept in (self._outcomes, self._bound, self._single):
            if len(kept) >= self._keep:
                kept.clear()

    def _match(self, facts: Mapping[str, FactValue], key: Key) -> tuple[Outcome, ...]:
        record = self._gate.record(facts)
        cells = dict(zip(self._kind.facts, key, strict=True))
        bound: set[str] = set()
        for index, shard in enumerate(self._kind.shards):
            bound |= self._shard(index, shard, record, cells)
        outcomes = (self._outcome(each, facts, cells, bound) for each in self._kind.rules)
        return tuple(outcome for outcome in outcomes if outcome is not None)

    def _shard(
        self, index: int, shard: Shard, record: Record, cells: Mapping[str, Cell]
    ) -> frozenset[str]:
        key = (index, tuple(cells[name] for name in shard.facts))
        found = self._bound.get(key)
        if found is None:
            found = self._bound[key] = self._matcher.match(shard, record)
        return found

    def _outcome(
        self,
        each: CompiledRule,
        facts: Mapping[str, FactValue],
        cells: Mapping[str, Cell],
        bound: set[str],
    ) -> Outcome | None:
        binds = each.rule.id in bound
        if not binds and all(cells[name] is not UNKNOWN for name in each.facts):
            return None
        key = (each.rule.id, tuple(cells[name] for name in each.facts))
        # Looked up once: another thread may throw away what is kept at any time.
        try:
            return self._single[key]
        except KeyError:
            return self._single.setdefault(key, _outcome(each, facts, binds=binds))


def _outcome(each: CompiledRule, facts: Mapping[str, FactValue], *, binds: bool) -> Outcome | None:
    """The engine says what binds; of the rest, three-valued logic says what is still open."""
    holds = True if binds else truth(each.condition, facts)
    if holds and not binds:
        raise RuntimeError(f"The engine missed the rule {each.rule.id} on {dict(facts)}.")
    rule = each.rule
    standing = status(rule, holds, None)
    if standing is None:
        return None
    waiting = () if binds else waits_for(each.condition, facts)
    if standing == "may-apply":
        waiting = waiting or (decision_fact(rule.id),)
    carries = tuple(support(each.condition, facts))
    return Outcome(each, rule.id, holds, standing, waiting, carries)
