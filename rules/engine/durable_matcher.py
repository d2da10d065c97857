"""
durable-rules behind one door, in the subset that was measured to be right.

Each guard here answers a failure that was seen: one permanent session for each ruleset (deleting a
session can crash), one record at a time (batches lose matches), assert then collect then retract
(memory stays flat), a host without background threads, one lock, one-parameter actions (two mean
asynchronous), the type tested first (else the session's own state matches), no joins, no negation,
no arithmetic. `docs/adr/0003-durable-rules-behind-one-door.md` tells the story.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from durable import engine

from rules.engine.attributes import require_distinct
from rules.engine.compiled import Atom, Shard
from rules.engine.gate import Record

# The library's own clock warns on Python 3.12 and dominates the cost of a hit; it only measures
# how long an action runs.
engine._unix_now = time.monotonic  # noqa: SLF001

_OPERATORS = {"lt": "$lt", "lte": "$lte", "gt": "$gt", "gte": "$gte"}
_LOCK = threading.Lock()

Definition = dict[str, dict[str, Any]]


class _SynchronousHost(engine.Host):  # type: ignore[misc]
    """A host whose work happens in the caller: its own threads would run actions elsewhere."""

    def _run(self) -> None:
        pass


class DurableMatcher:
    """Finds the rules whose conditions a record meets, by durable-rules."""

    name = "durable"

    # Rulesets live as long as the process: freeing one is unsafe, and equal shards share theirs.
    _host = _SynchronousHost()
    _rulesets: dict[tuple[object, ...], str] = {}  # noqa: RUF012
    _hits: list[int] = []  # noqa: RUF012

    def match(self, shard: Shard, record: Record) -> frozenset[str]:
        """
        Return the ids of the rules of *shard* that bind.

        Raises:
            RuntimeError: If an action failed, which the engine itself would swallow.
        """
        fact = {name: record[name] for name in shard.attributes if name in record}
        with _LOCK:
            name = self._ruleset(shard)
            return frozenset(
                shard.conjunctions[index].rule for index in self._run(name, shard, fact)
            )

    def _run(self, name: str, shard: Shard, fact: Record) -> list[int]:
        self._hits.clear()
        message = {"type": shard.target, "id": "1", **fact}
        try:
            state = self._host.assert_fact(name, message)
        except engine.MessageNotHandledException:
            return []
        self._host.retract_fact(name, message)
        if state and state.get("exception"):
            raise RuntimeError(state["exception"])
        return list(self._hits)

    @classmethod
    def _ruleset(cls, shard: Shard) -> str:
        key = (shard.target, tuple(each.atoms for each in shard.conjunctions))
        if key not in cls._rulesets:
            name = f"shard{len(cls._rulesets)}"
            require_distinct(shard.attributes)
            rules = definition(shard)
            for index, rule in enumerate(rules.values()):
                rule["run"] = _collect(cls._hits, index)
            cls._host.set_rulesets({name: rules})
            cls._rulesets[key] = name
        return cls._rulesets[key]


def definition(shard: Shard) -> Definition:
    """Return the ruleset of *shard* in the language of durable-rules, without its actions."""
    return {
        f"c{index}": {"all": [{"m": {"$and": [{"type": shard.target}, *_tests(each.atoms)]}}]}
        for index, each in enumerate(shard.conjunctions)
    }


def _tests(atoms: tuple[Atom, ...]) -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = []
    for atom in atoms:
        if atom.operator == "eq":
            tests.append({atom.attribute: atom.value})
        elif atom.operator == "ne":
            tests += [{"$ex": {atom.attribute: 1}}, {"$neq": {atom.attribute: atom.value}}]
        else:
            tests.append({_OPERATORS[atom.operator]: {atom.attribute: atom.value}})
    return tests


def _collect(hits: list[int], index: int) -> Callable[[Any], None]:
    def run(_context: Any) -> None:
        hits.append(index)

    return run
