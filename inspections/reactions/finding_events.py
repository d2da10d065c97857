"""Findings as events: when they open, and at each look until they are closed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.lookup import calendar_from
from inspections.models import (
    DutyRow,
    FindingEventRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
)
from inspections.reactions.happening import Happening
from inspections.reactions.known_defects import known_marks
from inspections.reactions.repeats import SameItem, earlier_findings
from inspections.reactions.targets import Targets
from inspections.reactions.working_days import Overdue, overdue_at
from rules.event import Event
from rules.facts import FactValue
from rules.rulebook import RuleBook
from scheduler.workdays import WorkCalendar


class FindingEvents:
    """Turns findings of one organisation into events as of an instant."""

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        self._now = now
        self._organisation = session.get_one(OrganisationRow, targets.organisation_id)
        self._calendars: dict[str, WorkCalendar] = {}

    def open_ones(self) -> Iterator[Happening]:
        """Yield every finding of the organisation that is not closed, the oldest first."""
        query = select(FindingRow).where(
            FindingRow.organisation_id == self._organisation.id, FindingRow.state != "closed"
        )
        yield from self.of(self._session.scalars(query.order_by(FindingRow.id)).all())

    def of(self, rows: Iterable[FindingRow]) -> Iterator[Happening]:
        """Yield an event for each of *rows*."""
        rows = list(rows)
        ids = [row.id for row in rows]
        marks = known_marks(self._session, ids)
        reopened = self._reopened(ids)
        for row in rows:
            known = marks.get(row.id)
            yield self._happening(row, known and known[0], reopened.get(row.id, 0))

    def overdue(self, row: FindingRow) -> Overdue:
        """Return how far past its deadline a finding is, in working days of its site."""
        return overdue_at(row.due_at, now=self._now, calendar=self.calendar(row.site_id))

    def calendar(self, site_id: int) -> WorkCalendar:
        """Return the calendar of a site by its id."""
        site = self._targets.by_id(site_id)
        if site.key not in self._calendars:
            self._calendars[site.key] = calendar_from(site.calendar, self._organisation)
        return self._calendars[site.key]

    def _happening(self, row: FindingRow, known_until: datetime | None, turn: int) -> Happening:
        site = self._targets.by_id(row.site_id)
        concerned = self._targets.nearest(site, asset=row.asset, place=row.place)
        key = f"finding/{row.id}" + (f"/reopened-{turn}" if turn else "")
        facts = {**concerned.facts, **self._facts(row, known_until)}
        event = Event("finding", key, site.key, concerned.kind, concerned.target, self._now, facts)
        return Happening(
            event,
            doer=row.owner,
            chain=(row.rule,) if row.rule else (),
            finding=row.id,
            subject=f"finding/{row.id}",
        )

    def _facts(self, row: FindingRow, known_until: datetime | None) -> Mapping[str, FactValue]:
        rule = self._rulebook.rules.get(row.rule or "")
        on = row.found_at.astimezone(self.calendar(row.site_id).zone).date()
        version = self._rulebook.version(rule, on) if rule else None
        defaults = bool(version and version.on_fail and version.on_fail.default)
        facts: dict[str, FactValue] = {
            "finding.severity": row.severity,
            "finding.state": row.state,
            "finding.overdue_working_days": self.overdue(row).days,
            "finding.repeats_30d": self._repeats(row),
            "finding.major_hazard": row.major_hazard,
            "finding.default_applies": defaults,
        }
        if row.rule:
            facts["finding.from_rule"] = row.rule
        if rule:
            facts["finding.domain"] = rule.domain
        if known_until is not None:
            zone = self.calendar(row.site_id).zone
            left = known_until.astimezone(zone).date() - self._now.astimezone(zone).date()
            if left.days >= 0:
                facts["finding.known_until_days"] = left.days
        return facts

    def _repeats(self, row: FindingRow) -> int:
        if row.inspection_id is None or row.item is None:
            return 0
        query = (
            select(DutyRow.target_kind, DutyRow.target, InspectionRow.checklist["id"].as_string())
            .join(OccurrenceRow, OccurrenceRow.duty_id == DutyRow.id)
            .join(InspectionRow, InspectionRow.occurrence_id == OccurrenceRow.id)
            .where(InspectionRow.id == row.inspection_id)
        )
        kind, target, checklist = self._session.execute(query).one()
        same = SameItem(row.site_id, kind, target, checklist, row.item)
        zone = self.calendar(row.site_id).zone
        return earlier_findings(self._session, same, at=row.found_at, zone=zone)

    def _reopened(self, ids: list[int]) -> dict[int, int]:
        query = (
            select(FindingEventRow.finding_id, func.count())
            .where(FindingEventRow.finding_id.in_(ids), FindingEventRow.kind == "reopened")
            .group_by(FindingEventRow.finding_id)
        )
        return dict(row for row in self._session.execute(query))
