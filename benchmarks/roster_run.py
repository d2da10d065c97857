"""One run of one contender: started, listened to, stopped in time, and judged."""

import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.busy_cores import busy_seconds
from benchmarks.contenders.starting import ROOT, Contender, Instance
from benchmarks.process_memory import PeakMemory
from benchmarks.roster_judge import ALLOWANCE, Lines, judged
from benchmarks.roster_rows import Row

# Contenders are asked to end a little before the limit, so that what they tell last is heard.
_LEAD = 0.2
_LOOK_EVERY = 0.2


@dataclass
class _Heard:
    """Lines with the seconds since the start of the process at which they came."""

    lines: Lines = field(default_factory=list)
    wall: float = 0.0
    peak_mb: float = 0.0


def run(contender: Contender, instance: Instance, *, seconds: float, seed: int) -> Row:
    """Run a contender on one instance in a process of its own and judge what it told."""
    cores = os.sched_getaffinity(0)
    used, busy = _cpu_seconds(), busy_seconds(cores)
    with tempfile.TemporaryDirectory() as folder:
        call = contender.call(instance, Path(folder))
        told = _listen([*call, str(seed)], seconds)
    used, busy = _cpu_seconds() - used, busy_seconds(cores) - busy
    judge = judged(instance.problem, told.lines, seconds=seconds)
    return Row(
        contender=contender.name,
        version=contender.version,
        instance=instance.number,
        seed=seed,
        limit=seconds,
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        wall=round(told.wall, 1),
        cpu=round(used, 1),
        others=round(max(0.0, busy - used), 1),
        peak_mb=told.peak_mb,
        cost=judge.cost,
        bound=judge.bound,
        violations=judge.violations,
        rosters=judge.rosters,
        wrong_claims=judge.wrong_claims,
        trace=judge.trace,
    )


def _cpu_seconds() -> float:
    """Return the processor time of all children so far; on a busy host far less than the clock."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _listen(call: list[str], seconds: float) -> _Heard:
    """Start the process and stamp each of its lines; stop it where it outstays its time."""
    told = _Heard()
    began = time.monotonic()
    ends_at = str(int((time.time() + seconds - _LEAD) * 1000))
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [*call, ends_at],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        ) as process,
    ):
        memory, ended = PeakMemory(process.pid), threading.Event()
        until = began + seconds * (1 + ALLOWANCE)
        watch = threading.Thread(target=_watch, args=(process, memory, ended, until))
        watch.start()
        try:
            told.lines = [(time.monotonic() - began, line) for line in process.stdout or ()]
            process.wait()
        finally:
            # Also where somebody stops the benchmark: nothing may go on working behind it.
            told.wall = time.monotonic() - began
            _kill(process)
            ended.set()
            watch.join()
        if process.returncode:
            errors.seek(0)
            _complain(call, process.returncode, errors.read())
    told.peak_mb = memory.megabytes()
    return told


def _watch(
    process: subprocess.Popen[bytes], memory: PeakMemory, ended: threading.Event, until: float
) -> None:
    """Follow the memory of the process and its children; kill them all when the time is over."""
    while not ended.wait(_LOOK_EVERY):
        memory.look()
        if time.monotonic() > until:
            _kill(process)
            return


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and its children if it still runs."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _complain(call: list[str], code: int, errors: bytes) -> None:
    if code == -signal.SIGKILL:
        print("    outstayed its time and was stopped")
        return
    last = errors.decode(errors="replace").strip().splitlines()[-5:]
    print(f"    {call[0]} ended with {code}", *last, sep="\n      ")
