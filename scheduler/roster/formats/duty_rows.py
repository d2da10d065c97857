"""The rows of a duty roster's answer, turned back into cells; each fault is named."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.text import Text
from scheduler.roster.formats.lines import Findings
from scheduler.roster.problem import Cell, Cells, RosterProblem, RosterUncovered
from scheduler.roster.slots import days_between

_UNSAID = Text(zh="未说明", en="not said")


def cells_of(problem: RosterProblem, rows: Any, findings: Findings) -> Cells:
    """Return the cells of every person; notes rows of strangers, of wrong length, or missing."""
    rows = rows if isinstance(rows, Mapping) else {}
    people = [person.id for person in problem.people]
    for name in rows:
        findings.one_of(1, str(name), people, "roster")
    days = list(days_between(problem.since, problem.until))
    cells: dict[tuple[str, date], Cell | None] = {}
    for person in people:
        row = rows.get(person)
        if not isinstance(row, list) or len(row) != len(days):
            findings.add(
                1,
                f"roster.{person}",
                Text(zh=f"应有 {len(days)} 天。", en=f"It should have {len(days)} days."),
                Text(zh="请逐日填写班次或 null。", en="Give each day a shift or null."),
            )
            continue
        for number, (day, cell) in enumerate(zip(days, row, strict=True)):
            cells[person, day] = _cell(problem, cell, f"roster.{person}.{number}", findings)
    return cells


def _cell(problem: RosterProblem, cell: Any, at: str, findings: Findings) -> Cell | None:
    if cell is None:
        return None
    known = [f"{post.id}/{shift.code}" for post in problem.posts for shift in post.shifts]
    told = f"{cell.get('post')}/{cell.get('shift')}" if isinstance(cell, Mapping) else str(cell)
    if not findings.one_of(1, told, known, at):
        return None
    return str(cell["post"]), str(cell["shift"])


def uncovered_said(listed: Any, findings: Findings) -> tuple[RosterUncovered, ...]:
    """Return what the answer says is uncovered, without its reasons."""
    found = []
    for number, one in enumerate(listed if isinstance(listed, list) else []):
        try:
            day = date.fromisoformat(one["day"])
            found.append(
                RosterUncovered(
                    str(one["post"]), day, str(one["shift"]), int(one["missing"]), _UNSAID
                )
            )
        except (KeyError, TypeError, ValueError):
            findings.add(
                1,
                f"uncovered.{number}",
                Text(zh="须有 post、day、shift 和 missing。", en="Not post, day, shift, missing."),
                Text(zh="请提供求解输出的文件。", en="Give a file that the solver wrote."),
            )
    return tuple(found)
