"""Runs every benchmark in turn, each in a process of its own so that memory is measured apart."""

import subprocess
import sys
from importlib.util import find_spec

_MODULES = ("expansion", "derivation", "planning", "assignment", "pages", "roster")


def main() -> int:
    """Run the benchmarks; return how many of them failed."""
    failed = 0
    for module in _MODULES:
        if find_spec(f"benchmarks.{module}") is None:
            continue
        print(f"== benchmarks.{module}", flush=True)
        run = subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=False)
        failed += run.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
