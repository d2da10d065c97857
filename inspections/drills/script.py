"""The script of a drill: briefing, steps by scenario, and what the last one showed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.drills.looking import look
from inspections.drills.report import ShortcomingStanding, report_of
from inspections.drills.script_step import Step
from inspections.drills.scripts import ScriptVersion, script_in_force
from inspections.drills.year import DrillView
from inspections.editing import Editor
from inspections.models import DrillReportRow, DrillRow
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.day_names import day_with_weekday


@dataclass(frozen=True)
class Revisited:
    """
    A shortcoming of the drill before that this one looks at again.

    Attributes:
        drill: Row id of the drill that showed it, held `on` that day.
    """

    drill: int
    on: date
    shortcoming: ShortcomingStanding


@dataclass(frozen=True)
class DrillScript:
    """
    What a drill goes through.

    Attributes:
        briefing: What people are told before; empty for an unannounced drill.
        written: The version of the steps that planners saved last; nothing where they are those
            proposed.
        evidence: What its rules want to be shown afterwards.
        revisited: Shortcomings of the last drill of its kind there, whether mended or not.
    """

    drill: DrillView
    briefing: tuple[Text, ...]
    steps: tuple[Step, ...]
    written: ScriptVersion | None
    evidence: tuple[Text, ...]
    revisited: tuple[Revisited, ...]


def script_of(
    session: Session, rulebook: RuleBook, drill_id: int, *, by: Editor, now: datetime
) -> DrillScript:
    """
    Return the script of a drill.

    Raises:
        NotFound: If there is no such drill in scope, or *by* may not know of it.
    """
    organisation, viewing, row = look(session, rulebook, drill_id, by=by, now=now)
    view = viewing.view(row)
    rules = [viewing.rulebook.rules[served.wanted.rule] for served in view.serves]
    versions = [viewing.rulebook.version(rule, view.on) for rule in rules]
    evidence = dict.fromkeys(text for one in versions if one for text in one.evidence)
    script = script_in_force(session, organisation.id, view.scenario)
    return DrillScript(
        drill=view,
        briefing=() if view.hidden else tuple(_briefing(view)),
        steps=script.steps,
        written=script.versions[0] if script.versions else None,
        evidence=tuple(evidence),
        revisited=tuple(_revisited(session, row)),
    )


def _briefing(view: DrillView) -> Iterator[Text]:
    day = day_with_weekday(view.on)
    yield Text(
        zh=f"{day.zh}在{view.site_name.zh}举行“{view.title.zh}”，约 {view.minutes} 分钟。",
        en=f"{view.title.en} at {view.site_name.en} on {day.en}, about {view.minutes} minutes.",
    )
    yield Text(
        zh="讲解疏散路线、集合点、灭火器材位置和各岗位分工。",
        en="Explain escape routes, assembly points, extinguishers, and who does what.",
    )
    yield Text(
        zh="孕妇、行动不便者和值守岗位不参加奔跑，另行安排。",
        en="Pregnant and frail people and posts that stay manned do not run; arrange it for them.",
    )
    if view.leader_name is not None:
        yield Text(
            zh=f"由{view.leader_name.zh}带队；听到信号后按引导员指挥行动。",
            en=f"{view.leader_name.en} leads; at the signal follow the guides.",
        )


def _revisited(session: Session, row: DrillRow) -> Iterator[Revisited]:
    """Yield the shortcomings of the last reported drill of the kind at the site."""
    query = (
        select(DrillRow)
        .join(DrillReportRow, DrillReportRow.drill_id == DrillRow.id)
        .where(DrillRow.site_id == row.site_id, DrillRow.kind == row.kind)
        .where(DrillRow.starts_at < row.starts_at, DrillRow.id != row.id)
        .order_by(DrillRow.starts_at.desc(), DrillRow.id.desc())
        .limit(1)
    )
    before = session.scalars(query).one_or_none()
    report = report_of(session, before.id) if before is not None else None
    if before is None or report is None:
        return
    for one in report.shortcomings:
        yield Revisited(before.id, before.on, one)
