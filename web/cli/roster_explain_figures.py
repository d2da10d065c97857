"""Why a roster of plain figures cannot be had, for `roster explain`."""

import time
from typing import TYPE_CHECKING

import click

from rules.text import Text
from web.cli.output import say
from web.cli.roster_told import finding_data, show

if TYPE_CHECKING:
    from scheduler.roster.core.problem import CoreProblem
    from scheduler.roster.explain.figures.contradiction import Contradictions
    from scheduler.roster.explain.told import Told

# Of the time that is left, what each question may take; the last one has the rest.
_OF_SHORTAGES, _OF_FILLING = 0.3, 0.2
# What is left to the telling, and without which no roster is looked for.
_LEAD, _LEAST = 0.3, 1.0
_FULL = Text(
    zh="每个班次都能排满（已求得一份并审核）。",
    en="Every place can be filled (a roster was found and audited).",
)
_UNKNOWN = Text(
    zh="没有发现人数不够的日子；限时内没有找到合规的排班。请加大 --time-limit。",
    en="No days were found with too few people, and in the time given no roster that keeps the "
    "rules. Raise --time-limit.",
)
_CUT = Text(
    zh="限时已到，其余日期未查。请加大 --time-limit。",
    en="The time ran out before the other days were looked into. Raise --time-limit.",
)
_NOT_ALL_ASKED = Text(
    zh="限时已到，其余人员未查。请加大 --time-limit。",
    en="The time ran out before everybody was looked into. Raise --time-limit.",
)


def explain_figures(problem: "CoreProblem", limit_ends: float, *, as_json: bool) -> int:
    """
    Tell what stands against filling every place; return the exit status.

    Args:
        problem: Checked figures.
        limit_ends: Moment of the monotonic clock by which it is told.
        as_json: Whether to print data.
    """
    from scheduler.roster.explain.figures.contradiction import contradictions
    from scheduler.roster.explain.figures.shortage import shortages
    from scheduler.roster.explain.figures.telling import told_contradiction, told_shortage

    ends = limit_ends - _LEAD
    bad = contradictions(problem, ends=ends)
    if bad.found:
        told = [told_contradiction(problem, one) for one in bad.found]
        return _tell("infeasible", told, _unasked(problem, bad), as_json=as_json)
    short, is_all = shortages(problem, ends=_share(ends, _OF_SHORTAGES))
    told = [told_shortage(problem, one) for one in short]
    if told:
        return _tell("gaps", told, None if is_all else _CUT, as_json=as_json)
    return _tell_whole(problem, ends, as_json=as_json)


def _unasked(problem: "CoreProblem", bad: "Contradictions") -> Text | None:
    """Say of whom no rules were named."""
    from scheduler.roster.explain.figures.telling import employees_text

    if not bad.others:
        return None if bad.is_all else _NOT_ALL_ASKED
    names = employees_text(problem, bad.others)
    return Text(
        zh=f"{names.zh} 也没有一种排法，未逐一说明。",
        en=f"No row keeps the rules of {names.en} either; that is not explained here.",
    )


def _tell_whole(problem: "CoreProblem", ends: float, *, as_json: bool) -> int:
    """Say whether all can be filled where nobody is missing by number."""
    from scheduler.roster.core.audit import violations
    from scheduler.roster.explain.figures.row_model import filled
    from scheduler.roster.explain.figures.rowless import LARGE
    from scheduler.roster.explain.figures.telling import told_together
    from scheduler.roster.explain.figures.together import together

    if problem.requests.size <= LARGE:
        seconds = _share(ends, _OF_FILLING) - time.monotonic()
        verdict, cells = filled(problem, seconds=seconds)
        if cells is not None and not violations(problem, cells):
            return _tell("covered", [], _FULL, as_json=as_json)
        if verdict == "impossible":
            told = told_together(problem, together(problem, ends=ends))
            return _tell("gaps", [told], None, as_json=as_json)
    return _tell_cover(problem, ends - time.monotonic(), as_json=as_json)


def _tell_cover(problem: "CoreProblem", seconds: float, *, as_json: bool) -> int:
    """Say how much of it a search fills where no single question was settled."""
    from scheduler.roster.explain.figures.cover import best_cover
    from scheduler.roster.explain.figures.cover_telling import told_cover

    cover = best_cover(problem, seconds=seconds) if seconds >= _LEAST else None
    if cover is None:
        return _tell("unknown", [], _UNKNOWN, as_json=as_json)
    if not cover.empty:
        return _tell("covered", [], _FULL, as_json=as_json)
    status = "gaps" if cover.at_least else "unknown"
    return _tell(status, [told_cover(problem, cover)], None, as_json=as_json)


def _share(ends: float, part: float) -> float:
    """Return the moment at which part of the time that is left is over."""
    now = time.monotonic()
    return now + max(0.0, ends - now) * part


def _tell(status: str, told: "list[Told]", note: Text | None, *, as_json: bool) -> int:
    data = {
        "status": status,
        "findings": list(map(finding_data, told)),
        "note": note.model_dump() if note else None,
    }
    show(data, told, as_json=as_json)
    if note and not as_json:
        click.echo(say(note))
    return 0 if status == "covered" else 1
