"""Checks of people before work, as events: who was checked, and who is fit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import (
    AnswerRow,
    DutyRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    SiteRow,
)
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Targets
from rules.consequence import Consequence
from rules.event import Event
from rules.facts import FactValue
from rules.pack import Gate, Rule, RuleVersion
from rules.reactions import Bar
from rules.rulebook import RuleBook
from rules.text import Text

GateStatus = Literal["failed", "missing", "waiting", "passed"]
GATE_TEXTS: dict[GateStatus, Text] = {
    "failed": Text(zh="当日检查不合格", en="did not pass the check of the day"),
    "missing": Text(zh="当日检查未做", en="has no check of the day"),
    "waiting": Text(zh="当日检查尚未做", en="has not had the check of the day yet"),
}
# Who works with food where the person's own facts do not say it.
_FOOD_ROLES = frozenset({"cook", "nutrition"})


@dataclass(frozen=True)
class Checked:
    """
    One person on one day: the check that the work of the day asks for, and how it stands.

    Attributes:
        rule: The rule with the gate; `needs` is the one whose check it asks for.
    """

    person: PersonRow
    site: SiteRow
    day: date
    rule: str
    needs: str
    status: GateStatus
    happening: Happening


class HealthEvents:
    """
    Turns the checks of the day into events, by the gates that bind the sites.

    A gate says which check which people need; what follows from its lack is a bar from the roster
    that the gate declares, and whatever reactions of packs ask beside it.
    """

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        organisation = session.get_one(OrganisationRow, targets.organisation_id)
        self._zone = ZoneInfo(organisation.time_zone)
        self._now = now
        self._today = now.astimezone(self._zone).date()

    def today(
        self, *, waiting: bool = False, sites: Collection[int] | None = None
    ) -> Iterator[Checked]:
        """
        Yield everyone whose check of today is known: passed, failed or missed.

        Who still has time for it comes only with *waiting*; with *sites*, ids of rows, only who
        is checked there.
        """
        for rule, version, gate, site in self._gates(sites):
            for person, check in self._checks(gate, site):
                status = self._status(check)
                if waiting or status != "waiting":
                    happening = self._happening(person, site, (rule, version, gate), status)
                    yield Checked(person, site, self._today, rule.id, gate.needs, status, happening)

    def _gates(
        self, sites: Collection[int] | None
    ) -> Iterator[tuple[Rule, RuleVersion, Gate, SiteRow]]:
        gates = {
            rule.id: (rule, version, version.gate)
            for rule in self._rulebook.rules.values()
            if (version := self._rulebook.version(rule, self._today)) and version.gate
        }
        query = select(DutyRow.rule, DutyRow.site_id).where(
            DutyRow.organisation_id == self._targets.organisation_id,
            DutyRow.rule.in_(gates),
            DutyRow.status == "binds",
            DutyRow.valid_until.is_(None),
        )
        if sites is not None:
            query = query.where(DutyRow.site_id.in_(sites))
        for rule_id, site_id in self._session.execute(query):
            yield (*gates[rule_id], self._targets.by_id(site_id))

    def _checks(self, gate: Gate, site: SiteRow) -> Iterator[tuple[PersonRow, OccurrenceRow]]:
        """Yield everyone with the role, with their check of the day, if there is one."""
        start = datetime.combine(self._today, time(), self._zone)
        query = (
            select(DutyRow.target, OccurrenceRow)
            .join(OccurrenceRow, OccurrenceRow.duty_id == DutyRow.id)
            .where(DutyRow.site_id == site.id, DutyRow.rule == gate.needs)
            .where(OccurrenceRow.due_at >= start)
            .where(OccurrenceRow.due_at < start + timedelta(days=1))
            .where(OccurrenceRow.state != "cancelled")
        )
        checks: dict[str, Any] = {row.target: row[1] for row in self._session.execute(query)}
        mine = {"organisation_id": self._targets.organisation_id, "ended_on": None}
        people = select(PersonRow).filter_by(**mine).where(PersonRow.key.in_(tuple(checks)))
        for person in self._session.scalars(people.order_by(PersonRow.id)):
            if gate.role in person.roles:
                yield person, checks[person.key]

    def _status(self, check: OccurrenceRow) -> GateStatus:
        query = select(InspectionRow).filter_by(occurrence_id=check.id)
        for inspection in self._session.scalars(query.order_by(InspectionRow.started_at.desc())):
            if self._has_failed(inspection.id):
                return "failed"
            if inspection.finished_at is not None:
                return "passed"
        # The sweep decides what is missed: a plan made on a first day finds no records.
        return "missing" if check.state == "missed" else "waiting"

    def _has_failed(self, inspection_id: str) -> bool:
        query = select(AnswerRow).filter_by(inspection_id=inspection_id)
        last = {r.item: r.verdict for r in self._session.scalars(query.order_by(AnswerRow.attempt))}
        return "fail" in last.values()

    def _happening(
        self,
        person: PersonRow,
        site: SiteRow,
        gated: tuple[Rule, RuleVersion, Gate],
        status: GateStatus,
    ) -> Happening:
        concerned = self._targets.of(site, "person", person.key)
        handles = bool(
            person.facts.get("person.handles_food", not _FOOD_ROLES.isdisjoint(person.roles))
        )
        facts: dict[str, FactValue] = {
            **concerned.facts,
            "health.checked": status in ("failed", "passed"),
            "health.handles_food": handles,
        }
        if status in ("failed", "passed"):
            facts["health.fit"] = status == "passed"
        key = f"health/{site.key}/{person.key}/{self._today.isoformat()}"
        event = Event("health", key, site.key, "person", concerned.target, self._now, facts)
        declared = () if status == "passed" else (_bar(event, gated, status, handles=handles),)
        return Happening(event, doer=person.key, declared=declared, about=person.name)


def _bar(
    event: Event, gated: tuple[Rule, RuleVersion, Gate], status: GateStatus, *, handles: bool
) -> Consequence:
    rule, version, gate = gated
    do = Bar.model_validate(
        {
            "do": "bar",
            "id": "off-food" if handles else "off-work",
            "roles": [gate.role],
            "reason": GATE_TEXTS[status],
        }
    )
    because = {name: event.facts[name] for name in ("health.checked", "health.handles_food")}
    return Consequence(rule.id, version.since, event, do, because)
