import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

CALL = [sys.executable, "-c", "from web.cli import main; main()", "roster"]
LIMIT = 30


def _month():
    """A month of twelve people, which keeps the search busy for longer than the limit."""
    draw = np.random.default_rng(5)
    staff = [f"p{n},D=28|N=4,9000,7200,5,2,2,2" for n in range(12)]
    need = [
        f"{day},{shift},{draw.integers(1, 4)},100,1" for day in range(28) for shift in ("D", "N")
    ]
    wishes = [f"p{n},{day},D,{draw.integers(1, 4)}" for n in range(12) for day in range(28)]
    lines = ["SECTION_HORIZON", "28", "SECTION_SHIFTS", "D,480,", "N,480,D", "SECTION_STAFF"]
    lines += [*staff, "SECTION_SHIFT_OFF_REQUESTS", *wishes, "SECTION_COVER", *need]
    return "\n".join(lines)


def test_a_roster_is_written_within_the_limit_though_every_child_is_killed(tmp_path):
    file, out = tmp_path / "month.txt", tmp_path / "out.json"
    file.write_text(_month(), encoding="utf-8")
    solve = [*CALL, "solve", str(file), "--time-limit", str(LIMIT), "--out", str(out), "--progress"]

    with subprocess.Popen(solve, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as solving:
        _first_roster(solving)
        killed = _kill_children(solving)
        solving.stderr.read()

    checked = subprocess.run([*CALL, "check", str(file), str(out)], check=False)
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert (0, 0) == (solving.returncode, checked.returncode)
    assert killed
    assert answer["status"] in {"feasible", "optimal"}
    assert answer["seconds"] <= 1.1 * LIMIT


def _first_roster(solving):
    """Wait for a line of progress that tells a cost."""
    for line in solving.stderr:
        if any(part.isdigit() for part in line.decode().split()[2:4]):
            return


def _kill_children(solving):
    """Kill every process that the solver has started until it starts no more."""
    killed = set()
    while solving.poll() is None:
        # A process may end by itself between being listed and being looked at.
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in _children(solving.pid) - killed:
                os.kill(child, signal.SIGKILL)
                killed.add(child)
        time.sleep(0.05)
    return killed


def _children(parent):
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    found = {int(number) for number in listed.split()}
    commands = {one: Path(f"/proc/{one}/cmdline") for one in found}
    return {one for one, file in commands.items() if b"spawn_main" in file.read_bytes()}
