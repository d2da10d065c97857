"""What a plan of drills breaks, told without any solver."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from rules.text import Text
from scheduler.day_names import day_with_weekday, run_of_days
from scheduler.drills.problem import DrillFault, DrillPlan, DrillWanted, SiteDrills


def audit(problem: SiteDrills, plan: DrillPlan) -> tuple[DrillFault, ...]:
    """Return every rule that the plan breaks, and every drill that it neither places nor misses."""
    days = {one: event.day for event in plan.events for one in event.serves}
    told = {one.id for one in plan.missing}
    faults = [fault for one in problem.wanted for fault in _of_one(problem, one, days, told)]
    faults += _too_close(problem, days)
    faults += _leaders_away(problem, plan)
    return tuple(faults)


def faults_of_move(
    problem: SiteDrills, plan: DrillPlan, moved: str, day: date
) -> tuple[DrillFault, ...]:
    """Return what moving the drill *moved* to *day* would break; nothing where it may go there."""
    events = tuple(
        replace(event, serves=tuple(one for one in event.serves if one != moved))
        for event in plan.events
    )
    kind = next(one.kind for one in problem.wanted if one.id == moved)
    leader = next((event.leader for event in plan.events if moved in event.serves), None)
    new = next((event for event in plan.events if moved in event.serves), None)
    events = tuple(event for event in events if event.serves)
    if new is not None:
        events = (*events, replace(new, day=day, kind=kind, serves=(moved,), leader=leader))
    before = set(audit(problem, plan))
    return tuple(one for one in audit(problem, replace(plan, events=events)) if one not in before)


def _of_one(
    problem: SiteDrills, one: DrillWanted, days: dict[str, date], told: set[str]
) -> Iterator[DrillFault]:
    day = days.get(one.id)
    if day is None:
        if one.id not in told:
            text = Text(
                zh=f"“{one.title.zh}”没有安排日期。", en=f"“{one.title.en}” has no day yet."
            )
            yield DrillFault(one.id, "not-placed", text)
        return
    # What was held or settled by hand is a fact; it is told, not forbidden.
    if not one.since <= day <= one.until:
        yield DrillFault(one.id, "outside-window", _outside(one, day))
    if one.pinned_on is None:
        closed = [note.text for note in problem.notes.get(day, ()) if note.weight is None]
        if closed:
            yield DrillFault(one.id, "not-on-this-day", _closed(one, day, closed[0]))


def _too_close(problem: SiteDrills, days: dict[str, date]) -> Iterator[DrillFault]:
    by_series: defaultdict[str, list[tuple[date, DrillWanted]]] = defaultdict(list)
    for one in problem.wanted:
        if one.id in days:
            by_series[one.series].append((days[one.id], one))
    for series, some in by_series.items():
        some.sort(key=lambda found: (found[0], found[1].id))
        gap = problem.gap(series)
        last = problem.last.get(series)
        if last is not None and (some[0][0] - last).days < gap:
            yield DrillFault(some[0][1].id, "too-close", _close(some[0][1], some[0][0], last, gap))
        for (earlier, _), (later, one) in pairwise(some):
            if (later - earlier).days < gap:
                yield DrillFault(one.id, "too-close", _close(one, later, earlier, gap))


def _leaders_away(problem: SiteDrills, plan: DrillPlan) -> Iterator[DrillFault]:
    leaders = {one.id: one for one in problem.leaders}
    for event in plan.events:
        leader = leaders.get(event.leader or "")
        if leader is not None and event.day in leader.away:
            day = day_with_weekday(event.day)
            text = Text(
                zh=f"{leader.name.zh} {day.zh}不在，不能带队演练。",
                en=f"{leader.name.en} is away on {day.en} and cannot lead the drill.",
            )
            yield DrillFault(event.serves[0], "leader-away", text)


def _outside(one: DrillWanted, day: date) -> Text:
    on, span = day_with_weekday(day), run_of_days(one.since, one.until)
    return Text(
        zh=f"“{one.title.zh}”应在{span.zh}演练，{on.zh}在期外。",
        en=f"“{one.title.en}” is to be drilled {span.en}; {on.en} is outside.",
    )


def _closed(one: DrillWanted, day: date, why: Text) -> Text:
    on = day_with_weekday(day)
    return Text(
        zh=f"{on.zh}不能演练“{one.title.zh}”：{why.zh}。",
        en=f"“{one.title.en}” cannot be drilled on {on.en}: {why.en}.",
    )


def _close(one: DrillWanted, day: date, other: date, gap: int) -> Text:
    days, on, before = (day - other).days, day_with_weekday(day), day_with_weekday(other)
    return Text(
        zh=f"“{one.title.zh}”两次演练至少相隔 {gap} 天，{on.zh}距{before.zh}只有 {days} 天。",
        en=f"Two drills of “{one.title.en}” are at least {gap} days apart; {on.en} is only {days} "
        f"after {before.en}.",
    )
