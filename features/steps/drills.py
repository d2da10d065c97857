"""A year of drills: proposed, published, held and reported."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from pytest_bdd import given, parsers, then, when
from sqlalchemy import func, select

from features.steps.world import World
from inspections.drills.programme import propose, publish, year_of
from inspections.drills.proposing import Proposed
from inspections.drills.report import ReportGiven, Shortcoming
from inspections.drills.reporting import save_report
from inspections.drills.script import script_of
from inspections.drills.settings import DrillSettings
from inspections.drills.year import DrillView, DrillYear
from inspections.editing import Editor
from inspections.models import DrillReportRow, FollowUpRow

EVACUATION, EMERGENCY = "evacuation-drill", "mall-emergency-drill"
_YEAR = r"(?P<year>\d{4})年"


@dataclass
class Drills:
    """What the steps about drills share."""

    year: int = 0
    proposed: Proposed | None = None
    held: list[DrillView] = field(default_factory=list)


@pytest.fixture
def drills() -> Drills:
    """Return nothing proposed yet."""
    return Drills()


def _planner(world: World, who: str) -> Editor:
    return Editor(world.organisation, world.person(who), "safety-officer")


def _shown(world: World, drills: Drills, by: Editor | None = None) -> DrillYear:
    by = by or Editor(world.organisation, "planner", "safety-officer")
    return year_of(
        world.session, world.rulebook, world.organisation, drills.year, by=by, now=world.now
    )


@given(parsers.re(rf"(?P<who>.+)发布了{_YEAR}的演练，“(?P<title>.+)”(?P<how>两店联合|不通知)"))
def publish_year(world: World, drills: Drills, who, year, title, how) -> None:
    """Propose and publish."""
    propose_year(world, drills, who, year, title, how)
    publish(world.session, world.organisation, int(year), by=_planner(world, who), now=world.now)


@when(parsers.re(rf"(?P<who>.+)提议{_YEAR}的演练，“(?P<title>.+)”(?P<how>两店联合|不通知)"))
def propose_year(world: World, drills: Drills, who, year, title, how) -> None:
    """Find days for the drills of a year."""
    chosen = frozenset({world.rule(title)})
    together = how == "两店联合"
    settings = DrillSettings(
        frozenset() if together else chosen, chosen if together else frozenset()
    )
    drills.year = int(year)
    drills.proposed = propose(
        world.session,
        world.rulebook,
        world.organisation,
        drills.year,
        by=_planner(world, who),
        now=world.now,
        settings=settings,
        steps=5,
    )


@when(
    parsers.re(
        rf"{_YEAR}(?P<month>\d+)月的演练都已举行，各交一份报告，第一次的不足为“(?P<wanting>.+)”"
    )
)
def hold_month(world: World, drills: Drills, year, month, wanting) -> None:
    """Hold every drill of a month and hand in its report; plan the month first."""
    first = date(int(year), int(month), 1)
    world.replan(first, first + timedelta(days=30))
    held = [one for one in _shown(world, drills).drills if one.on.month == int(month)]
    held.sort(key=lambda one: (one.kind != EVACUATION, one.starts_at))
    for number, one in enumerate(held):
        world.now = one.ends_at + timedelta(hours=1)
        given = ReportGiven(
            one.starts_at,
            one.ends_at,
            expected=40,
            present=38,
            seconds=150,
            shortcomings=() if number else (Shortcoming(wanting),),
        )
        by = Editor(world.organisation, one.leader or "somebody", "inspector")
        save_report(world.session, world.rulebook, one.id, given, by=by, now=world.now)
    drills.held = held


@then(
    parsers.re(
        r"提议疏散演练(?P<evacuations>\d+)次，联合应急演练(?P<emergencies>\d+)次，没有排不下的"
    )
)
def count_proposed(drills: Drills, evacuations, emergencies) -> None:
    """Count what was proposed."""
    kinds = [one.kind for one in drills.proposed.found]

    assert int(evacuations) == kinds.count(EVACUATION)
    assert int(emergencies) == kinds.count(EMERGENCY)
    assert () == drills.proposed.short


@then(parsers.re(r"联合演练六种脚本各(?P<times>\d+)次"))
def count_scenarios(drills: Drills, times) -> None:
    """Count how often each scenario is drilled."""
    taken = [one.scenario.zh for one in drills.proposed.found if one.kind == EMERGENCY]

    assert 6 == len(set(taken))
    assert {int(times)} == {taken.count(name) for name in taken}


@then("没有一次落在闭店的日子")
def none_on_closed_days(world: World, drills: Drills) -> None:
    """See that no drill falls on a day without customers."""
    closed = {
        site.key: [span for span in site.closed if not span.avoided]
        for site in _shown(world, drills).sites
    }

    assert any(closed.values())
    for one in drills.proposed.found:
        for served in one.serves:
            assert not any(span.since <= one.on <= span.until for span in closed[served.site])


@then(parsers.re(r"(?P<month>\d+)月的演练都已完成，每次恰有一份报告"))
def each_is_reported(world: World, drills: Drills, month) -> None:
    """See that each drill is done with one report."""
    shown = [one for one in _shown(world, drills).drills if one.on.month == int(month)]
    reports = world.session.scalar(select(func.count(DrillReportRow.id)))

    assert {"done"} == {one.state for one in shown}
    assert len(shown) == len(drills.held) == reports


@then(parsers.re("开出调整工作标准的任务“(?P<wanting>.+)”"))
def standard_changes(world: World, wanting) -> None:
    """See the task that changes a standard."""
    tasks = world.session.scalars(select(FollowUpRow).where(FollowUpRow.standard_change))

    assert [wanting] == [wanting for task in tasks if wanting in task.title.zh]


@then(parsers.re("同店下一次疏散演练的脚本列出“(?P<wanting>.+)”"))
def next_script(world: World, drills: Drills, wanting) -> None:
    """See the shortcoming in the script of the next drill of the kind at the store."""
    first = drills.held[0]
    following = next(
        one
        for one in _shown(world, drills).drills
        if (one.kind, one.site) == (first.kind, first.site) and one.starts_at > first.starts_at
    )
    planner = Editor(world.organisation, "planner", "safety-officer")

    script = script_of(world.session, world.rulebook, following.id, by=planner, now=world.now)

    assert [wanting] == [one.shortcoming.text for one in script.revisited]


@then(parsers.re("(?P<who>.+)开始前看不到第一次疏散演练，开始后看得到"))
def seen_once_begun(world: World, drills: Drills, who) -> None:
    """See an unannounced drill come to light with its beginning."""
    guard = Editor(world.organisation, world.person(who), "inspector")
    first = next(one for one in _shown(world, drills).drills if one.hidden)

    seen = []
    for minutes in (-1, 1):
        world.now = first.starts_at + timedelta(minutes=minutes)
        seen.append(_shown(world, drills, guard).of(first.id) is not None)

    assert [False, True] == seen
