"""
(b) Derivation of every duty of generated sites: durable-rules against the plain-Python oracle.

Run: python -m benchmarks.derivation [--sites 1000] [--seed 1] [--repeat 3]

Both run the same pipeline with the same sharing of equal work and must give identical bindings; the
best of the repetitions counts. Reading the packs is not timed, compiling them is part of the first.
"""

import argparse
import gc
import time
from datetime import date

from benchmarks.sites import generate_organisation
from rules.derive import Binding, derive
from rules.engine import EngineName, engine_name
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.records import targets
from rules.rulebook import RuleBook

ON = date(2026, 9, 1)
_TARGET_SECONDS = 3.0


def main() -> None:
    """Measure both engines, check that they agree, and print seconds and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    rulebook = load_rulebook()
    organisation = generate_organisation(sites=asked.sites, seed=asked.seed)
    count = sum(1 for _ in targets(organisation))
    print(f"(b) derivation for {asked.sites:,} sites, seed {asked.seed}: {count:,} targets,")
    print(f"    {len(rulebook.rules):,} rules, engine of this machine: {engine_name()}")
    oracle, expected = _timed(rulebook, organisation, "python", asked.repeat)
    if engine_name() == "python":
        print(f"    oracle {oracle:.2f} s; durable-rules is not installed, so nothing to compare")
        return
    durable, found = _timed(rulebook, organisation, "durable", asked.repeat)
    if found != expected:
        raise AssertionError("durable-rules and the oracle differ.")
    binding = sum(each.status == "binds" for each in found)
    print(f"    {binding:,} bind, {len(found) - binding:,} may apply, identical with both engines")
    print(f"    durable {durable:.2f} s (target {_TARGET_SECONDS:.0f} s at 1,000 sites),", end=" ")
    print(f"oracle {oracle:.2f} s, durable / oracle = {durable / oracle:.2f}")


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
