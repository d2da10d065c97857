"""What follows by itself: ladders, known defects, repeats and misses."""

from datetime import date, datetime, time, timedelta

from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import DAY, MOMENT, ZONE, day_of, moment_of
from features.steps.world import World
from inspections.findings import rectification
from inspections.models import (
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    TicketEventRow,
    TicketRow,
)
from inspections.reactions.escalations import escalations
from inspections.reactions.sweeping import sweep_reactions
from inspections.sweep import sweep


@when(parsers.re(rf"系统于(?P<at>{MOMENT})例行处理"))
def swept(world: World, at) -> None:
    """Let the sweep do what is due."""
    now = moment_of(at)
    sweep(world.session, now=now, organisation_id=world.organisation)
    sweep_reactions(world.session, world.rulebook, organisation_id=world.organisation, now=now)


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})登记该问题整改至(?P<until>{DAY})，说明“(?P<note>[^”]+)”"
    )
)
def known_until(world: World, who, at, until, note) -> None:
    """Mark the finding last spoken of as known through a day."""
    end = datetime.combine(day_of(until), time(23, 59), ZONE)
    rectification.know_until(
        world.session,
        finding_id=world.last_finding().id,
        by=world.person(who),
        now=moment_of(at),
        until=end,
        note=note,
    )


@when(parsers.re(rf"检查排到(?P<until>{DAY})"))
def planned_further(world: World, until) -> None:
    """Plan on to a later day."""
    world.replan(date(2026, 11, 23), day_of(until))


@then(parsers.re(r"该问题已升级到第(?P<rung>\d)级"))
def rungs(world: World, rung) -> None:
    """Count the rungs taken: each one once."""
    since = world.last_finding().found_at - timedelta(days=1)
    found = escalations(world.session, world.organisation, since)
    mine = [one.rung for one in found if one.finding_id == world.last_finding().id]

    assert list(range(1, int(rung) + 1)) == mine


@then("没有另开问题，并入原问题")
def seen_again(world: World) -> None:
    """See that the last check opened nothing and the known defect says so."""
    query = select(FindingEventRow).filter_by(finding_id=world.last_finding().id, kind="noted")

    assert () == world.findings
    assert 1 == sum("seen" in (row.data or {}) for row in world.session.scalars(query))


@then(parsers.re("该问题(?P<needs>须|不须)做根因分析"))
def root_cause(world: World, needs) -> None:
    """See whether the last finding asks for its root cause."""
    query = select(FollowUpRow).filter_by(finding_id=world.last_finding().id)
    keys = [row.key for row in world.session.scalars(query)]

    assert (needs == "须") == ("default-root-cause/root-cause" in keys)


@then(
    parsers.re(
        r"督导人有(?P<count>\d+)个关于(?P<where>[^“]+)“(?P<title>[^”]+)”漏检的问题，记有(?P<times>\d+)次"
    )
)
def supervisor_answers(world: World, count, where, title, times) -> None:
    """Count the findings about a missed duty, and the misses that each holds."""
    wanted = f"{where}“{title}”：漏检"
    rows = [row for row in world.session.scalars(select(FindingRow)) if wanted in row.title.zh]
    notes = select(FindingEventRow).where(FindingEventRow.kind == "noted")
    noted = [n for n in world.session.scalars(notes) if n.finding_id in {r.id for r in rows}]

    assert int(count) == len(rows)
    assert int(times) == len(rows) + sum("event" in (n.data or {}) for n in noted)
    assert all(row.owner for row in rows)


@when(parsers.re(r"系统在该问题期限后(?P<minutes>\d+)分钟例行处理"))
def swept_after_the_deadline(world: World, minutes) -> None:
    """Let the sweep run so long after the deadline of the finding last spoken of."""
    now = world.last_finding().due_at + timedelta(minutes=int(minutes))
    sweep_reactions(world.session, world.rulebook, organisation_id=world.organisation, now=now)


@then("没有代修工单")
def no_repair(world: World) -> None:
    """See that nothing was ordered for the finding last spoken of."""
    assert [] == _charges(world)


@then("有1张代修工单，收材料费、免人工费")
def one_repair(world: World) -> None:
    """See that one repair was ordered, and who pays for what."""
    charged = [(row.data["materials"], row.data["labour"]) for row in _charges(world)]

    assert [(True, False)] == charged


@then("有修订标准的任务")
def standard_changes(world: World) -> None:
    """See that a drill started tasks to change a standard, and remember how many."""
    world.held = {row.id for row in _standard_changes(world)}

    assert world.held


@then("修订标准的任务没有增加")
def no_more_standard_changes(world: World) -> None:
    """See that a drill without shortcomings started none."""
    assert world.held == {row.id for row in _standard_changes(world)}


def _charges(world: World) -> list[TicketEventRow]:
    query = (
        select(TicketEventRow)
        .join(TicketRow, TicketRow.id == TicketEventRow.ticket_id)
        .where(TicketRow.finding_id == world.last_finding().id, TicketEventRow.kind == "charged")
    )
    return list(world.session.scalars(query))


def _standard_changes(world: World) -> list[FollowUpRow]:
    mine = {"organisation_id": world.organisation, "standard_change": True}
    return list(world.session.scalars(select(FollowUpRow).filter_by(**mine)))
