"""Report a finding without a checklist: opened, or kept in the open one that it is the same as."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.findings.log import Step, add_step
from inspections.findings.opening import FindingReport, open_finding
from inspections.lookup import asset_of, place_of, site_by_key
from inspections.models import FindingRow
from inspections.reactions import react_to
from inspections.reactions.duplicates import Spot, open_finding_at
from inspections.reactions.finding_events import FindingEvents
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Targets
from rules.rulebook import RuleBook


def report_finding(
    session: Session, rulebook: RuleBook, report: FindingReport, *, now: datetime
) -> int:
    """
    Write down what somebody found and apply what follows from it; return the finding's id.

    Where *report* names an open finding at the same spot, that one takes it up; one that was
    closed meanwhile or stands elsewhere does not, and a new one opens.
    """
    same = _the_same(session, report)
    row = same or session.get_one(FindingRow, open_finding(session, rulebook, report, now=now))
    step = partial(Step, "noted", report.by, now)
    if same is None:
        _audit(session, row, report, now)
    else:
        words = report.detail or report.title.zh
        add_step(session, row, step(words, {"same": True, "seen": None}))
    if report.measures:
        add_step(session, row, step(report.measures, {"measures": True}))
    react_to(
        session,
        rulebook,
        list(_happenings(session, rulebook, row, report, now)),
        organisation_id=report.organisation,
        now=now,
        by=report.by,
    )
    return row.id


def spot_of_report(session: Session, report: FindingReport) -> Spot:
    """Return where a report says that something is."""
    site = site_by_key(session, report.organisation, report.site)
    asset = asset_of(session, site.id, report.asset)
    place = place_of(session, site.id, report.place or (asset.place if asset else None))
    return Spot(site.id, place.key if place else None, asset.key if asset else None)


def _the_same(session: Session, report: FindingReport) -> FindingRow | None:
    if report.same_as is None:
        return None
    return open_finding_at(session, spot_of_report(session, report), report.same_as)


def _audit(session: Session, row: FindingRow, report: FindingReport, now: datetime) -> None:
    note_change(
        session,
        organisation=report.organisation,
        by=report.by,
        action="finding.reported",
        subject=f"finding/{row.number}",
        before=None,
        after={"title": row.title, "severity": row.severity, "due_at": row.due_at},
        now=now,
    )


def _happenings(
    session: Session, rulebook: RuleBook, row: FindingRow, report: FindingReport, now: datetime
) -> Iterator[Happening]:
    """Yield the finding as an event that knows what nobody sees from the record: the danger."""
    targets = Targets(session, report.organisation)
    for each in FindingEvents(session, rulebook, targets, now=now).of([row]):
        facts = {**each.event.facts, "finding.immediate_danger": report.danger}
        yield replace(each, doer=report.by, event=replace(each.event, facts=facts))
