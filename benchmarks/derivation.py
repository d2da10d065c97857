"""
(b) Derivation of every duty of generated sites: durable-rules, plain Python and zen-engine.

Run: python -m benchmarks.derivation [--sites 1000] [--many 10000] [--seed 1] [--repeat 3]

durable-rules and the oracle run the same pipeline with the same sharing of equal work and must give
identical bindings; the best of the repetitions counts. Then many sites once with the engine of this
machine, and the engines alone on the facts of the sites, where all three must find the same rules.
Reading the packs is not timed, compiling them is part of the first.
"""

import argparse
import gc
import time
from datetime import date

from benchmarks.engines_alone import compare, require_equal
from benchmarks.sites import generate_organisation
from rules.compiled_rules import compiled_rules
from rules.derive import Binding, derive
from rules.engine import EngineName, engine_name
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.records import targets
from rules.rulebook import RuleBook

ON = date(2026, 9, 1)
_TARGET_SECONDS = 3.0
_MANY_SECONDS = 30.0
# Sites whose facts are asked of the engines alone.
_ALONE = 300


def main() -> None:
    """Measure both engines, check that they agree, and print seconds and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    rulebook = load_rulebook()
    organisation = generate_organisation(sites=asked.sites, seed=asked.seed)
    count = sum(1 for _ in targets(organisation))
    print(f"(b) derivation for {asked.sites:,} sites, seed {asked.seed}: {count:,} targets,")
    print(f"    {len(rulebook.rules):,} rules, engine of this machine: {engine_name()}")
    _both(rulebook, organisation, asked.repeat)
    _alone(rulebook, organisation)
    _many(rulebook, asked.many, asked.seed)


def _both(rulebook: RuleBook, organisation: Organisation, repeat: int) -> None:
    oracle, expected = _timed(rulebook, organisation, "python", repeat)
    if engine_name() == "python":
        print(f"    oracle {oracle:.2f} s; durable-rules is not installed, so nothing to compare")
        return
    durable, found = _timed(rulebook, organisation, "durable", repeat)
    require_equal(found, expected)
    binding = sum(each.status == "binds" for each in found)
    print(f"    {binding:,} bind, {len(found) - binding:,} may apply, identical with both engines")
    print(f"    durable {durable:.2f} s (target {_TARGET_SECONDS:.0f} s at 1,000 sites),", end=" ")
    print(f"oracle {oracle:.2f} s, durable / oracle = {durable / oracle:.2f}")


def _alone(rulebook: RuleBook, organisation: Organisation) -> None:
    compiled = compiled_rules(rulebook.for_organisation(organisation), ON)
    sites = [each for each in targets(organisation) if each.kind == "site"]
    records = [compiled.gate.record(each.own) for each in sites[:_ALONE]]
    compare(compiled.kinds["site"].shards, records, "sites")


def _many(rulebook: RuleBook, sites: int, seed: int) -> None:
    organisation = generate_organisation(sites=sites, seed=seed)
    gc.collect()
    gc.freeze()
    started, worked = time.perf_counter(), time.process_time()
    found = derive(rulebook, organisation, ON)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    print(f"    {sites:,} sites at once: {len(found):,} bindings in {seconds:.1f} s,", end=" ")
    print(f"{worked:.1f} s of the processor (target {_MANY_SECONDS:.0f} s at 10,000 sites)")


def _timed(
    rulebook: RuleBook, organisation: Organisation, engine: EngineName, repeat: int
) -> tuple[float, tuple[Binding, ...]]:
    best, found = float("inf"), ()
    for _ in range(repeat):
        gc.collect()
        started = time.perf_counter()
        found = derive(rulebook, organisation, ON, engine=engine)
        best = min(best, time.perf_counter() - started)
    return best, found


if __name__ == "__main__":
    main()
