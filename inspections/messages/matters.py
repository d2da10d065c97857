"""What the record asks of people: tasks, findings and follow-up tasks, by person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import (
    AssignmentRow,
    DutyRow,
    FindingRow,
    FollowUpRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from inspections.reported import reported_done
from inspections.rounds.names import target_names
from inspections.rounds.state import state_at
from rules.rulebook import RuleBook
from rules.text import Text

# What lies further back is the officer's to explain, no longer the person's to do.
BEHIND = timedelta(days=14)
AHEAD = timedelta(days=15)
# A missed check is told for two days, while it can still be made up and explained fresh.
MISSED = timedelta(days=2)


@dataclass(frozen=True)
class Matter:
    """
    One thing that a person is to do.

    Attributes:
        about: `occurrence/12`, `finding/3` or `task/5`; stable.
        path: Of its page, from the root of the pages.
        reported: Said to be done, with the evidence missing.
    """

    about: str
    path: str
    site: str
    title: Text
    place: Text
    opens_at: datetime
    due_at: datetime
    state: str
    clause: Text | None = None
    reported: bool = False

    @property
    def takes_days(self) -> bool:
        """Whether there is more than a day for it, so that a reminder before makes sense."""
        return self.due_at - self.opens_at > timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """Whose matters are asked for, and of which organisation."""

    organisation: str
    people: Collection[str]


def matters(
    session: Session, rulebook: RuleBook, asked: Asked, *, now: datetime
) -> dict[str, list[Matter]]:
    """Return what each person is to do, by due time; hidden random checks stay hidden."""
    found: defaultdict[str, list[Matter]] = defaultdict(list)
    for person, matter in (
        *_tasks(session, rulebook, asked, now),
        *_findings(session, rulebook, asked, now),
        *_follow_ups(session, asked, now),
    ):
        found[person].append(matter)
    for mine in found.values():
        mine.sort(key=lambda one: (one.due_at, one.about))
    return dict(found)


def _tasks(
    session: Session, rulebook: RuleBook, asked: Asked, now: datetime
) -> Iterable[tuple[str, Matter]]:
    row = OccurrenceRow
    query = (
        select(row, DutyRow, SiteRow, PersonRow.key)
        .join(DutyRow, DutyRow.id == row.duty_id)
        .join(SiteRow, SiteRow.id == row.site_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == row.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == asked.organisation, PersonRow.ended_on.is_(None))
        .where(PersonRow.key.in_(tuple(asked.people)))
        .where(row.due_at >= now - BEHIND, row.due_at < now + AHEAD)
        .where(
            row.state.in_(("scheduled", "in_progress"))
            | ((row.state == "missed") & (row.due_at >= now - MISSED) & row.id.not_in(_made_up()))
        )
        .where(row.hidden_until.is_(None) | (row.hidden_until <= now))
    )
    rows = session.execute(query).all()
    names = target_names(session, [_target(one) for one in rows])
    said = reported_done(session, {one.OccurrenceRow.id for one in rows})
    for one in rows:
        occurrence, duty, site, person = one
        rule = rulebook.rules.get(duty.rule)
        yield (
            person,
            Matter(
                about=f"occurrence/{occurrence.id}",
                path=f"/occurrences/{occurrence.id}",
                site=site.key,
                title=rule.title if rule else Text(zh=duty.rule, en=duty.rule),
                place=names[_target(one)],
                opens_at=occurrence.opens_at,
                due_at=occurrence.due_at,
                state=state_at(occurrence.state, occurrence.closes_at, now),
                clause=rulebook.clause_text(rule) if rule else None,
                reported=occurrence.id in said,
            ),
        )


def _findings(
    session: Session, rulebook: RuleBook, asked: Asked, now: datetime
) -> Iterable[tuple[str, Matter]]:
    query = (
        select(FindingRow, SiteRow)
        .join(SiteRow, SiteRow.id == FindingRow.site_id)
        .where(FindingRow.organisation_id == asked.organisation)
        .where(FindingRow.owner.in_(tuple(asked.people)))
        .where(FindingRow.state.in_(("open", "in_progress")), FindingRow.due_at < now + AHEAD)
    )
    rows = session.execute(query).all()
    names = target_names(session, [finding_target(*one) for one in rows])
    for one in rows:
        finding, site = one
        rule = rulebook.rules.get(finding.rule or "")
        yield (
            finding.owner or "",
            Matter(
                about=f"finding/{finding.id}",
                path=f"/findings/{finding.id}",
                site=site.key,
                title=Text(
                    zh=f"整改 {finding.number} {finding.title.zh}",
                    en=f"Put right {finding.number} {finding.title.en}",
                ),
                place=names[finding_target(*one)],
                opens_at=finding.found_at,
                due_at=finding.due_at,
                state=finding.state,
                clause=rulebook.clause_text(rule) if rule else None,
            ),
        )


def _follow_ups(session: Session, asked: Asked, now: datetime) -> Iterable[tuple[str, Matter]]:
    query = (
        select(FollowUpRow, SiteRow)
        .join(SiteRow, SiteRow.id == FollowUpRow.site_id)
        .where(SiteRow.organisation_id == asked.organisation)
        .where(FollowUpRow.owner.in_(tuple(asked.people)))
        .where(FollowUpRow.verdict.is_(None), FollowUpRow.due_at < now + AHEAD)
        .where(FollowUpRow.not_before.is_(None) | (FollowUpRow.not_before <= now))
    )
    for task, site in session.execute(query):
        path = f"/findings/{task.finding_id}" if task.finding_id else "/today"
        yield (
            task.owner or "",
            Matter(
                about=f"task/{task.id}",
                path=path,
                site=site.key,
                title=task.title,
                place=site.name,
                opens_at=task.not_before or task.opened_at,
                due_at=task.due_at,
                state="scheduled",
            ),
        )


def finding_target(finding: FindingRow, site: SiteRow) -> tuple[int, str, str]:
    """Return what a finding is about: its asset, else its place, else the site."""
    if finding.asset:
        return (site.id, "asset", finding.asset)
    return (site.id, "place", finding.place) if finding.place else (site.id, "site", site.key)


def _made_up() -> Any:
    event = OccurrenceEventRow
    return select(event.occurrence_id).where(event.kind == "made-up")


def _target(one: Any) -> tuple[int, str, str]:
    occurrence, duty, *_others = one
    return (occurrence.site_id, duty.target_kind, duty.target)
