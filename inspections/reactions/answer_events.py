"""Answers as they are recorded, as events."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from inspections.answers import Judged
from inspections.lookup import duty_of, existing, work_calendar
from inspections.models import DutyRow, InspectionRow, OccurrenceRow
from inspections.reactions.consequences import declared_finding
from inspections.reactions.happening import AnswerBehind, Happening
from inspections.reactions.known_defects import KnownDefect, known_defects
from inspections.reactions.repeats import SameItem, earlier_findings
from inspections.reactions.targets import Targets
from inspections.rules_in_force import rule_behind
from inspections.target import TargetOfDuty, target_of
from inspections.told import graver
from rules.checklist import NumberItem
from rules.consequence import Consequence
from rules.event import Event
from rules.fact_values import DECIMALS, LARGEST
from rules.facts import FactValue
from rules.pack import RuleVersion
from rules.rulebook import RuleBook

_JUDGED = ("pass-fail", "number", "choice")


def answer_happenings(
    session: Session,
    rulebook: RuleBook,
    inspection: InspectionRow,
    judged: Iterable[Judged],
    *,
    at: datetime,
) -> Iterator[Happening]:
    """Yield an event for each answer that was written now and can be judged."""
    new = [each for each in judged if each.is_new and each.item.type in _JUDGED]
    new = [each for each in new if each.verdict in ("pass", "fail") or _is_reading(each)]
    if new:
        # What answers share is not written with them.
        with session.no_autoflush:
            shared = _Answers(session, rulebook, inspection, at)
        yield from shared.happenings(new)


class _Answers:
    """Everything that the answers of one inspection share."""

    def __init__(
        self, session: Session, rulebook: RuleBook, inspection: InspectionRow, at: datetime
    ) -> None:
        self._session, self._inspection, self._at = session, inspection, at
        occurrence = existing(session, OccurrenceRow, inspection.occurrence_id)
        self._duty: DutyRow = duty_of(session, occurrence)
        self._on: TargetOfDuty = target_of(session, self._duty)
        found = rule_behind(session, rulebook, occurrence)
        self._version: RuleVersion | None = found.version if found else None
        self._domain = found.rule.domain if found else None
        self._checklist = str(inspection.checklist["id"])
        self._zone: ZoneInfo = work_calendar(session, self._on.site).zone
        targets = Targets(session, self._on.site.organisation_id)
        self._concerned = targets.of(self._on.site, self._duty.target_kind, self._duty.target)
        self._known: dict[str, KnownDefect] | None = None

    def happenings(self, judged: list[Judged]) -> Iterator[Happening]:
        for each in judged:
            known = self._known_defect(each) if each.verdict == "fail" else None
            event = self._event(each, known)
            rule = self._duty.rule
            behind = AnswerBehind(self._inspection, each, self._on, rule, self._version, known)
            own: tuple[Consequence, ...] = ()
            if each.verdict == "fail":
                severity = each.item.severity
                own = (declared_finding(event, rule, self._version, severity=severity),)
            declares = bool(self._version and self._version.on_fail)
            yield Happening(
                event,
                doer=self._inspection.by,
                declared=own if declares else (),
                otherwise=() if declares else own,
                answer=behind,
                passes_on={
                    "finding.immediate_danger": each.item.immediate_danger or each.told.danger,
                    "finding.domain": self._domain or "",
                },
            )

    def _known_defect(self, judged: Judged) -> KnownDefect | None:
        if self._known is None:
            self._known = known_defects(
                self._session, self._duty, self._checklist, at=self._at, zone=self._zone
            )
        return self._known.get(judged.item.id)

    def _event(self, judged: Judged, known: KnownDefect | None) -> Event:
        concerned = self._concerned
        key = f"answer/{self._inspection.id}/{judged.item.id}/{judged.attempt}"
        facts = {**concerned.facts, **self._facts(judged, known)}
        return Event(
            "answer", key, concerned.site.key, concerned.kind, concerned.target, self._at, facts
        )

    def _facts(self, judged: Judged, known: KnownDefect | None) -> dict[str, FactValue]:
        item = judged.item
        facts: dict[str, FactValue] = {
            "answer.rule": self._duty.rule,
            "answer.checklist": self._checklist,
            "answer.item": item.id,
            "answer.type": item.type,
            "answer.severity": graver(item.severity, judged.told.severity),
            "answer.immediate_danger": item.immediate_danger or judged.told.danger,
            "answer.known_defect": known is not None,
        }
        if self._domain:
            facts["answer.domain"] = self._domain
        if item.measure:
            facts["answer.measure"] = item.measure
        if judged.verdict in ("pass", "fail"):
            facts["answer.verdict"] = judged.verdict
        if judged.verdict == "fail":
            facts["answer.repeats_30d"] = self._repeats(item.id)
        if isinstance(item, NumberItem):
            facts |= {"answer.value": reading_of(item, judged.value), "answer.unit": item.unit}
        elif item.type == "choice":
            facts["answer.choice"] = str(judged.value)
        return facts

    def _repeats(self, item: str) -> int:
        duty = self._duty
        same = SameItem(duty.site_id, duty.target_kind, duty.target, self._checklist, item)
        return earlier_findings(self._session, same, at=self._at, zone=self._zone)


def reading_of(item: NumberItem, value: Any) -> float:
    """Return a reading; of several the worst one: the highest, or the lowest without a maximum."""
    values = [float(each) for each in (value if isinstance(value, list) else [value])]
    only_low = item.maximum is None and item.minimum is not None
    worst = min(values) if only_low else max(values)
    # A typing slip of a dozen digits is out of every band as it is.
    return round(max(-LARGEST, min(float(LARGEST), worst)), DECIMALS)


def _is_reading(judged: Judged) -> bool:
    return isinstance(judged.item, NumberItem)
