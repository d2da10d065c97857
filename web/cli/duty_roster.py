"""Duty rosters from YAML on the command line: solved, told in a sentence, and checked."""

import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rules.faults import InputInvalid
from rules.text import Text
from web.cli.output import print_json, print_table, refuse, say
from web.cli.progress import progress_bars

if TYPE_CHECKING:
    from scheduler.roster.problem import Roster, RosterProblem


def solve_duty(
    problem: "RosterProblem", *, seconds: float, seed: int, steps: int | None, progress: bool
) -> tuple["Roster", dict[str, Any]]:
    """Return the best roster found and the same as plain data."""
    from scheduler.roster.formats.duty_answer import duty_answer
    from scheduler.roster.solver import solve

    began = time.perf_counter()
    with progress_bars(shown=progress) as step:
        roster = solve(
            problem,
            seconds=seconds,
            seed=seed,
            steps=steps,
            progress=lambda done, total, text: step(say(text), done, total),
        )
    taken = round(time.perf_counter() - began, 2)
    held = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    return roster, duty_answer(problem, roster, seconds=taken, peak_mb=held, seed=seed)


def duty_summary(problem: "RosterProblem", roster: "Roster") -> str:
    """Return what came of it, as a sentence; clashes follow, each on a line of its own."""
    if roster.status == "infeasible":
        head = Text(zh="已定班次违反硬性规定：", en="Settled shifts break hard rules:")
        return "\n".join([say(head), *(f"  {say(one)}" for one in roster.clashes)])
    missing = sum(one.missing for one in roster.uncovered)
    proved = Text(zh="已证明不能再少", en="proved least")
    found = Text(zh="限时内最好", en="best found in time")
    how = proved if roster.status == "solved" or not missing else found
    days, people = (problem.until - problem.since).days + 1, len(problem.people)
    return say(
        Text(
            zh=f"{people} 人 {days} 天：缺 {missing} 人次（{how.zh}）。",
            en=f"{people} people, {days} days: {missing} place(s) empty ({how.en}).",
        )
    )


def check_duty(problem: "RosterProblem", answer: Path, *, as_json: bool) -> bool:
    """Show what the roster in *answer* breaks, without any solver; return whether anything."""
    from scheduler.roster.audit import violations
    from scheduler.roster.formats.duty_answer import read_roster

    try:
        roster = read_roster(answer, problem)
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    found = violations(problem, roster)
    missing = sum(one.missing for one in roster.uncovered)
    if as_json:
        rows = [
            {"code": one.code, "person": one.person, "day": one.day, "text": say(one.text)}
            for one in found
        ]
        print_json({"uncovered": missing, "violations": rows})
        return bool(found)
    if found:
        columns = [say(Text(zh="违反", en="Broken rule"))]
        title = say(Text(zh="违反硬性规定", en="Hard rules broken"))
        print_table(title, columns, [(say(one.text),) for one in found])
    told = Text(
        zh=f"缺 {missing} 人次，违反 {len(found)} 处。",
        en=f"{missing} place(s) empty, {len(found)} violation(s).",
    )
    click.echo(say(told))
    return bool(found)
