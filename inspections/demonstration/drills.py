"""A year of drills: planned some months ago, held and reported since, one report overdue."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.demonstration.past_days import standing_rows
from inspections.drills.kinds import drill_rules
from inspections.drills.programme import cancel, propose, publish
from inspections.drills.report import ReportGiven, Shortcoming
from inspections.drills.reporting import save_report
from inspections.drills.settings import DrillSettings
from inspections.drills.year import REPORT_WITHIN
from inspections.editing import Editor
from inspections.importing import load_from_record
from inspections.models import (
    DrillProgrammeRow,
    DrillRow,
    DutyRow,
    SiteRow,
)
from inspections.plan_changes import PlanChanges
from inspections.planned_duties import planned_duties, write_duties
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

# Evacuations that nobody is told of, and emergencies that both stores rehearse as one.
_CHOSEN = DrillSettings(
    hidden=frozenset({"mall-evacuation-drill", "tsg-t5002-drill"}),
    together=frozenset({"mall-emergency-drill"}),
)
_STEPS = 2
# So long the house plans its drills here; what a year before came to would take long to report.
_SINCE = timedelta(days=90)
# What a drill of longer ago showed was put right since.
_STILL_OPEN = timedelta(days=21)
_WRITING = timedelta(hours=2)
_SHORTCOMINGS = (
    Shortcoming("东侧疏散通道堆放纸箱，绕行多用 20 秒", "通道和安全出口管理标准"),
    Shortcoming("两名新员工不清楚集合点位置", "新员工岗前培训清单"),
    Shortcoming("二楼对讲机有一台没电", "交接班检查表"),
    Shortcoming("广播在仓库听不清", "应急广播点位表"),
    Shortcoming("引导员未逐间确认无人", "疏散引导员职责卡"),
)
Progress = Callable[[int, int], None]


def live_through_drills(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    now: datetime,
    seed: int,
    photo: str,
    progress: Progress,
) -> int:
    """
    Publish the drills of this year, report those that were held, and return how many these are.

    The last one that should have a report has none, and one that is still ahead was cancelled and
    waits for publication on another day. A year that is known already is left alone.
    """
    organisation = load_from_record(session, organisation_id)
    zone = ZoneInfo(organisation.time_zone)
    today = now.astimezone(zone).date()
    first = max(date(today.year, 1, 1), today - _SINCE)
    mine = {"organisation_id": organisation.id, "year": first.year}
    if session.scalars(select(DrillProgrammeRow.id).filter_by(**mine)).first() is not None:
        return 0
    by = Editor(organisation.id, "demo", "safety-officer")
    eve = datetime.combine(first, time(), zone) - timedelta(hours=12)
    asking = drill_rules(rulebook.for_organisation(organisation))
    chosen = replace(
        _CHOSEN, hidden=_CHOSEN.hidden & asking.keys(), together=_CHOSEN.together & asking.keys()
    )
    _bind(session, rulebook, organisation, first, asking)
    year = (session, rulebook, organisation.id, first.year)
    propose(*year, by=by, now=eve, settings=chosen, steps=_STEPS)
    publish(session, organisation.id, first.year, by=by, now=eve)
    ended = _ended(session, organisation_id, now - REPORT_WITHIN)
    draw = Random(f"drills:{organisation_id}:{seed}")  # noqa: S311 - a demonstration, not a secret
    # The session forgets rows that nobody holds, and would read these again for every report.
    held = standing_rows(session, organisation_id)
    for done, drill in enumerate(ended[:-1]):
        progress(done, len(ended))
        came_to = _came_to(drill, draw, photo, recent=drill.starts_at > now - _STILL_OPEN)
        save_report(session, rulebook, drill.id, came_to, by=by, now=_end(drill) + _WRITING)
    del held
    if _cancel_one(session, rulebook, organisation_id, by=by, now=now):
        propose(*year, by=by, now=now, steps=_STEPS)
    progress(len(ended), len(ended))
    return len(ended[:-1])


def _bind(
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    first: date,
    asking: Iterable[str],
) -> None:
    """Let the duties that ask for drills bind from the *first* day on."""
    known = select(DutyRow.id).filter_by(organisation_id=organisation.id).limit(1)
    if session.scalars(known).first() is not None:
        return
    keys = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=organisation.id)
    sites = {row.key: row.id for row in session.execute(keys)}
    book = rulebook.for_organisation(organisation)
    found = planned_duties(organisation, book, sites, since=first, until=first)
    rules = frozenset(asking)
    drills = {key: duty for key, duty in found.items() if duty.binding.rule in rules}
    write_duties(session, organisation.id, drills, since=first, changes=PlanChanges())


def _ended(session: Session, organisation_id: str, before: datetime) -> list[DrillRow]:
    """Return the published drills that ended before an instant, in the order they were held."""
    query = (
        select(DrillRow)
        .join(DrillProgrammeRow, DrillProgrammeRow.id == DrillRow.programme_id)
        .where(DrillProgrammeRow.organisation_id == organisation_id)
        .where(DrillRow.state == "scheduled", DrillRow.starts_at < before)
        .order_by(DrillRow.starts_at, DrillRow.id)
    )
    return [row for row in session.scalars(query) if _end(row) < before]


def _end(drill: DrillRow) -> datetime:
    return drill.starts_at + timedelta(minutes=drill.minutes)


def _came_to(drill: DrillRow, draw: Random, photo: str, *, recent: bool) -> ReportGiven:
    expected = draw.randint(36, 64)
    shown = draw.sample(_SHORTCOMINGS, draw.choice((0, 1, 1, 2))) if recent else ()
    return ReportGiven(
        started_at=drill.starts_at,
        ended_at=_end(drill),
        expected=expected,
        present=expected - draw.choice((0, 0, 1, 2)),
        seconds=draw.randint(118, 236),
        summary="按脚本进行，讲评后复位" if recent else None,
        shortcomings=tuple(shown),
        photos=(photo,) if recent else (),
    )


def _cancel_one(
    session: Session, rulebook: RuleBook, organisation_id: str, *, by: Editor, now: datetime
) -> bool:
    """Cancel an announced drill that is well ahead; false where none is."""
    query = (
        select(DrillRow.id)
        .join(DrillProgrammeRow, DrillProgrammeRow.id == DrillRow.programme_id)
        .where(DrillProgrammeRow.organisation_id == organisation_id)
        .where(DrillRow.state == "scheduled", DrillRow.hidden.is_(False))
        .where(DrillRow.starts_at > now + timedelta(days=2))
        .order_by(DrillRow.starts_at, DrillRow.id)
    )
    found = session.scalars(query.limit(1)).first()
    if found is not None:
        cancel(session, rulebook, found, why="当日停电检修，改期举行", by=by, now=now)
    return found is not None
