"""
Compare the roster engine with plain CP-SAT on public instances, both on the same cores.

Run: python -m benchmarks.roster [--quick] [--instances 4,8] [--seconds 60] [--seeds 1,2,3]
The folder of the instances is named by XUNJIAN_INSTANCES. Each contender runs in its own process,
one after the other; time counts from the start of that process. Every roster is rescored by the
audit. The peer is CP-SAT on a straightforward model (one Boolean for each person, day and shift,
windows as clauses) with its default search; tuned strategies would do better.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from scheduler.roster.formats.answer import read_cells
from scheduler.roster.formats.reading import read_problem

QUICK = (4, 8, 10, 18)
ALL = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12)
BEST_KNOWN = {
    1: 607,
    2: 828,
    3: 1001,
    4: 1716,
    5: 1143,
    6: 1950,
    7: 1056,
    8: 1300,
    10: 4631,
    12: 4040,
    13: 1348,
    18: 4459,
    20: 4769,
    22: 30241,
}
CONTENDERS = {
    "xunjian": ["-c", "from web.cli import main; main()", "roster", "solve"],
    "cp-sat, 2 workers": ["-m", "benchmarks.roster_cp_sat", "--workers", "2"],
    "cp-sat, 8 workers": ["-m", "benchmarks.roster_cp_sat", "--workers", "8"],
}


def run(name: str, file: Path, *, seconds: float, seed: int) -> dict[str, object]:
    """Run one contender in a process of its own and rescore what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        limits = ["--time-limit", str(seconds), "--seed", str(seed), "--out", str(out)]
        began, used = time.monotonic(), _cpu_seconds()
        call = [sys.executable, *CONTENDERS[name], str(file), *limits]
        subprocess.run(call, stdout=subprocess.DEVNULL, check=False)
        wall = time.monotonic() - began
        problem = read_problem(file)
        answer = json.loads(out.read_text(encoding="utf-8"))
        row = {
            "contender": name,
            "instance": int(file.stem.removeprefix("Instance")),
            "seed": seed,
            "limit": seconds,
            "wall": round(wall, 1),
            "cpu": round(_cpu_seconds() - used, 1),
            "cost": None,
            "bound": answer["bound"],
            "violations": None,
            "peak_mb": answer["peak_mb"],
            "trace": answer["trace"],
        }
        if answer["roster"]:
            cells, _ = read_cells(out, problem)
            row["cost"] = cost(problem, cells)
            row["violations"] = len(violations(problem, cells))
        return row


def _cpu_seconds() -> float:
    """Return the processor time of all children so far; on a busy host far less than the clock."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def gap(row: dict[str, object]) -> str:
    """Return how far the cost is from the best known one."""
    best = BEST_KNOWN[int(str(row["instance"]))]
    return "none" if row["cost"] is None else f"{(int(str(row['cost'])) - best) / best:.2%}"


def show(row: dict[str, object]) -> None:
    """Print one row of the table."""
    print(
        f"{row['instance']:>3} {row['contender']:<18} {row['seed']:>4} "
        f"{row['wall']:>7} {row['cpu']:>6} "
        f"{row['cost'] or '-':>8} {gap(row):>9} {row['bound'] or '-':>8} "
        f"{'-' if row['violations'] is None else row['violations']:>5} {row['peak_mb']:>8}",
        flush=True,
    )


def main() -> int:
    """Print a table of gap, bound and violations; append the raw rows to a file if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="instances 4, 8, 10, 18 at 10 s")
    parser.add_argument("--instances", help="numbers between commas")
    parser.add_argument("--contenders", help="names between semicolons, as in the table")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--rows", type=Path, help="append raw rows as JSON lines")
    options = parser.parse_args()
    folder = os.environ.get("XUNJIAN_INSTANCES")
    if folder is None:
        print("Skipped: XUNJIAN_INSTANCES does not name a folder of instances.")
        return 0
    numbers = QUICK if options.quick else ALL
    if options.instances:
        numbers = tuple(int(each) for each in options.instances.split(","))
    seconds = 10.0 if options.quick else options.seconds
    names = options.contenders.split(";") if options.contenders else list(CONTENDERS)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f} before the start, {seconds:g} s a run")
    print(" no contender          seed  wall s  cpu s     cost       gap    bound  viol  peak MB")
    for number in numbers:
        for seed in (int(each) for each in options.seeds.split(",")):
            for name in names:
                file = Path(folder) / "curtois-qu" / f"Instance{number}.txt"
                row = run(name, file, seconds=seconds, seed=seed)
                show(row)
                if options.rows:
                    with options.rows.open("a", encoding="utf-8") as rows:
                        rows.write(json.dumps(row) + "\n")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest single process {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
