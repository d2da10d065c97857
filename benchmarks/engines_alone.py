"""Engines alone: records asked of durable-rules, plain Python and zen-engine, nothing shared."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec

from benchmarks.zen_tables import ZenTable
from rules.engine import engine_name, matcher
from rules.engine.compiled import Shard
from rules.engine.gate import Record

Match = Callable[[Record], frozenset[str]]


def compare(shards: Sequence[Shard], records: Sequence[Record], what: str) -> None:
    """
    Print seconds and ratios of every engine that is installed, on the same conditions and records.

    Raises:
        AssertionError: If two engines find different rules for a record.
    """
    rows = sum(len(shard.conjunctions) for shard in shards)
    print(f"    engines alone, each of {len(records):,} {what} asked: {rows:,} conjunctions")
    seconds, found = {}, {}
    for name, match in _engines(shards).items():
        match(records[0])  # compiles
        gc.collect()
        started = time.perf_counter()
        found[name] = [match(record) for record in records]
        seconds[name] = time.perf_counter() - started
    for name, spent in seconds.items():
        require_equal(found[name], found["python"])
        rate, ratio = len(records) / spent, spent / seconds["python"]
        print(f"      {name:8}{spent:7.2f} s {rate:9,.0f} {what}/s {ratio:6.2f} x plain Python")
    if {"zen", "durable"} <= seconds.keys():
        print(f"      durable-rules / zen-engine = {seconds['durable'] / seconds['zen']:.2f}")


def require_equal(one: object, other: object) -> None:
    """
    Refuse to compare the speed of engines that give different answers.

    Raises:
        AssertionError: If they do.
    """
    if one != other:
        raise AssertionError("The engines differ.")


def _engines(shards: Sequence[Shard]) -> Mapping[str, Match]:
    found: dict[str, Match] = {}
    if engine_name() == "durable":
        running = matcher("durable")
        found["durable"] = lambda record: _asked(running.match, shards, record)
    plain = matcher("python")
    found["python"] = lambda record: _asked(plain.match, shards, record)
    if find_spec("zen"):
        rows = [each for shard in shards for each in shard.conjunctions]
        found["zen"] = ZenTable(rows).match
    else:
        print("      zen-engine is not installed: pip install '.[bench]'")
    return found


def _asked(
    match: Callable[[Shard, Record], frozenset[str]], shards: Sequence[Shard], record: Record
) -> frozenset[str]:
    return frozenset().union(*(match(shard, record) for shard in shards))
