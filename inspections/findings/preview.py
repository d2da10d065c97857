"""Deadlines shown before anything is recorded: what a failed item would start right now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.findings.deadline_policy import arithmetic, policy_for
from inspections.lookup import existing, work_calendar
from inspections.models import OccurrenceRow, OrganisationRow, SiteRow
from inspections.rules_in_force import rule_behind
from rules.rulebook import RuleBook
from scheduler.deadlines import deadline


@dataclass(frozen=True)
class ExpectedDeadline:
    """A deadline that a finding would get; `arithmetic` has the shape that findings store."""

    severity: str
    due_at: datetime
    arithmetic: Mapping[str, Any]


def expected_deadlines(
    session: Session,
    rulebook: RuleBook,
    *,
    occurrence_id: int,
    severities: Iterable[str],
    now: datetime,
) -> dict[str, ExpectedDeadline]:
    """Return, for each severity of an item, the severity and deadline of a finding found *now*."""
    occurrence = existing(session, OccurrenceRow, occurrence_id)
    site = session.get_one(SiteRow, occurrence.site_id)
    calendar = work_calendar(session, site)
    packs = session.get_one(OrganisationRow, site.organisation_id).packs
    found = rule_behind(session, rulebook, occurrence)
    on_fail = found.version.on_fail if found else None
    expected = {}
    for severity in set(severities):
        actual = (on_fail.severity if on_fail else None) or severity
        on = now.astimezone(calendar.zone).date()
        policy = policy_for(actual, on_fail=on_fail, rulebook=rulebook, packs=packs, on=on)
        until = deadline(now, policy.duration, calendar)
        expected[severity] = ExpectedDeadline(
            actual, until.due_at, arithmetic(until, policy.source)
        )
    return expected
