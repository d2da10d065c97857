"""The one way in which contenders tell of a roster: a line of JSON on standard output."""

import json
from dataclasses import dataclass

import numpy as np

from scheduler.roster.core.problem import Cells, CoreProblem


@dataclass(frozen=True, eq=False)
class Said:
    """
    What a contender tells at once.

    Attributes:
        cost: As the contender counts it; nothing where it knows that hard rules are broken.
        bound: No roster costs less; nothing if nothing is proved.
        cells: The roster; nothing where only the bound is new.
    """

    cost: int | None
    bound: int | None
    cells: Cells | None


def say(said: Said) -> None:
    """Print the line at once, for the reader stamps it when it comes."""
    cells = None if said.cells is None else said.cells.ravel().tolist()
    print(json.dumps({"cost": said.cost, "bound": said.bound, "cells": cells}), flush=True)


def heard(line: bytes, problem: CoreProblem) -> Said | None:
    """Return what a line tells; nothing if the line is something else or was cut short."""
    try:
        data = json.loads(line)
        rows = data["cells"]
        shape = problem.days_off.shape
        cells = None if rows is None else np.array(rows, dtype=np.int16).reshape(shape)
        return Said(data["cost"], data["bound"], cells)
    except (ValueError, KeyError, TypeError):
        return None
