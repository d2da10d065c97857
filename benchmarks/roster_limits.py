"""
Whether `xunjian roster solve` and `roster explain` keep their time limit, by the clock.

Run: python -m benchmarks.roster_limits [--limits 5 30] [--instances 10 13 18 22]

Each call is a process of its own, timed from its start to its end: what starting Python and reading
the file take counts. Beside the example of a duty roster it takes the public instances whose folder
XUNJIAN_INSTANCES names. Exit status 1 where a call took longer than its limit and a tenth.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders.starting import ROOT
from benchmarks.roster import instances
from benchmarks.roster_judge import ALLOWANCE

_EXAMPLE = ROOT / "examples" / "rosters" / "control-room.yaml"
_CALL = [sys.executable, "-c", "from web.cli import main; main()", "roster"]
_MEANINGS = {"solve": ("found", "none found"), "explain": ("all filled", "not all filled")}


@dataclass(frozen=True)
class Timed:
    """
    What one call took.

    Attributes:
        clock: Seconds from the start of the process to its end.
        processor: Seconds that it and its children worked.
        status: Exit status.
    """

    clock: float
    processor: float
    status: int


def timed(command: str, file: Path, limit: float) -> Timed:
    """Run one command on one file."""
    with tempfile.TemporaryFile() as said:
        call = [*_CALL, command, str(file), "--time-limit", str(limit)]
        began = time.monotonic()
        # What a killed child worked counts as well, which only the system knows.
        process = subprocess.Popen(call, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            said.seek(0)
            raise SystemExit(said.read().decode(errors="replace"))
    return Timed(clock, usage.ru_utime + usage.ru_stime, process.returncode)


def _files(numbers: tuple[int, ...]) -> list[Path]:
    folder = os.environ.get("XUNJIAN_INSTANCES")
    if not folder:
        print("The example alone: XUNJIAN_INSTANCES does not name a folder of instances.")
        return [_EXAMPLE]
    return [_EXAMPLE, *(one.file for one in instances(numbers, Path(folder)))]


def main() -> int:
    """Print a line for each call; return 1 where one outstayed its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limits", type=float, nargs="+", default=[5.0, 30.0])
    parser.add_argument("--instances", type=int, nargs="*", default=[10, 13, 18, 22])
    parser.add_argument("--commands", nargs="+", choices=list(_MEANINGS), default=list(_MEANINGS))
    chosen = parser.parse_args()
    files = _files(tuple(chosen.instances))
    late = 0
    for command in chosen.commands:
        for file in files:
            for limit in chosen.limits:
                took = timed(command, file, limit)
                is_late = took.clock > limit * (1 + ALLOWANCE)
                late += is_late
                print(
                    f"{command:<8} {file.stem:<14} limit {limit:4.0f} s: {took.clock:5.1f} s,"
                    f" processor {took.processor:5.1f} s, {_MEANINGS[command][took.status]},"
                    f" load {os.getloadavg()[0]:.0f}{'  LATE' if is_late else ''}",
                    flush=True,
                )
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
