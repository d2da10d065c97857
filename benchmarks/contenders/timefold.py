"""
Timefold's Java core on a rostering problem, as a peer of the engine.

The jars come out of the Python wheel `timefold`; none of its Python runs. The model beside this
file is a straightforward one: an entity for each person and day whose variable is a shift or none,
rules as constraint streams, default phases and moves, one thread. Tuned moves would do better.
"""

import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from scheduler.roster.core.problem import OFF, CoreProblem

JAVA = Path(__file__).parent / "java"


class NotHere(Exception):
    """Timefold cannot run on this machine; the text says what is missing."""


def timefold_version() -> str:
    """
    Return which wheel is installed.

    Raises:
        NotHere: None is.
    """
    try:
        return version("timefold")
    except PackageNotFoundError:
        raise NotHere("the wheel is missing: pip install '.[bench-roster]'") from None


def compiled(folder: Path) -> str:
    """
    Compile the model into the folder and return the class path to run it with.

    Raises:
        NotHere: There is no wheel, no JDK, or one that is too old.
    """
    timefold_version()
    if not (shutil.which("java") and shutil.which("javac")):
        raise NotHere("there is no JDK: java and javac of version 17 or later are wanted")
    package = find_spec("timefold")
    roots = package.submodule_search_locations if package else None
    jars = f"{next(iter(roots or []))}/solver/jars/*"
    sources = sorted(map(str, JAVA.glob("*.java")))
    call = ["javac", "-cp", jars, "-d", str(folder), *sources]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"the model does not compile here: {done.stderr.strip()[:300]}")
    return f"{folder}:{jars}"


def figures(problem: CoreProblem) -> str:
    """
    Return the problem as numbers between blanks, in the order in which Java reads them.

    Pins are left out, as the files of the public set have none.
    """
    people, days = problem.days_off.shape
    # A settled day off has no variable: what wishes against it cost is the same in every roster.
    fixed = int(problem.requests[..., OFF][problem.days_off].sum())
    parts = [[people, days, len(problem.shifts), fixed]]
    for number, shift in enumerate(problem.shifts):
        parts.append([shift.minutes, *problem.forbidden[number].astype(int)])
    parts.append(list(np.stack([problem.need, problem.under, problem.over], axis=-1).ravel()))
    for number, person in enumerate(problem.employees):
        parts += [
            [person.minutes_min, person.minutes_max, person.run_min, person.run_max],
            [person.rest_min, person.weekends_max, *person.shift_max],
        ]
        cells = np.column_stack([problem.days_off[number], problem.requests[number]])
        parts.append(list(cells.ravel()))
    return "\n".join(" ".join(str(int(each)) for each in part) for part in parts) + "\n"
