"""Why a drill has no day, in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.text import Text
from scheduler.day_names import run_of_days
from scheduler.drills.problem import DrillWanted, SiteDrills


def why_missing(
    problem: SiteDrills, one: DrillWanted, days: Sequence[date], chosen: Mapping[str, date]
) -> Text:
    """Return why *one* has no day: none is open, or others of the series stand too close."""
    span = (max(one.since, problem.since), min(one.until, problem.until))
    told = run_of_days(*span)
    if not days:
        closed = _closings(problem, *span)
        return Text(
            zh=f"“{one.title.zh}”{told.zh}没有可以演练的日子：{closed.zh}。",
            en=f"“{one.title.en}” has no possible day {told.en}: {closed.en}.",
        )
    gap = problem.gap(one.series)
    others = sorted(
        chosen[other.id]
        for other in problem.wanted
        if other.series == one.series and other.id in chosen
    )
    return Text(
        zh=f"“{one.title.zh}”{told.zh}只有 {len(days)} 天可以演练；两次至少相隔 {gap} 天，"
        f"同一要求已排 {len(others)} 次，再排不下。",
        en=f"“{one.title.en}” has {len(days)} possible days {told.en}; drills are at least {gap} "
        f"days apart and {len(others)} of the same duty stand already, so no more fit.",
    )


def _closings(problem: SiteDrills, since: date, until: date) -> Text:
    """Name what closes the days, each reason once."""
    notes = {
        note.text: None
        for day, some in sorted(problem.notes.items())
        if since <= day <= until
        for note in some
        if note.weight is None
    }
    if not notes:
        return Text(zh="与上一次演练相隔太近", en="each is too close to the drill before")
    return Text(zh="、".join(one.zh for one in notes), en=", ".join(one.en for one in notes))
