"""The solver's answer as JSON: written after solving, read again to be checked."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from rules.text import Text
from scheduler.roster.core.cost import cover
from scheduler.roster.core.problem import OFF, Cells, CoreProblem
from scheduler.roster.formats.lines import Findings
from scheduler.roster.formats.reading import read_text
from scheduler.roster.search.answer import Answer


def answer_data(problem: CoreProblem, answer: Answer, *, seed: int) -> dict[str, Any]:
    """Return the answer as plain data; the roster is empty where none was found."""
    return {
        "status": answer.status,
        "objective": answer.cost,
        "bound": answer.bound,
        "seconds": answer.seconds,
        "peak_mb": answer.peak_mb,
        "seed": seed,
        "roster": {} if answer.cells is None else _roster(problem, answer.cells),
        "uncovered": [] if answer.cells is None else _uncovered(problem, answer.cells),
        "trace": [list(entry) for entry in answer.trace],
    }


def _roster(problem: CoreProblem, cells: Cells) -> dict[str, list[str | None]]:
    codes = [*(shift.code for shift in problem.shifts), None]
    # OFF is -1 and so picks the last.
    return {
        employee.id: [codes[cell] for cell in row]
        for employee, row in zip(problem.employees, cells, strict=True)
    }


def _uncovered(problem: CoreProblem, cells: Cells) -> list[dict[str, Any]]:
    missing = problem.need - cover(problem, cells)
    return [
        {
            "day": int(day),
            "shift": problem.shifts[shift].code,
            "missing": int(missing[day, shift]),
        }
        for day, shift in np.argwhere(missing > 0)
    ]


def read_cells(path: Path, problem: CoreProblem) -> tuple[Cells, int | None]:
    """
    Return the roster of an answer and the objective that it states.

    Raises:
        InputInvalid: The file holds no roster of this problem; lists every fault found.
    """
    findings = Findings(str(path))
    text = read_text(path)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = Text(zh="不是 JSON。", en="This is not JSON.")
        remedy = Text(zh="请提供求解输出的文件。", en="Give a file that the solver wrote.")
        findings.add(error.lineno, "", message, remedy)
        findings.raise_if_any()
    roster = data.get("roster") if isinstance(data, dict) else None
    if not isinstance(roster, dict) or not roster:
        message = Text(zh="没有 roster。", en="There is no roster in it.")
        remedy = Text(zh="请提供含 roster 的文件。", en="Give a file with a roster.")
        findings.add(1, "roster", message, remedy)
        findings.raise_if_any()
    cells = _cells(problem, dict(roster or {}), findings)
    findings.raise_if_any()
    objective = data.get("objective")
    return cells, objective if isinstance(objective, int) else None


def _cells(problem: CoreProblem, roster: dict[str, Any], findings: Findings) -> Cells:
    ids = [employee.id for employee in problem.employees]
    codes = {shift.code: number for number, shift in enumerate(problem.shifts)}
    cells = np.full((len(ids), problem.days), OFF, dtype=np.int16)
    for name in roster:
        findings.one_of(1, name, ids, "roster")
    for e, name in enumerate(ids):
        row = roster.get(name)
        if not isinstance(row, list) or len(row) != problem.days:
            message = Text(
                zh=f"{name} 应有 {problem.days} 天。", en=f"{name} should have {problem.days} days."
            )
            remedy = Text(zh="请逐日填写班次或 null。", en="Give each day a shift or null.")
            findings.add(1, f"roster.{name}", message, remedy)
            continue
        for day, cell in enumerate(row):
            if cell is not None and findings.one_of(1, str(cell), codes, f"roster.{name}.{day}"):
                cells[e, day] = codes[cell]
    return cells
