"""Runs every benchmark in turn, each in a process of its own so that memory is measured apart."""

import subprocess
import sys
from importlib.util import find_spec

_MODULES = (
    "expansion",
    "derivation",
    "reactions",
    "planning",
    "rounds",
    "replan_rounds",
    "pages",
    "desk",
    "hostile_packs",
    "whatif",
    "plausibility",
    "replan",
    "walks",
    "roster --quick --seeds 1",
    "explain",
    "roster_limits --limits 10",
    "sync",
    "drills",
    "staffing",
)


def main() -> int:
    """Run the benchmarks; return how many of them failed."""
    failed = 0
    for line in _MODULES:
        module, *options = line.split()
        if find_spec(f"benchmarks.{module}") is None:
            continue
        print(f"== benchmarks.{line}", flush=True)
        call = [sys.executable, "-m", f"benchmarks.{module}", *options]
        run = subprocess.run(call, check=False)
        failed += run.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
