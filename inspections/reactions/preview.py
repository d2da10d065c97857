"""Findings shown before anything is recorded: what failing an item would start right now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.findings.deadline_policy import Policy, arithmetic
from inspections.findings.opening import own_policy
from inspections.lookup import duty_of, existing, work_calendar
from inspections.models import OccurrenceRow
from inspections.reactions.consequences import (
    choice_of,
    consequences,
    declared_finding,
    reactor_of,
)
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Concerned, Targets
from inspections.rules_in_force import rule_behind
from rules.checklist import Checklist, ChoiceItem, Item, NumberItem, PassFailItem, Severity
from rules.event import Event
from rules.facts import FactValue
from rules.pack import RuleVersion
from rules.react import Reactor
from rules.reactions import OpenFinding
from rules.rulebook import RuleBook
from rules.strictness import SEVERITIES, raised, strictest
from scheduler.deadlines import deadline


@dataclass(frozen=True)
class ExpectedFinding:
    """A finding that failing an item would open; `arithmetic` has the shape that findings store."""

    severity: Severity
    due_at: datetime
    arithmetic: Mapping[str, Any]


def expected_findings(
    session: Session,
    rulebook: RuleBook,
    *,
    occurrence_id: int,
    checklist: Checklist,
    now: datetime,
) -> dict[str, tuple[ExpectedFinding, ...]]:
    """
    Return, by item that can fail, what a failure found *now* would open.

    First what the rules make of it, then, where somebody says that it is graver, each severity
    above.
    """
    preview = _Preview(session, rulebook, occurrence_id, checklist.id, now)
    able = (PassFailItem, NumberItem, ChoiceItem)
    return {item.id: preview.of(item) for item in checklist.items if isinstance(item, able)}


class _Preview:
    """What the failures of one occurrence share; equal deadlines are counted once."""

    def __init__(
        self,
        session: Session,
        rulebook: RuleBook,
        occurrence_id: int,
        checklist: str,
        now: datetime,
    ) -> None:
        self._session, self._rulebook, self._now = session, rulebook, now
        self._checklist = checklist
        occurrence = existing(session, OccurrenceRow, occurrence_id)
        self._duty = duty_of(session, occurrence)
        found = rule_behind(session, rulebook, occurrence)
        self._version: RuleVersion | None = found.version if found else None
        self._domain = found.rule.domain if found else None
        targets = Targets(session, self._duty.organisation_id)
        site = targets.by_id(occurrence.site_id)
        self._concerned: Concerned = targets.of(site, self._duty.target_kind, self._duty.target)
        self._calendar = work_calendar(session, site)
        choice = choice_of(session, self._duty.organisation_id)
        self._reactor: Reactor = reactor_of(rulebook, choice, self._calendar.time_zone)
        self._counted: dict[tuple[Severity, Policy], ExpectedFinding] = {}

    def of(self, item: Item) -> tuple[ExpectedFinding, ...]:
        """Return what failing *item* would open: as the rules say, then graver and graver."""
        do = self._by_rules(item)
        above = SEVERITIES[SEVERITIES.index(do.severity) + 1 :]
        graver = (raised(do, each, self._own(each).duration) for each in above)
        return tuple(self._expected(each) for each in (do, *graver))

    def _by_rules(self, item: Item) -> OpenFinding:
        event = self._event(item)
        own = (declared_finding(event, self._duty.rule, self._version, severity=item.severity),)
        declares = bool(self._version and self._version.on_fail)
        happening = Happening(
            event, declared=own if declares else (), otherwise=() if declares else own
        )
        asked = [each.do for each in consequences(self._reactor, happening)]
        do = strictest(each for each in asked if isinstance(each, OpenFinding))
        assert isinstance(do, OpenFinding)  # noqa: S101 (the strictest of findings is one)
        return do

    def _expected(self, do: OpenFinding) -> ExpectedFinding:
        policy = Policy(do.deadline, "rule") if do.deadline else self._own(do.severity)
        key = (do.severity, policy)
        if key not in self._counted:
            until = deadline(self._now, policy.duration, self._calendar)
            words = arithmetic(until, policy.source)
            self._counted[key] = ExpectedFinding(do.severity, until.due_at, words)
        return self._counted[key]

    def _own(self, severity: Severity) -> Policy:
        site = self._concerned.site
        return own_policy(self._session, self._rulebook, site, severity=severity, at=self._now)

    def _event(self, item: Item) -> Event:
        facts: dict[str, FactValue] = {
            **self._concerned.facts,
            "answer.rule": self._duty.rule,
            "answer.checklist": self._checklist,
            "answer.item": item.id,
            "answer.type": item.type,
            "answer.verdict": "fail",
            "answer.severity": item.severity,
            "answer.immediate_danger": item.immediate_danger,
            "answer.known_defect": False,
        }
        if self._domain:
            facts["answer.domain"] = self._domain
        if item.measure:
            facts["answer.measure"] = item.measure
        concerned, key = self._concerned, f"answer/preview/{item.id}"
        return Event(
            "answer", key, concerned.site.key, concerned.kind, concerned.target, self._now, facts
        )
