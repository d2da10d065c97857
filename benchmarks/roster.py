"""
Compare the roster engine with CP-SAT and Timefold on public instances, all on the same two cores.

Run: python -m benchmarks.roster [--quick] [--instances 4,8] [--seconds 60] [--seeds 1,2,3]
The folder of the instances is named by XUNJIAN_INSTANCES. Each contender runs in its own process,
one after the other, on the same two cores; time counts from the start of that process, the start
of Java and the building of models included. Every roster on the way is rescored by the audit. Rows
are kept in a file, and what stands in it for the same version of a contender is not run again.

The peers are straightforward models under default search: CP-SAT with one Boolean for each person,
day and shift, windows as clauses; Timefold's Java core with one variable for each person and day.
Tuned strategies and moves of their own would do better.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.contenders.starting import NAMES, OURS, ROOT, Contender, Instance, contender
from benchmarks.contenders.timefold import NotHere
from benchmarks.roster_rows import Row, keep_row, read_rows
from benchmarks.roster_run import run
from benchmarks.roster_summary import summary
from benchmarks.roster_table import BEST_KNOWN, gap
from scheduler.roster.formats.reading import read_problem

CORES = 2
QUICK = (4, 8, 10, 18)
ALL = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12)
ROWS = ROOT / "var" / "roster-rows.jsonl"


def numbers(text: str) -> tuple[int, ...]:
    """Return whole numbers between commas."""
    return tuple(int(each) for each in text.split(","))


def read_options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="instances 4, 8, 10, 18 at 10 s")
    parser.add_argument(
        "--instances", type=numbers, help="between commas; 1 to 8, 10 and 12 if not given"
    )
    parser.add_argument("--contenders", default=";".join(NAMES), help="names between semicolons")
    parser.add_argument("--ours-only", action="store_true", help="no peers")
    parser.add_argument("--seconds", type=float, help="of each run; 60 if not given")
    parser.add_argument("--seeds", type=numbers, default=(1, 2, 3))
    parser.add_argument("--rows", type=Path, default=ROWS, help="where rows are kept")
    parser.add_argument("--show", action="store_true", help="only the table of the rows kept")
    options = parser.parse_args()
    options.instances = options.instances or (QUICK if options.quick else ALL)
    options.seconds = options.seconds or (10.0 if options.quick else 60.0)
    options.contenders = [OURS] if options.ours_only else options.contenders.split(";")
    return options


def contenders(names: list[str], classes: Path) -> list[Contender]:
    """Return those of the contenders that can run here; says why the others cannot."""
    found = []
    for name in names:
        try:
            found.append(contender(name, classes))
        except NotHere as missing:
            print(f"Without {name}: {missing}.")
    return found


def instances(chosen: tuple[int, ...], folder: Path) -> list[Instance]:
    """Return the instances that the folder holds; says which it does not."""
    files = {number: folder / "curtois-qu" / f"Instance{number}.txt" for number in chosen}
    for number, file in files.items():
        if not file.exists():
            print(f"Without instance {number}: there is no {file.name} in the folder.")
    there = {number: file for number, file in files.items() if file.exists()}
    return [Instance(number, file, read_problem(file)) for number, file in there.items()]


def compare(
    runners: list[Contender], cases: list[Instance], options: argparse.Namespace
) -> list[Row]:
    """Run what is not kept yet, contenders in turn for each instance and seed."""
    kept, rows = read_rows(options.rows), []
    print(
        " no contender          seed wall s  cpu s others     cost      gap    bound  viol  peak MB"
    )
    for case in cases:
        for seed in options.seeds:
            for one in runners:
                row = kept.get((one.name, one.version, case.number, seed, options.seconds))
                if row is None:
                    row = run(one, case, seconds=options.seconds, seed=seed)
                    keep_row(options.rows, row)
                show(row)
                rows.append(row)
    return rows


def show(row: Row) -> None:
    """Print one run."""
    best = BEST_KNOWN.get(row.instance)
    away = "-" if row.cost is None or best is None else f"{gap(row.cost, best):.2%}"
    print(
        f"{row.instance:>3} {row.contender:<18} {row.seed:>4} {row.wall:>6} {row.cpu:>6} "
        f"{row.others:>6} {_or_dash(row.cost):>8} {away:>8} {_or_dash(row.bound):>8} "
        f"{_or_dash(row.violations):>5} {row.peak_mb:>8}",
        flush=True,
    )


def _or_dash(figure: int | None) -> str:
    return "-" if figure is None else str(figure)


def sum_up(rows: list[Row], file: Path) -> None:
    """Print what these rows tell, and write what all rows of the file tell beside it."""
    print("", *summary(rows, cores=CORES), sep="\n")
    beside = file.with_suffix(".md")
    kept = list(read_rows(file).values())
    beside.write_text("\n".join(summary(kept, cores=CORES)) + "\n", encoding="utf-8")
    print(f"\nRows: {file}\nTable of all of them: {beside}")


def main() -> int:
    """Run what the command line asks for and print the table."""
    options = read_options()
    if options.show:
        print(*summary(list(read_rows(options.rows).values()), cores=CORES), sep="\n")
        return 0
    folder = os.environ.get("XUNJIAN_INSTANCES")
    if folder is None:
        print("Skipped: XUNJIAN_INSTANCES does not name a folder of instances.")
        return 0
    # Children inherit the cores: nobody runs on more of them than the others.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    # Machine code stands ready as after installing; the classes of Java are compiled as well.
    subprocess.run([sys.executable, "-m", "scheduler.roster.warm"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as classes:
        runners = contenders(options.contenders, Path(classes))
        rows = compare(runners, instances(options.instances, Path(folder).resolve()), options)
    if rows:
        sum_up(rows, options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
