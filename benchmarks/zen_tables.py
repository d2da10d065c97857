"""The same compiled conditions as a decision table of zen-engine, for comparison in benchmarks."""

import json
from collections.abc import Iterable
from typing import Any

from rules.engine.compiled import Atom, Conjunction
from rules.engine.gate import Record

_OPERATORS = {"eq": "==", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


class ZenTable:
    """One decision table that collects every row which a record meets."""

    def __init__(self, conjunctions: Iterable[Conjunction]) -> None:
        import zen

        rows = list(conjunctions)
        self._decision = zen.ZenEngine().create_decision(json.dumps(_graph(rows)))

    def match(self, record: Record) -> frozenset[str]:
        """Return the ids of the rules whose conditions *record* meets."""
        found = self._decision.evaluate(record)["result"]
        return frozenset(each["rule"] for each in found)


def _graph(rows: list[Conjunction]) -> dict[str, Any]:
    attributes = sorted({atom.attribute for each in rows for atom in each.atoms})
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in attributes],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [_row(index, each, attributes) for index, each in enumerate(rows)],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "table"), ("table", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def _row(index: int, conjunction: Conjunction, attributes: Iterable[str]) -> dict[str, str]:
    cells = {
        name: " and ".join(_test(atom) for atom in conjunction.atoms if atom.attribute == name)
        for name in attributes
    }
    return {"_id": str(index), **cells, "rule": json.dumps(conjunction.rule)}


def _test(atom: Atom) -> str:
    value = json.dumps(atom.value, ensure_ascii=False)
    if atom.operator == "ne":
        # A missing value differs from everything in zen-engine, and from nothing in our rules.
        return f"$ != null and $ != {value}"
    return f"$ {_OPERATORS[atom.operator]} {value}"
