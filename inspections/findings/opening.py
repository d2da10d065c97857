"""Open findings: as somebody reports one, or as the record found it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.findings.deadline_policy import Policy, arithmetic, policy_for
from inspections.findings.numbering import next_number
from inspections.lookup import asset_of, place_of, site_by_key, work_calendar
from inspections.models import FindingEventRow, FindingRow, FollowUpRow, OrganisationRow, SiteRow
from rules.pack import OnFail, RuleVersion
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.deadlines import deadline


@dataclass(frozen=True)
class FindingReport:
    """
    A finding that somebody reports without a checklist.

    Attributes:
        site: Key of the site; `place` and `asset` are keys in it.
        severity: `minor`, `moderate` or `severe`.
        major_hazard: Only where the statutory grade was established.
        owner: Key of who puts it right; else the maintainer or keeper of what it is about.
        danger: Whether there is danger here and now.
        measures: What was done on the spot at once.
        same_as: Id of an open finding at the same spot that this is.
    """

    organisation: str
    site: str
    title: Text
    severity: str
    by: str
    place: str | None = None
    asset: str | None = None
    detail: str | None = None
    major_hazard: bool = False
    owner: str | None = None
    rule: str | None = None
    danger: bool = False
    measures: str | None = None
    same_as: int | None = None


def open_finding(
    session: Session, rulebook: RuleBook, report: FindingReport, *, now: datetime
) -> int:
    """Open a reported finding with its deadline and return its id."""
    site = site_by_key(session, report.organisation, report.site)
    asset = asset_of(session, site.id, report.asset)
    place = place_of(session, site.id, report.place or (asset.place if asset else None))
    owner = report.owner or (asset and (asset.maintainer or asset.keeper))
    row = FindingRow(
        site_id=site.id,
        place=place.key if place else None,
        asset=asset.key if asset else None,
        rule=report.rule,
        title=report.title,
        detail=report.detail,
        severity=report.severity,
        major_hazard=report.major_hazard,
        owner=owner or (place.keeper if place else None),
        without=[asset.maintainer] if asset and asset.maintainer else [],
        proof=proof_asked(rulebook, report.rule, on=local_day(session, site, now)),
    )
    policy = own_policy(session, rulebook, site, severity=report.severity, at=now)
    return write_finding(session, row, site=site, policy=policy, found_at=now, by=report.by)


def own_policy(
    session: Session, rulebook: RuleBook, site: SiteRow, *, severity: str, at: datetime
) -> Policy:
    """Return how long a finding may take where no rule says it: by the house, else as proposed."""
    on = local_day(session, site, at)
    packs = session.get_one(OrganisationRow, site.organisation_id).packs
    return policy_for(severity, on_fail=None, rulebook=rulebook, packs=packs, on=on)


def local_day(session: Session, site: SiteRow, at: datetime) -> date:
    """Return the day of *at* on the site's clock."""
    return at.astimezone(work_calendar(session, site).zone).date()


def proof_asked(rulebook: RuleBook, rule_id: str | None, *, on: date) -> list[dict[str, Any]]:
    """Return the evidence that a rule asks for *on* a day, in both languages."""
    rule = rulebook.rules.get(rule_id or "")
    return proof_of(rulebook.version(rule, on) if rule else None)


def proof_of(version: RuleVersion | None) -> list[dict[str, Any]]:
    """Return the evidence that the version of a rule asks for, in both languages."""
    return [{"zh": one.zh, "en": one.en} for one in version.evidence] if version else []


def write_finding(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    row: FindingRow,
    *,
    site: SiteRow,
    policy: Policy,
    found_at: datetime,
    by: str,
) -> int:
    """Number a finding, count its deadline, write it with its first event, and return its id."""
    until = deadline(found_at, policy.duration, work_calendar(session, site))
    row.site_id, row.organisation_id = site.id, site.organisation_id
    row.number = next_number(
        session, FindingRow, organisation_id=site.organisation_id, letter="F", at=found_at
    )
    row.state, row.found_at = "open", found_at
    row.due_at = row.first_due_at = until.due_at
    row.arithmetic = arithmetic(until, policy.source)
    session.add(row)
    session.flush()
    data = {"severity": row.severity, "due_at": until.due_at.isoformat()}
    session.add(FindingEventRow(finding_id=row.id, kind="opened", at=found_at, by=by, data=data))
    session.flush()
    return row.id


def start_follow_ups(session: Session, row: FindingRow, on_fail: OnFail, *, site: SiteRow) -> None:
    """Start the tasks that a failed item's rule names; those that it has already stay."""
    calendar = work_calendar(session, site)
    begun = set(session.scalars(select(FollowUpRow.key).filter_by(subject=f"finding/{row.id}")))
    for task in on_fail.follow_ups:
        if task.id in begun:
            continue
        limit = deadline(row.found_at, task.within, calendar)
        session.add(
            FollowUpRow(
                organisation_id=row.organisation_id,
                site_id=row.site_id,
                finding_id=row.id,
                subject=f"finding/{row.id}",
                key=task.id,
                title=task.title,
                opened_at=row.found_at,
                due_at=limit.due_at,
                arithmetic=arithmetic(limit, "rule"),
                separate_person=task.separate_person,
                repeats=task.repeats,
            )
        )
    session.flush()
