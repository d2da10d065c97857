"""Why somebody stands where they stand on a day, and who else could: for `roster explain`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.output import print_json, refuse, say

if TYPE_CHECKING:
    from scheduler.roster.explain.cell import Place
    from scheduler.roster.problem import Cells, RosterProblem

_SECONDS = 30.0


def explain_cell(
    problem: "RosterProblem",
    asked: tuple[str | None, date | None],
    answer: Path | None,
    *,
    as_json: bool,
) -> None:
    """Tell of one person's day, in the roster of *answer* or in one made for it."""
    known = known_cell(problem, asked, as_json=as_json)
    tell_cell(problem, _cells(problem, answer, as_json=as_json), known, as_json=as_json)


def tell_cell(
    problem: "RosterProblem", cells: "Cells", known: tuple[str, date], *, as_json: bool
) -> None:
    """Print why the person stands there on the day, and who else could."""
    from scheduler.roster.explain.cell import place_of
    from scheduler.roster.explain.cell_telling import cell_lines
    from scheduler.roster.explain.wanted import wanted_lines

    person, day = known
    place = place_of(problem, cells, person, day)
    if as_json:
        print_json(_data(place))
        return
    for line in (*cell_lines(problem, person, place), *wanted_lines(problem, cells, person, day)):
        click.echo(say(line))


def known_cell(
    problem: "RosterProblem", asked: tuple[str | None, date | None], *, as_json: bool
) -> tuple[str, date]:
    """Return the person and day asked about; leave with status 2 where the roster has them not."""
    person, day = asked
    names = [one.id for one in problem.people]
    if person not in names:
        _refuse("--person", ", ".join(names[:12]), as_json=as_json)
    if day is None or not problem.since <= day <= problem.until:
        _refuse("--day", f"{problem.since} – {problem.until}", as_json=as_json)
    return str(person), day or problem.since


def _refuse(option: str, known: str, *, as_json: bool) -> None:
    message = Text(zh="值班表中没有。", en="The roster has none such.")
    remedy = Text(zh=f"可选：{known}。", en=f"It has: {known}.")
    refuse([Fault(option, 0, "", message, remedy)], as_json=as_json)


def _cells(problem: "RosterProblem", answer: Path | None, *, as_json: bool) -> "Cells":
    from scheduler.roster.audit import violations
    from scheduler.roster.formats.duty_answer import read_roster

    if answer is None:
        from scheduler.roster.solver import solve

        return solve(problem, seconds=_SECONDS).cells
    try:
        roster = read_roster(answer, problem)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    broken = violations(problem, roster)
    if broken:
        remedy = Text(zh="请先用 roster check 核对。", en="See roster check.")
        refuse([Fault(str(answer), 0, "", each.text, remedy) for each in broken], as_json=as_json)
    return roster.cells


def _data(place: "Place | None") -> dict[str, Any]:
    if place is None:
        return {"shift": None}
    return {
        "post": place.slot.post,
        "shift": place.slot.shift,
        "empty_without": place.empty,
        "changed_without": list(place.changed),
        "others": [
            {
                "person": one.person,
                "how": one.how,
                "why": one.why.model_dump() if one.why else None,
            }
            for one in place.others
        ],
    }
