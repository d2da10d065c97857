"""Missed occurrences as events: somebody must answer for them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import (
    AssignmentRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PersonRow,
    ReactionAppliedRow,
)
from inspections.reactions.happening import Happening
from inspections.reactions.repeats import earlier_misses
from inspections.reactions.targets import Concerned, Targets
from rules.event import Event
from rules.facts import FactValue
from rules.rulebook import RuleBook
from rules.text import Text

# The sweep that marks an occurrence as missed reacts to it at once; a day leaves room for one that
# failed in between.
_RECENT = timedelta(days=1)


class MissedEvents:
    """Turns what the sweep marked as missed into events."""

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        self._now = now

    def recent(self) -> Iterator[Happening]:
        """Yield what was marked within the last day, without what was answered before."""
        rows = self._session.execute(self._query()).all()
        answered = self._answered([f"missed/{row.OccurrenceRow.id}" for row in rows])
        doers = self._doers([row.OccurrenceRow.id for row in rows])
        for occurrence, duty in rows:
            if f"missed/{occurrence.id}" not in answered:
                yield self._happening(occurrence, duty, doers.get(occurrence.id))

    def _query(self) -> Any:
        marked = select(OccurrenceEventRow.occurrence_id).where(
            OccurrenceEventRow.kind == "missed",
            OccurrenceEventRow.recorded_at >= self._now - _RECENT,
        )
        return (
            select(OccurrenceRow, DutyRow)
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
            .where(DutyRow.organisation_id == self._targets.organisation_id)
            .where(OccurrenceRow.state == "missed", OccurrenceRow.id.in_(marked))
            .order_by(OccurrenceRow.closes_at, OccurrenceRow.id)
        )

    def _answered(self, keys: list[str]) -> frozenset[str]:
        query = select(ReactionAppliedRow.event_key).where(
            ReactionAppliedRow.organisation_id == self._targets.organisation_id,
            ReactionAppliedRow.event_kind == "missed",
            ReactionAppliedRow.event_key.in_(keys),
        )
        return frozenset(self._session.scalars(query))

    def _doers(self, occurrences: list[int]) -> dict[int, str]:
        query = (
            select(AssignmentRow.occurrence_id, PersonRow.key)
            .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
            .where(AssignmentRow.occurrence_id.in_(occurrences))
            .order_by(PersonRow.position.desc())
        )
        return dict(row for row in self._session.execute(query))

    def _happening(self, row: OccurrenceRow, duty: DutyRow, doer: str | None) -> Happening:
        site = self._targets.by_id(row.site_id)
        concerned = self._targets.of(site, duty.target_kind, duty.target)
        facts = {**concerned.facts, **self._facts(row, duty)}
        event = Event(
            "missed",
            f"missed/{row.id}",
            site.key,
            concerned.kind,
            concerned.target,
            row.closes_at,
            facts,
        )
        return Happening(event, doer=doer, about=self._about(duty, concerned), gathers=duty.rule)

    def _facts(self, row: OccurrenceRow, duty: DutyRow) -> dict[str, FactValue]:
        zone = work_calendar(self._session, self._targets.by_id(row.site_id)).zone
        facts: dict[str, FactValue] = {
            "missed.rule": duty.rule,
            "missed.priority": row.priority,
            "missed.repeats_30d": earlier_misses(
                self._session, duty.id, at=row.closes_at, zone=zone
            ),
        }
        rule = self._rulebook.rules.get(duty.rule)
        if rule is not None:
            facts["missed.domain"] = rule.domain
            facts["missed.layer"] = self._rulebook.pack_of(rule.id).layer
        return facts

    def _about(self, duty: DutyRow, concerned: Concerned) -> Text:
        rule = self._rulebook.rules.get(duty.rule)
        title = rule.title if rule else Text(zh=duty.rule, en=duty.rule)
        return Text(zh=f"{concerned.name.zh}“{title.zh}”", en=f"{concerned.name.en}, {title.en}")
