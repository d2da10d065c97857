"""A duty roster as JSON: written after solving, read again to be checked."""

import json
from pathlib import Path
from typing import Any

from rules.text import Text
from scheduler.roster.audit import violations
from scheduler.roster.formats.duty_rows import cells_of, uncovered_said
from scheduler.roster.formats.lines import Findings
from scheduler.roster.formats.reading import read_text
from scheduler.roster.objective import score, unmet_wishes
from scheduler.roster.problem import (
    Cell,
    Roster,
    RosterProblem,
    RosterUncovered,
)
from scheduler.roster.slots import Slots, days_between


def duty_answer(
    problem: RosterProblem, roster: Roster, *, seconds: float, peak_mb: float, seed: int
) -> dict[str, Any]:
    """
    Return the roster as plain data, a cell for each person and day.

    The objective counts the people missing, and the status speaks of it alone; whether shifts are
    shared as evenly as can be is said apart. What the audit has against it stands beside it.
    """
    missing = sum(one.missing for one in roster.uncovered)
    proved = roster.status == "solved"
    bound = missing if proved or not missing else None
    least = "feasible" if bound is None else "optimal"
    days = list(days_between(problem.since, problem.until))
    rows = {
        person.id: [_cell_data(roster.cells.get((person.id, day))) for day in days]
        for person in problem.people
    }
    return {
        "status": "infeasible" if roster.status == "infeasible" else least,
        "objective": missing,
        "bound": bound,
        "evenness_proved": proved,
        **_soft(problem, roster),
        "seconds": seconds,
        "peak_mb": peak_mb,
        "seed": seed,
        "roster": rows,
        "uncovered": [_uncovered_data(one) for one in roster.uncovered],
        "violations": [one.text.model_dump() for one in violations(problem, roster)],
        "trace": _trace(roster, seconds, missing, bound),
    }


def _trace(roster: Roster, seconds: float, missing: int, bound: int | None) -> list[list[Any]]:
    """Return when the objective or the bound became better; the bound is known at the end."""
    entries: list[list[Any]] = [[round(at, 3), empty, None] for at, empty in roster.trace]
    if not entries or entries[-1][1:] != [missing, bound]:
        entries.append([seconds, missing, bound])
    return entries


def _soft(problem: RosterProblem, roster: Roster) -> dict[str, Any]:
    """Return what is wanted beside the cover and not there, and the overtime used."""
    slots = Slots(problem)
    reached = score(slots, roster.cells, [], slots.wanted)
    wishes = unmet_wishes(problem, roster.cells)
    return {
        "preferred_missing": reached.wanting,
        "overtime_hours": round(reached.overtime / 60, 2),
        "wishes_unmet": [{"person": one.person, "day": one.day.isoformat()} for one in wishes],
    }


def _cell_data(cell: Cell | None) -> dict[str, str] | None:
    return None if cell is None else {"shift": cell[1], "post": cell[0]}


def _uncovered_data(one: RosterUncovered) -> dict[str, Any]:
    return {
        "post": one.post,
        "day": one.day.isoformat(),
        "shift": one.shift,
        "missing": one.missing,
        "reason": one.reason.model_dump(),
        "helps": [help_.model_dump() for help_ in one.helps],
    }


def read_roster(path: Path, problem: RosterProblem) -> Roster:
    """
    Return the roster of an answer, with what it leaves uncovered as it says.

    Raises:
        InputInvalid: The file holds no roster of this problem; lists every fault found.
    """
    findings = Findings(str(path))
    data = _json_object(path, findings)
    findings.raise_if_any()
    cells = cells_of(problem, data.get("roster"), findings)
    uncovered = uncovered_said(data.get("uncovered"), findings)
    findings.raise_if_any()
    return Roster(cells, uncovered, "best-found")


def _json_object(path: Path, findings: Findings) -> dict[str, Any]:
    """Return the object that a JSON file holds; notes a fault and returns nothing if none."""
    remedy = Text(zh="请提供求解输出的文件。", en="Give a file that the solver wrote.")
    try:
        data = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        findings.add(error.lineno, "", Text(zh="不是 JSON。", en="This is not JSON."), remedy)
        return {}
    if not isinstance(data, dict) or not isinstance(data.get("roster"), dict):
        findings.add(1, "roster", Text(zh="没有 roster。", en="There is no roster in it."), remedy)
        return {}
    return data
