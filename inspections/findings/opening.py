"""Open findings: from the failed items of an inspection, or as somebody reports one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.answers import Judged
from inspections.findings.deadline_policy import arithmetic, policy_for
from inspections.findings.numbering import next_number
from inspections.lookup import asset_of, duty_of, existing, place_of, site_by_key, work_calendar
from inspections.models import (
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
    SiteRow,
)
from inspections.rules_in_force import RuleInForce, rule_behind
from inspections.target import TargetOfDuty, target_of
from rules.pack import OnFail
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
    )
    return _open(session, rulebook, row, site=site, on_fail=None, found_at=now, by=report.by)


def open_failed_items(
    session: Session,
    rulebook: RuleBook,
    inspection: InspectionRow,
    *,
    judged: tuple[Judged, ...],
    at: datetime,
) -> tuple[int, ...]:
    """
    Open one finding for each failed item, with the tasks that the rule starts.

    An item that has a finding already keeps it: a changed answer is noted there, since only
    another person's confirmation closes a finding.
    """
    occurrence = existing(session, OccurrenceRow, inspection.occurrence_id)
    duty = duty_of(session, occurrence)
    target, found = target_of(session, duty), rule_behind(session, rulebook, occurrence)
    opened = []
    for answer in judged:
        known = _finding_of(session, inspection, answer)
        if known is not None and answer.is_new:
            _note_change(session, known, answer, by=inspection.by, at=at)
        elif known is None and answer.verdict == "fail":
            row = _from_answer(inspection, answer, target, found)
            on_fail = found.version.on_fail if found else None
            site = target.site
            opened.append(
                _open(
                    session,
                    rulebook,
                    row,
                    site=site,
                    on_fail=on_fail,
                    found_at=at,
                    by=inspection.by,
                )
            )
    return tuple(opened)


def _from_answer(
    inspection: InspectionRow, answer: Judged, target: TargetOfDuty, found: RuleInForce | None
) -> FindingRow:
    on_fail = found.version.on_fail if found else None
    excludes = found.version.people.excludes if found else ()
    return FindingRow(
        place=target.place.key if target.place else None,
        asset=target.asset.key if target.asset else None,
        rule=found.rule.id if found else None,
        occurrence_id=inspection.occurrence_id,
        inspection_id=inspection.id,
        item=answer.item.id,
        title=_failed_title(answer, target),
        detail=answer.note,
        why=answer.why,
        severity=(on_fail.severity if on_fail else None) or answer.item.severity,
        owner=target.maintainer or target.keeper,
        separate_verifier=on_fail.separate_verifier if on_fail else True,
        without=[*target.excluded(excludes)],
    )


def _open(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    rulebook: RuleBook,
    row: FindingRow,
    *,
    site: SiteRow,
    on_fail: OnFail | None,
    found_at: datetime,
    by: str,
) -> int:
    calendar = work_calendar(session, site)
    on = found_at.astimezone(calendar.zone).date()
    packs = session.get_one(OrganisationRow, site.organisation_id).packs
    policy = policy_for(row.severity, on_fail=on_fail, rulebook=rulebook, packs=packs, on=on)
    until = deadline(found_at, policy.duration, calendar)
    row.site_id, row.organisation_id = site.id, site.organisation_id
    row.number = next_number(
        session, FindingRow, organisation_id=site.organisation_id, letter="F", at=found_at
    )
    row.state, row.found_at, row.due_at = "open", found_at, until.due_at
    row.arithmetic = arithmetic(until, policy.source)
    row.deadline_from = row.rule if policy.source == "rule" else None
    session.add(row)
    session.flush()
    data = {"severity": row.severity, "due_at": until.due_at.isoformat()}
    session.add(FindingEventRow(finding_id=row.id, kind="opened", at=found_at, by=by, data=data))
    for task in on_fail.follow_ups if on_fail else ():
        limit = deadline(found_at, task.within, calendar)
        session.add(
            FollowUpRow(
                finding_id=row.id,
                key=task.id,
                title=task.title,
                due_at=limit.due_at,
                arithmetic=arithmetic(limit, "rule"),
                separate_person=task.separate_person,
                repeats=task.repeats,
            )
        )
    session.flush()
    return row.id


def _finding_of(session: Session, inspection: InspectionRow, answer: Judged) -> FindingRow | None:
    query = select(FindingRow).filter_by(inspection_id=inspection.id, item=answer.item.id)
    return session.scalars(query).one_or_none()


def _note_change(
    session: Session, finding: FindingRow, answer: Judged, *, by: str, at: datetime
) -> None:
    data: dict[str, Any] = {"value": answer.value, "verdict": answer.verdict}
    session.add(
        FindingEventRow(
            finding_id=finding.id, kind="noted", at=at, by=by, note=answer.note, data=data
        )
    )


def _failed_title(answer: Judged, target: TargetOfDuty) -> Text:
    item = answer.item.title
    return Text(zh=f"{target.name.zh}：{item.zh}", en=f"{target.name.en}: {item.en}")
