"""Plan the drills of a site: announced ones by the solver, the others drawn from what is left."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256

from scheduler.drills.drawing import drawn_days
from scheduler.drills.leaders import with_leaders
from scheduler.drills.missing import why_missing
from scheduler.drills.model import placed
from scheduler.drills.problem import (
    DrillEvent,
    DrillMissing,
    DrillPlan,
    DrillWanted,
    SiteDrills,
)
from scheduler.drills.turns import with_turns

# So many candidates of a long window are tried first; all of them only where that leaves a gap.
_FIRST_CANDIDATES = 40


def plan_drills(problem: SiteDrills, *, secret: str, seed: int = 0, steps: int = 50) -> DrillPlan:
    """
    Return the drills of the site over the horizon.

    Args:
        problem: What is wanted, and the days.
        secret: What unannounced days are drawn from; only planners may know it.
        seed: Decides between equals among announced ones.
        steps: Thousandths of CP-SAT's deterministic second; the same steps give the same plan.
    """
    days = {one.id: _candidates(problem, one) for one in problem.wanted}
    pinned = {one.id: one.pinned_on for one in problem.wanted if one.pinned_on is not None}
    standing = {(day, one.kind) for one in problem.wanted if (day := pinned.get(one.id))}
    free = [one for one in problem.wanted if one.id not in pinned]
    # Whatever has no day at all is missing for sure; the solver need not prove it.
    announced = [one for one in free if one.announced and days[one.id]]
    first = {one.id: _some(days[one.id], one) for one in announced}
    found = placed(problem, announced, first, standing=standing, steps=steps, seed=seed)
    if len(found.days) < len(announced) and first != {one.id: days[one.id] for one in announced}:
        found = placed(problem, announced, days, standing=standing, steps=steps, seed=seed)
    taken = {**pinned, **found.days}
    drawn = _drawn(problem, [one for one in free if not one.announced], days, taken, secret)
    chosen = {**taken, **drawn}
    events = with_turns(problem, _events(problem, chosen, drawn))
    events, idle = with_leaders(problem, events, found.leaders)
    missing = tuple(
        DrillMissing(
            one.id,
            why_missing(problem, one, days[one.id], chosen),
            # Draws fill what is left as far as it goes; only the solver may run out of steps.
            proved=found.full or not one.announced or not days[one.id],
        )
        for one in problem.wanted
        if one.id not in chosen
    )
    return DrillPlan(problem.site, events, missing, idle, found.optimal)


def _candidates(problem: SiteDrills, one: DrillWanted) -> list[date]:
    """Return the open days of its window that keep the gap to what is settled."""
    gap = problem.gap(one.series)
    settled = [
        other.pinned_on
        for other in problem.wanted
        if other.series == one.series and other.pinned_on is not None and other.id != one.id
    ]
    last = problem.last.get(one.series)
    near = [*settled, *([last] if last else [])]
    return [
        day
        for day in _days(max(one.since, problem.since), min(one.until, problem.until))
        if problem.is_open(day) and _apart([day], near, gap)
    ]


def _days(since: date, until: date) -> Iterator[date]:
    for number in range((until - since).days + 1):
        yield since + timedelta(days=number)


def _some(days: Sequence[date], one: DrillWanted) -> Sequence[date]:
    """Return candidates spread over a long window, with the days that matter among them."""
    if len(days) <= _FIRST_CANDIDATES:
        return days
    step = len(days) / _FIRST_CANDIDATES
    spread = {days[int(number * step)] for number in range(_FIRST_CANDIDATES)}
    wanted = {one.planned_on, one.wished_on}
    return [day for day in days if day in spread or day in wanted]


def _drawn(
    problem: SiteDrills,
    hidden: Sequence[DrillWanted],
    days: dict[str, list[date]],
    taken: dict[str, date],
    secret: str,
) -> dict[str, date]:
    """Draw each series as one, from the days of its windows that nothing else takes."""
    busy = set(taken.values())
    by_series: defaultdict[str, list[DrillWanted]] = defaultdict(list)
    for one in sorted(hidden, key=lambda one: (one.since, one.until, one.id)):
        by_series[one.series].append(one)
    found: dict[str, date] = {}
    for series, some in by_series.items():
        gap = problem.gap(series)
        told = [taken[one.id] for one in problem.wanted if one.series == series and one.id in taken]
        windows = [_apart(days[one.id], told, gap) for one in some]
        quiet = [[day for day in window if day not in busy] for window in windows]
        seed = sha256(f"{secret}|{problem.site}|{series}".encode()).hexdigest()
        draw = drawn_days(quiet, gap=gap, seed=seed)
        if None in draw.days:
            # Two drills on a day are better than one too few.
            loose = zip(windows, quiet, draw.days, strict=True)
            opened = [whole if day is None else still for whole, still, day in loose]
            draw = drawn_days(opened, gap=gap, seed=seed)
        chosen = {one.id: day for one, day in zip(some, draw.days, strict=True) if day}
        found |= chosen
        busy.update(chosen.values())
    return found


def _apart(days: Collection[date], others: Collection[date], gap: int) -> list[date]:
    return [day for day in days if all(abs((day - other).days) >= gap for other in others)]


def _events(
    problem: SiteDrills, chosen: dict[str, date], drawn: dict[str, date]
) -> tuple[DrillEvent, ...]:
    # What is drawn stands apart from what is announced on the same day: it stays hidden.
    serving: defaultdict[tuple[date, str, bool], list[DrillWanted]] = defaultdict(list)
    for one in problem.wanted:
        if one.id in chosen:
            serving[chosen[one.id], one.kind, one.id in drawn].append(one)
    return tuple(
        DrillEvent(
            day,
            kind,
            tuple(one.id for one in some),
            drawn=hidden,
            avoids=tuple(note.text for note in problem.notes.get(day, ())),
        )
        for (day, kind, hidden), some in sorted(serving.items())
    )
