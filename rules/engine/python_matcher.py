"""The plain-Python reading of compiled conditions: oracle of the tests, and the fallback."""

from collections.abc import Callable
from typing import Any

from rules.engine.compiled import Atom, Shard
from rules.engine.gate import Record

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
}


class PythonMatcher:
    """Finds the rules whose conditions a record meets, one comparison after the other."""

    name = "python"

    def match(self, shard: Shard, record: Record) -> frozenset[str]:
        """Return the ids of the rules of *shard* that bind."""
        return frozenset(
            each.rule
            for each in shard.conjunctions
            if all(_holds(atom, record) for atom in each.atoms)
        )


def _holds(atom: Atom, record: Record) -> bool:
    if atom.attribute not in record:
        return False
    return _COMPARE[atom.operator](record[atom.attribute], atom.value)
