"""What moving a drill would break: the rules it serves, the days, the hours, who leads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspections.drills.clock_times import clock_faults
from inspections.drills.problems import Known, Problem, Problems, planner_id
from inspections.drills.required import Required
from inspections.drills.viewing import Viewing
from inspections.drills.year import DrillView
from inspections.errors import Refused
from rules.text import Text
from scheduler.day_names import day_with_weekday
from scheduler.drills.audit import faults_of_move
from scheduler.drills.problem import DrillEvent, DrillPlan


@dataclass(frozen=True)
class Breach:
    """
    A rule that a move would break.

    Attributes:
        code: `past`, `other-year`, `outside-window`, `not-on-this-day`, `too-close`,
            `leader-away`, `same-day`, `outside-hours`, `meal-or-nap` or `less-good`.
        forbids: Whether the move cannot be made; others may be made knowingly.
        breaks: Whether a rule would be broken; otherwise the day is only less good.
    """

    code: str
    text: Text
    forbids: bool = False
    breaks: bool = True


class BreaksRules(Refused):
    """
    A move would break rules and was not made knowingly, or cannot be made at all.

    Attributes:
        breaches: All of them.
    """

    code = "drill-move-breaks"

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = tuple(breaches)
        zh = "；".join(one.text.zh.rstrip("。") for one in breaches)
        en = "; ".join(one.text.en.rstrip(".") for one in breaches)
        super().__init__(Text(zh=f"没有移动：{zh}。", en=f"The drill was not moved: {en}."))


def breaches_of(viewing: Viewing, drill: DrillView, starts_at: datetime) -> tuple[Breach, ...]:
    """Return what holding *drill* at *starts_at*, an aware time of its site, would break."""
    on = starts_at.date()
    if starts_at <= viewing.now:
        return (Breach("past", _past(on), forbids=True),)
    if on.year != viewing.year:
        return (Breach("other-year", _other_year(viewing.year), forbids=True),)
    found = [*_of_rules(viewing, drill, on), *_same_kind(viewing, drill, on)]
    found += _of_the_hour(viewing, drill, starts_at)
    return tuple({one.text: one for one in found}.values())


def _of_rules(viewing: Viewing, drill: DrillView, on: date) -> Iterator[Breach]:
    others = [
        one
        for one in viewing.drills(set(drill.sites))
        if one.state not in {"cancelled", "missed", "excused"}
    ]
    known = Known(viewing.today, {}, frozenset(), ())
    problem = _problem(viewing, drill, others, known)
    events = tuple(
        DrillEvent(one.on, one.kind, tuple(planner_id(each.wanted) for each in one.serves),
                   leader=one.leader)
        for one in others
    )  # fmt: skip
    plan = DrillPlan(problem.drills.site, events, (), (), optimal=False)
    placed = {one.id for one in problem.drills.wanted}
    for served in drill.serves:
        if planner_id(served.wanted) in placed:
            faults = faults_of_move(problem.drills, plan, planner_id(served.wanted), on)
            yield from (Breach(fault.fault, fault.text) for fault in faults)
    for note in problem.drills.notes.get(on, ()):
        if note.weight is not None:
            yield Breach("less-good", _less_good(on, note.text), breaks=False)


def _problem(
    viewing: Viewing, drill: DrillView, others: Sequence[DrillView], known: Known
) -> Problem:
    sites = [site for site in viewing.organisation.sites if site.id in drill.sites]
    sites.sort(key=lambda site: site.id != drill.site)
    groups: list[tuple[Required, ...]] = [
        (served.wanted,) for one in others for served in one.serves
    ]
    return Problems(viewing.organisation, viewing.year, viewing.settings, known).of(
        sites, groups, ()
    )


def _same_kind(viewing: Viewing, drill: DrillView, on: date) -> Iterator[Breach]:
    """A surprise on the day of an announced drill of its kind is none."""
    for one in viewing.drills({drill.site}):
        if one.id != drill.id and one.on == on and one.state in {"proposed", "scheduled"}:
            day = day_with_weekday(on)
            text = Text(
                zh=f"{day.zh}已有演练“{one.title.zh}”。",
                en=f"There is another drill on {day.en}: {one.title.en}.",
            )
            yield Breach("same-day", text, breaks=False)


def _of_the_hour(viewing: Viewing, drill: DrillView, starts_at: datetime) -> Iterator[Breach]:
    site = next(site for site in viewing.organisation.sites if site.id == drill.site)
    ends = starts_at + timedelta(minutes=drill.minutes)
    for code, text in clock_faults(site, viewing.calendar(site), (starts_at, ends)):
        yield Breach(code, text, breaks=False)


def _past(on: date) -> Text:
    day = day_with_weekday(on)
    return Text(zh=f"{day.zh}已过。", en=f"{day.en} has passed.")


def _other_year(year: int) -> Text:
    return Text(
        zh=f"本计划只安排 {year} 年的演练。", en=f"This programme holds the drills of {year} only."
    )


def _less_good(on: date, why: Text) -> Text:
    day = day_with_weekday(on)
    return Text(zh=f"{day.zh}不宜演练：{why.zh}。", en=f"{day.en} is better avoided: {why.en}.")
