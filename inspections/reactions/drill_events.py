"""Drills that ended, as events: their shortcomings change standards."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inspections.models import (
    DrillProgrammeRow,
    DrillReportRow,
    DrillRow,
    DrillServesRow,
    DrillShortcomingRow,
    DutyRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
)
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Targets
from rules.event import Event
from rules.rulebook import RuleBook
from rules.text import Text

# Later the report of a drill is a matter of its own findings.
_LOOK_BACK = timedelta(days=30)


class DrillEvents:
    """
    Turns the drills of one organisation into events as of an instant.

    A drill of the year's programme ended when its time was over, and its report is handed in when
    it is saved. Beside these, an inspection under a rule about drills is one: it ended with its
    last answer, and its report is handed in when the inspection is submitted.
    """

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        self._now = now

    def recent(self) -> Iterator[Happening]:
        """Yield the drills of the last thirty days."""
        yield from self.of_drills(self._held())
        yield from self._inspections()

    def of_drills(self, drills: Iterable[DrillRow]) -> Iterator[Happening]:
        """Yield drills of the programme: each with its report, and each of its shortcomings."""
        for drill in drills:
            report = self._session.scalars(
                select(DrillReportRow).filter_by(drill_id=drill.id)
            ).one_or_none()
            ends = drill.starts_at + timedelta(minutes=drill.minutes)
            ended = report.ended_at if report else ends
            yield self._of_drill(drill, ended, report)
            for one in self._shortcomings_of(report):
                yield self._of_shortcoming(drill, ended, one)

    def _held(self) -> Iterable[DrillRow]:
        """Return the drills of the last thirty days that nothing else speaks for."""
        performed = (
            select(OccurrenceRow.id)
            .join(
                DrillServesRow,
                (DrillServesRow.duty_id == OccurrenceRow.duty_id)
                & (DrillServesRow.period == OccurrenceRow.period),
            )
            .join(InspectionRow, InspectionRow.occurrence_id == OccurrenceRow.id)
            .where(DrillServesRow.drill_id == DrillRow.id)
        )
        reported = select(DrillReportRow.id).where(DrillReportRow.drill_id == DrillRow.id)
        query = (
            select(DrillRow)
            .join(DrillProgrammeRow, DrillProgrammeRow.id == DrillRow.programme_id)
            .where(DrillProgrammeRow.organisation_id == self._targets.organisation_id)
            .where(DrillRow.state == "scheduled")
            .where(DrillRow.starts_at >= self._now - _LOOK_BACK, DrillRow.starts_at <= self._now)
            .where(or_(reported.exists(), ~performed.exists()))
            .order_by(DrillRow.starts_at, DrillRow.id)
        )
        return [
            drill
            for drill in self._session.scalars(query)
            if drill.starts_at + timedelta(minutes=drill.minutes) <= self._now
        ]

    def _of_drill(
        self, drill: DrillRow, ended: datetime, report: DrillReportRow | None
    ) -> Happening:
        return self._programme_event(
            drill,
            f"drill/{drill.id}",
            ended,
            {"drill.reported": report is not None},
            about=self._about(drill),
        )

    def _of_shortcoming(
        self, drill: DrillRow, ended: datetime, one: DrillShortcomingRow
    ) -> Happening:
        key = f"drill/{drill.id}/shortcoming/{one.number}"
        standard = f"（{one.standard}）" if one.standard else ""
        in_english = f" ({one.standard})" if one.standard else ""
        about = Text(zh=f"{one.text}{standard}", en=f"{one.text}{in_english}")
        facts = {"drill.reported": True, "drill.shortcomings": 1}
        return self._programme_event(drill, key, ended, facts, about=about)

    def _programme_event(
        self, drill: DrillRow, key: str, ended: datetime, facts: dict[str, Any], *, about: Text
    ) -> Happening:
        site = self._targets.by_id(drill.site_id)
        concerned = self._targets.of(site, "site", site.key)
        hours = max(0, (self._now - ended) // timedelta(hours=1))
        told = {"drill.shortcomings": 0, "drill.hours_since_end": hours, **facts}
        event = Event(
            "drill",
            key,
            site.key,
            concerned.kind,
            concerned.target,
            ended,
            {**concerned.facts, **told},
        )
        return Happening(event, doer=drill.leader, about=about, subject=key)

    def _about(self, drill: DrillRow) -> Text:
        site = self._targets.by_id(drill.site_id)
        rule = self._session.scalars(
            select(DutyRow.rule)
            .join(DrillServesRow, DrillServesRow.duty_id == DutyRow.id)
            .where(DrillServesRow.drill_id == drill.id)
            .order_by(DrillServesRow.id)
        ).first()
        known = self._rulebook.rules.get(rule or "")
        title = known.title if known else Text(zh="演练", en="drill")
        day = f"{drill.on:%Y-%m-%d}"
        return Text(zh=f"{site.name.zh} {day}“{title.zh}”", en=f"{site.name.en}, {day}, {title.en}")

    def _shortcomings_of(self, report: DrillReportRow | None) -> Iterable[DrillShortcomingRow]:
        if report is None:
            return ()
        query = select(DrillShortcomingRow).filter_by(report_id=report.id, dropped_at=None)
        return self._session.scalars(query.order_by(DrillShortcomingRow.number)).all()

    def _inspections(self) -> Iterator[Happening]:
        rules = [
            rule.id
            for rule in self._rulebook.rules.values()
            if rule.domain == "drill" or any(version.scenarios for version in rule.versions)
        ]
        shortcomings = (
            select(FindingRow.inspection_id, func.count().label("count"))
            .group_by(FindingRow.inspection_id)
            .subquery()
        )
        query = (
            select(InspectionRow, OccurrenceRow, DutyRow, shortcomings.c.count)
            .join(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
            .outerjoin(shortcomings, shortcomings.c.inspection_id == InspectionRow.id)
            .where(DutyRow.organisation_id == self._targets.organisation_id)
            .where(DutyRow.rule.in_(rules))
            .where(InspectionRow.started_at >= self._now - _LOOK_BACK)
            .where(InspectionRow.started_at <= self._now)
            .order_by(InspectionRow.started_at, InspectionRow.id)
        )
        for row in self._session.execute(query):
            yield self._happening(*row)

    def _happening(
        self, inspection: InspectionRow, occurrence: OccurrenceRow, duty: DutyRow, count: Any
    ) -> Happening:
        site = self._targets.by_id(occurrence.site_id)
        concerned = self._targets.of(site, duty.target_kind, duty.target)
        ended = inspection.finished_at or inspection.started_at
        facts = {
            **concerned.facts,
            "drill.shortcomings": count or 0,
            "drill.hours_since_end": max(0, (self._now - ended) // timedelta(hours=1)),
            "drill.reported": inspection.finished_at is not None,
        }
        event = Event(
            "drill",
            f"drill/{inspection.id}",
            site.key,
            concerned.kind,
            concerned.target,
            ended,
            facts,
        )
        rule = self._rulebook.rules.get(duty.rule)
        title = rule.title if rule else Text(zh=duty.rule, en=duty.rule)
        return Happening(
            event,
            doer=inspection.by,
            about=Text(zh=f"{site.name.zh}“{title.zh}”", en=f"{site.name.en}, {title.en}"),
            subject=f"drill/{inspection.id}",
        )
