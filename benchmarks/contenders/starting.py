"""How each contender is started, and what tells one version of it from another."""

import hashlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks.contenders import timefold
from scheduler.roster.core.problem import CoreProblem

OURS = "xunjian"
TIMEFOLD = "timefold"
NAMES = (OURS, "cp-sat, 2 workers", "cp-sat, 8 workers", TIMEFOLD)
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, eq=False)
class Instance:
    """A problem to solve, by its number in the public set."""

    number: int
    file: Path
    problem: CoreProblem


@dataclass(frozen=True)
class Contender:
    """
    A solver in a process of its own.

    Attributes:
        version: Changes with what could change its rosters, so that old runs are not taken for
            runs of it.
        call: Returns the command, to which seed and end are added, before the clock starts; may
            write into the folder.
    """

    name: str
    version: str
    call: Callable[[Instance, Path], list[str]]


def contender(name: str, classes: Path) -> Contender:
    """
    Return the contender of this name; classes of Java are compiled into the folder.

    Raises:
        NotHere: It cannot run on this machine.
    """
    here = Path(__file__).parent
    if name == OURS:
        sources = (ROOT / "scheduler" / "roster").rglob("*.py")
        return Contender(name, _digest("", sources), _call_ours)
    if name == TIMEFOLD:
        path = timefold.compiled(classes)
        model = [*timefold.JAVA.iterdir(), here / "timefold.py"]
        digest = _digest(timefold.timefold_version(), model)
        return Contender(name, digest, partial(_call_timefold, path))
    workers = name.split()[1]
    digest = _digest(version("ortools"), [here / "cp_sat.py"])
    return Contender(name, digest, partial(_call_cp_sat, workers))


def _digest(word: str, files: Iterable[Path]) -> str:
    known = hashlib.sha256(word.encode())
    for file in sorted(files):
        known.update(file.read_bytes())
    return known.hexdigest()[:12]


def _call_ours(instance: Instance, _folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.contenders.ours", str(instance.file)]


def _call_cp_sat(workers: str, instance: Instance, _folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.contenders.cp_sat", workers, str(instance.file)]


def _call_timefold(class_path: str, instance: Instance, folder: Path) -> list[str]:
    file = folder / "figures.txt"
    file.write_text(timefold.figures(instance.problem), encoding="ascii")
    log = f"-Dlogback.configurationFile={timefold.JAVA / 'logback.xml'}"
    return ["java", log, "-cp", class_path, "Contender", str(file)]
