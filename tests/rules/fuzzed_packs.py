"""
Random packs, odd ones among them: whatever the linter accepts is evaluated on random facts.

Run: python -m tests.rules.fuzzed_packs SEED COUNT. Prints how many packs were accepted and refused;
ends badly where durable-rules crashes, hangs or differs from the logic of three values.
"""

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from rules.compiled_reactions import compiled_reactions
from rules.compiled_rules import CompiledKind, compiled_rules
from rules.engine import Matcher, matcher
from rules.engine.gate import Gate
from rules.event import Event
from rules.fact_values import value_problem
from rules.facts import EVENT_KINDS, FactDefinition
from rules.faults import InputInvalid
from rules.kleene import truth
from rules.react import Reactor
from rules.vocabulary import load_vocabulary
from tests.rules.builders import FINDING, pack, reaction, rule, rulebook, words
from tests.rules.random_facts import RandomFacts

DAY = date(2026, 5, 11)
NOON = datetime(2026, 5, 11, 4, tzinfo=UTC)
TARGETS = {
    "site": ["site"],
    "place": ["place", "site"],
    "asset": ["asset", "place", "site"],
    "person": ["person", "site"],
    "post": ["post", "site"],
}
_TASK = {"do": "task", "id": "task", "title": words(), "within": {"amount": 1, "unit": "day"}}
_WORDS = ["北京", "", "5", "true", 'quo"te\\', "🛗", "x" * 3000, "null", "a.b", "%d", "{}"]
_NUMBERS = [0, -1, 1, 0.000001, 123456.654321, 10**12, -(10**12), 0.1, 0.3]


class Fuzz:
    """Draws packs from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._by_target: dict[str, list[FactDefinition]] = {}
        for each in load_vocabulary().values():
            self._by_target.setdefault(each.target, []).append(each)

    def pack(self) -> dict[str, Any]:
        random = self.random
        count = random.choice((1, 3, 8, 20, 65, 130))
        same = self.rule(0) if random.random() < 0.1 else None
        rules = [{**(same or self.rule(n)), "id": f"r{n}"} for n in range(count)]
        parameters = [
            {
                "id": name,
                "title": words(),
                "unit": "g",
                "values": [{"from": "2020-01-01", "value": value}],
            }
            for name, value in (("whole", 7), ("part", 0.5), ("word", "mall"))
        ]
        return pack(*rules, parameters=parameters)

    def rule(self, number: int) -> dict[str, Any]:
        examples = [
            {"name": "yes", "facts": {}, "applies": True},
            {"name": "no", "facts": {}, "applies": False},
        ]
        if self.random.random() < 0.5:
            target = self.random.choice(list(TARGETS))
            applies = self.condition(TARGETS[target], 3)
            return rule(f"r{number}", target=target, applies=applies, examples=examples)
        on = self.random.choice(EVENT_KINDS)
        applies = self.condition([on, "asset", "place", "site", "person"], 3)
        versions = [{"from": "2020-01-01", "then": self.consequences(on)}]
        return reaction(f"r{number}", on=on, applies=applies, versions=versions, examples=examples)

    def consequences(self, on: str) -> list[dict[str, Any]]:
        found = [_TASK]
        if on != "finding" and self.random.random() < 0.4:
            found.append(FINDING)
        if self.random.random() < 0.05:
            fact = self.random.choice(self._by_target[on])
            value = self.value(fact)
            found.append({"do": "conclude", "id": "so", "fact": fact.name, "value": value})
        return found

    def condition(self, kinds: list[str], depth: int) -> dict[str, Any]:
        random = self.random
        drawn = random.random()
        if depth and drawn < 0.2:
            key = random.choice(("all", "any"))
            parts = [self.condition(kinds, depth - 1) for _ in range(random.randint(1, 4))]
            return {key: parts}
        if depth and drawn < 0.3:
            return {"not": self.condition(kinds, depth - 1)}
        tests = (self.test(kinds) for _ in range(random.choice((1, 1, 2, 3, 12))))
        return {name: value for each in tests for name, value in each.items()}

    def test(self, kinds: list[str]) -> dict[str, Any]:
        random = self.random
        # The facts of the event or target itself first: they are what most rules read.
        kind = kinds[0] if random.random() < 0.6 else random.choice(kinds)
        fact = random.choice(self._by_target[kind])
        if random.random() < 0.1:
            return {fact.name: {"known": random.random() < 0.5}}
        if fact.type == "tags":
            return {fact.name: {"has": random.choice([each.value for each in fact.choices])}}
        operators = ["eq", "ne", "in", "not_in"]
        if fact.type in {"integer", "number", "date"}:
            operators += ["lt", "lte", "gt", "gte"] * 2
        operator = random.choice(operators)
        if operator in {"in", "not_in"}:
            size = 60 if random.random() < 0.02 else random.choice((1, 2, 3))
            return {fact.name: {operator: [self.value(fact) for _ in range(size)]}}
        return {fact.name: {operator: self.value(fact)}}

    def value(self, fact: FactDefinition) -> Any:
        random = self.random
        if random.random() < 0.0002:
            return random.choice(["$nowhere", 1.5, True, "宇宙"])
        if fact.choices:
            return random.choice([each.value for each in fact.choices])
        values: dict[str, list[Any]] = {
            "boolean": [True, False],
            "integer": [1, 2, 7, 30, 1000, 10**9],
            "number": [0, 0.5, 7, 125, 1000] if fact.minimum == 0 else _NUMBERS,
            "date": ["2026-05-11", "1900-01-01", "2199-12-31"],
        }
        sound = [each for each in values.get(fact.type, _WORDS) if not value_problem(fact, each)]
        return random.choice(sound)


def main() -> None:
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    accepted = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + count):
            # What is being tried is told first: after a crash nothing can be said.
            sys.stderr.write(f"seed {number}\n")
            sys.stderr.flush()
            fuzz = Fuzz(number)
            try:
                book = rulebook(Path(folder), fuzz.pack())
            except InputInvalid:
                refused += 1
                continue
            accepted += 1
            _derives(book, fuzz.random)
            _reacts(book, fuzz.random)
    sys.stdout.write(f"{accepted} {refused}\n")


def _derives(book: Any, random: Random) -> None:
    compiled = compiled_rules(book, DAY)
    for kind in compiled.kinds.values():
        _agree(kind, compiled.gate, random, matcher("durable"))


def _reacts(book: Any, random: Random) -> None:
    compiled = compiled_reactions(book, DAY)
    reactors = [Reactor(book, ZoneInfo("Asia/Shanghai"), name) for name in ("durable", "python")]
    for name, levels in compiled.levels.items():
        for level in levels:
            _agree(level, compiled.gate, random, matcher("durable"))
        drawn = RandomFacts([each for level in levels for each in level.rules])
        for number in range(5):
            event = Event(name, f"{name}/{number}", "s", None, None, NOON, drawn.draw(random))
            one, other = (each.consequences(event) for each in reactors)
            if one != other:
                raise AssertionError(f"The engines differ on {event}.")


def _agree(kind: CompiledKind, gate: Gate, random: Random, durable: Matcher) -> None:
    drawn = RandomFacts(kind.rules)
    for _ in range(5 if kind.rules else 0):
        facts = drawn.draw(random)
        expected = {each.rule.id for each in kind.rules if truth(each.condition, facts) is True}
        record = gate.record(facts)
        found = {rule for shard in kind.shards for rule in durable.match(shard, record)}
        if found != expected:
            raise AssertionError(f"durable-rules differs on {facts}: {found ^ expected}.")


if __name__ == "__main__":
    main()
