"""Gates: without a check passed on the day, a person is not rostered on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
)
from rules.pack import Gate, Rule
from rules.rulebook import RuleBook
from rules.text import Text

GateStatus = Literal["failed", "missing", "waiting"]
_TEXTS: dict[GateStatus, Text] = {
    "failed": Text(zh="当日检查不合格", en="did not pass the check of the day"),
    "missing": Text(zh="当日检查未做", en="has no check of the day"),
    "waiting": Text(zh="当日检查尚未做", en="has not had the check of the day yet"),
}


@dataclass(frozen=True)
class ClosedGate:
    """
    A person who may not be rostered on a day.

    Attributes:
        rule: The rule with the gate.
        status: `failed`; `missing` once the sweep found it missed; `waiting` before that.
    """

    person: str
    day: date
    rule: str
    status: GateStatus
    text: Text


def closed_gates(
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    now: datetime,
    waiting: bool = False,
) -> tuple[ClosedGate, ...]:
    """
    Return who may not be rostered on the day of *now*, by the gates that bind their sites.

    Who still has time for the check counts only with *waiting*: a plan made the evening before
    trusts that checks will be passed, a shift that begins does not.
    """
    organisation = session.get_one(OrganisationRow, organisation_id)
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    start = datetime.combine(today, datetime.min.time(), ZoneInfo(organisation.time_zone))
    span = (start, start + timedelta(days=1))
    found: dict[str, ClosedGate] = {}
    for rule, gate, site_id in _binding_gates(session, rulebook, organisation_id, today):
        for person, name, check in _checks(session, organisation_id, gate, site_id, span):
            status = _status(session, check)
            if status is not None and (waiting or status != "waiting"):
                title = rulebook.rule(gate.needs).title
                text = Text(
                    zh=f"：{name.zh}{_TEXTS[status].zh}（{title.zh}），今日不得排班",
                    en=f"{name.en} {_TEXTS[status].en} ({title.en}): no work today",
                )
                found[person] = ClosedGate(person, today, rule.id, status, text)
    return tuple(found[person] for person in sorted(found))


def _binding_gates(
    session: Session, rulebook: RuleBook, organisation_id: str, on: date
) -> Iterator[tuple[Rule, Gate, int]]:
    gates = {
        rule.id: (rule, version.gate)
        for rule in rulebook.rules.values()
        if (version := rulebook.version(rule, on)) is not None and version.gate is not None
    }
    query = select(DutyRow.rule, DutyRow.site_id).where(
        DutyRow.organisation_id == organisation_id,
        DutyRow.rule.in_(gates),
        DutyRow.status == "binds",
        DutyRow.valid_until.is_(None),
    )
    for rule_id, site_id in session.execute(query):
        yield (*gates[rule_id], site_id)


def _checks(
    session: Session,
    organisation_id: str,
    gate: Gate,
    site_id: int,
    span: tuple[datetime, datetime],
) -> Iterator[tuple[str, Text, Any]]:
    """Yield key and name of everyone with the role, with their check of the day, if there is."""
    query = (
        select(DutyRow.target, OccurrenceRow)
        .join(OccurrenceRow, OccurrenceRow.duty_id == DutyRow.id)
        .where(DutyRow.site_id == site_id, DutyRow.rule == gate.needs)
        .where(OccurrenceRow.due_at >= span[0], OccurrenceRow.due_at < span[1])
        .where(OccurrenceRow.state != "cancelled")
    )
    checks = {row.target: row.OccurrenceRow for row in session.execute(query)}
    people = select(PersonRow).filter_by(organisation_id=organisation_id, ended_on=None)
    for person in session.scalars(people):
        if gate.role in person.roles and person.key in checks:
            yield person.key, person.name, checks[person.key]


def _status(session: Session, check: OccurrenceRow) -> GateStatus | None:
    """Return why the gate is closed; nothing where the check was passed."""
    query = select(InspectionRow).filter_by(occurrence_id=check.id)
    for inspection in session.scalars(query.order_by(InspectionRow.started_at.desc())):
        if _has_failed(session, inspection.id):
            return "failed"
        if inspection.finished_at is not None:
            return None
    # The sweep decides what is missed: a plan made on a first day finds no records of its morning.
    return "missing" if check.state == "missed" else "waiting"


def _has_failed(session: Session, inspection_id: str) -> bool:
    query = select(AnswerRow).filter_by(inspection_id=inspection_id).order_by(AnswerRow.attempt)
    last = {row.item: row.verdict for row in session.scalars(query)}
    return "fail" in last.values()
