"""
(e) Readings through all reactions: durable-rules against plain Python and zen-engine.

Run: python -m benchmarks.reactions [--readings 50000] [--seed 1]

First the whole way: events in, consequences out, findings chained. Then the engines alone, every
reading asked of the engine with nothing shared, on the same compiled conditions and the same
records; all must find the same rules. Reading the packs is not timed.
"""

import argparse
import gc
import time
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from benchmarks.engines_alone import compare, require_equal
from benchmarks.readings import readings
from rules.compiled_reactions import compiled_reactions
from rules.engine import EngineName, engine_name
from rules.event import Event
from rules.loader import load_rulebook
from rules.react import Reactor
from rules.rulebook import RuleBook

_TARGET_SECONDS = 10.0
_ZONE = ZoneInfo("Asia/Shanghai")


def main() -> None:
    """Measure the engines, check that they agree, and print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    book = load_rulebook()
    count = sum(rule.kind == "reaction" for rule in book.rules.values())
    events = list(readings(book, count=asked.readings, seed=asked.seed))
    print(f"(e) {len(events):,} readings, seed {asked.seed}, through {count} reactions,")
    print(f"    engine of this machine: {engine_name()}")
    engines: list[EngineName] = ["python"]
    if engine_name() == "durable":
        engines.insert(0, "durable")
    else:
        print("    durable-rules is not installed: plain Python alone")
    _whole_way(book, events, engines)
    _engines_alone(book, events)


def _whole_way(book: RuleBook, events: Sequence[Event], engines: Sequence[EngineName]) -> None:
    print("    whole way, equal readings asked once:")
    found = {}
    for engine in engines:
        gc.collect()
        started = time.perf_counter()
        reactor = Reactor(book, _ZONE, engine)
        found[engine] = [each.key for event in events for each in reactor.consequences(event)]
        seconds = time.perf_counter() - started
        target = f" (target {_TARGET_SECONDS:.0f} s at 50,000)" if engine == "durable" else ""
        print(f"      {engine:8} {seconds:6.2f} s, {len(found[engine]):,} consequences{target}")
    require_equal(found[engines[0]], found[engines[-1]])


def _engines_alone(book: RuleBook, events: Sequence[Event]) -> None:
    compiled = compiled_reactions(book, events[0].at.astimezone(_ZONE).date())
    shards = [shard for level in compiled.levels["answer"] for shard in level.shards]
    records = [compiled.gate.record(event.facts) for event in events]
    compare(shards, records, "readings")


if __name__ == "__main__":
    main()
