"""Open a checklist because of an event: occurrences at once, without waiting for the next plan."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from inspections.findings.deadline_policy import arithmetic
from inspections.models import (
    AssignmentRow,
    DutyRow,
    FollowUpRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from inspections.planned_occurrences import BY_REACTION
from inspections.reactions.desk import Desk, Outcome
from inspections.reactions.happening import Happening
from inspections.reactions.who import holder
from inspections.wanted_occurrences import priority_of
from rules.cadence import OnEvent
from rules.consequence import Consequence
from rules.durations import Duration
from rules.pack import RuleVersion
from rules.reactions import OpenChecklist
from rules.text import Text
from scheduler.deadlines import deadline


def open_checklist(
    desk: Desk, happening: Happening, consequence: Consequence, do: OpenChecklist
) -> Outcome:
    """Open the occurrence of a rule at the site, or a task where only a checklist is named."""
    if do.rule is None:
        return _task(desk, happening, consequence, do)
    site = desk.concerned(happening).site
    on = happening.event.at.astimezone(desk.calendar(site).zone).date()
    rule = desk.rulebook.rules.get(do.rule)
    version = desk.rulebook.version(rule, on) if rule else None
    if rule is None or version is None:
        return {"skipped": "no-such-rule"}
    query = select(DutyRow).filter_by(
        site_id=site.id, rule=do.rule, status="binds", valid_until=None
    )
    priority = priority_of(rule, desk.rulebook)
    rows = [
        _open(desk, happening, duty, version, within=do.within, priority=priority)
        for duty in desk.session.scalars(query.order_by(DutyRow.id)).all()
    ]
    return {"occurrences": rows} if rows else {"skipped": "binds-nothing-here"}


def _open(  # noqa: PLR0913 (the parts of one occurrence)
    desk: Desk,
    happening: Happening,
    duty: DutyRow,
    version: RuleVersion,
    *,
    within: Duration,
    priority: int,
) -> int:
    event, cadence = happening.event, version.cadence
    site = desk.targets.by_id(duty.site_id)
    calendar = desk.calendar(site)
    recorded = happening.subject or ""
    planned = isinstance(cadence, OnEvent) and recorded.startswith(f"{cadence.event}-")
    # The same window as the plan's own, so that planning later changes nothing.
    limit = cadence.within if planned and isinstance(cadence, OnEvent) else within
    period = recorded if planned else f"{BY_REACTION}{event.key}"
    mine = {"duty_id": duty.id, "period": period}
    known = desk.session.scalars(select(OccurrenceRow).filter_by(**mine)).one_or_none()
    if known is not None:
        return known.id
    due_at = deadline(event.at, limit, calendar).due_at
    closes_at = deadline(due_at, version.grace, calendar).due_at if version.grace else due_at
    row = OccurrenceRow(
        site_id=site.id,
        opens_at=event.at,
        due_at=due_at,
        closes_at=closes_at,
        planned_on=event.at.astimezone(calendar.zone).date(),
        state="scheduled",
        provisional=False,
        revision=0,
        priority=priority,
        **mine,
    )
    desk.session.add(row)
    desk.session.flush()
    _assign(desk, happening, row, version)
    return row.id


def _assign(desk: Desk, happening: Happening, row: OccurrenceRow, version: RuleVersion) -> None:
    """Give it to who holds the role now; the next plan may find better."""
    standing = desk.standing(happening)
    roles = version.people.roles or ("inspector", "safety-officer")
    found = (holder(desk.session, role, standing) for role in roles)
    who = list(dict.fromkeys(key for key in found if key))[: version.people.count]
    mine = {"organisation_id": desk.organisation_id}
    query = select(PersonRow.id).filter_by(**mine).where(PersonRow.key.in_(who))
    for person_id in desk.session.scalars(query):
        desk.session.add(
            AssignmentRow(occurrence_id=row.id, person_id=person_id, reason=_REASON, pinned=False)
        )
    desk.session.flush()


def _task(
    desk: Desk, happening: Happening, consequence: Consequence, do: OpenChecklist
) -> dict[str, Any]:
    checklist = desk.rulebook.checklist(str(do.checklist))
    site: SiteRow = desk.concerned(happening).site
    due = desk.limit(happening, do.within)
    opened: datetime = desk.now
    row = FollowUpRow(
        organisation_id=desk.organisation_id,
        site_id=site.id,
        finding_id=happening.finding,
        subject=happening.subject or happening.event.key,
        key=f"{consequence.rule}/{do.id}",
        rule=consequence.rule,
        title=checklist.title,
        opened_at=opened,
        due_at=due.due_at,
        arithmetic=arithmetic(due, "rule"),
        on_duty=True,
        roles=[],
    )
    desk.session.add(row)
    desk.session.flush()
    return {"task": row.id}


_REASON = Text(
    zh="事件触发，按岗位当时指派；下次排程可能调整。",
    en="Opened by an event and given to who holds the role; the next plan may change it.",
)
