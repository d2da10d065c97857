"""Publish a week of the board, and what changed in it since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.board.applying import Planner
from inspections.board.overfull import overfull
from inspections.board.refusals import BreaksRules, WeekOver, may_plan
from inspections.board.week import BoardWeek
from inspections.errors import NotFound
from inspections.models import (
    AssignmentRow,
    BoardPublicationRow,
    OccurrenceRow,
    PastAssignmentRow,
    PersonRow,
    PlanRunRow,
    SiteRow,
)
from rules.text import Text

_SITE = Text(zh="场所", en="site")


@dataclass(frozen=True)
class Published:
    """
    How far the days of a board are published.

    Attributes:
        at: The earliest of the latest publications of its sites; nothing where a site has none.
        by: Keys of who published.
        sites: How many of the sites are published.
        changed: Occurrences that changed hands or day since; `people` are who was touched.
    """

    at: datetime | None
    by: tuple[str, ...]
    sites: int
    changed: tuple[int, ...]
    people: tuple[str, ...]


def publish_week(planner: Planner, week: BoardWeek, sites: Collection[str]) -> None:
    """
    Publish the days of *week* for these sites, as the plan stands.

    Calendars say so from then on, and the board tells what changes afterwards.

    Raises:
        NotPlanner: If the role does not plan rounds.
        NotFound: If a site is out of scope or not there.
        WeekOver: If its last day has passed.
        BreaksRules: If the plan breaks a hard rule on a day that is still to come.
    """
    may_plan(planner.desk)
    if week.days[-1] < planner.today:
        raise WeekOver
    people = {person for one in week.standing.checks for person in one.people}
    # Today is running: a gate that is still closed this morning is no fault of the week.
    against = overfull(planner, people, [day for day in week.days if day > planner.today])
    if against:
        raise BreaksRules(against)
    rows = _site_ids(planner)
    for key in sites:
        if key not in rows or not planner.desk.sees(key):
            raise NotFound(_SITE, key)
        _publish(planner, week, key, rows[key])


def published(
    session: Session, organisation_id: str, days: Sequence[date], sites: Collection[str]
) -> Published:
    """Return how far *days* are published for *sites*, and what changed since."""
    query = (
        select(BoardPublicationRow, SiteRow.key)
        .join(SiteRow, SiteRow.id == BoardPublicationRow.site_id)
        .where(BoardPublicationRow.organisation_id == organisation_id)
        .where(BoardPublicationRow.since == days[0], BoardPublicationRow.until == days[-1])
        .order_by(BoardPublicationRow.id)
    )
    latest = {key: row for row, key in session.execute(query) if key in sites}
    if not latest:
        return Published(None, (), 0, (), ())
    at = min(row.at for row in latest.values())
    changed = _changed_since(session, latest, days)
    return Published(
        at if len(latest) == len(sites) else None,
        tuple(sorted({row.by for row in latest.values()})),
        len(latest),
        tuple(sorted(changed)),
        tuple(sorted({person for people in changed.values() for person in people})),
    )


def _publish(planner: Planner, week: BoardWeek, site: str, site_id: int) -> None:
    checks = [one for one in week.standing.checks if one.site == site]
    gaps = [one for one in week.gaps if one.site == site]
    figures = {
        "checks": len(checks),
        "people": len({person for one in checks for person in one.people}),
        "uncovered": len(gaps),
        "by_law": sum(one.priority == 0 for one in gaps),
    }
    row = BoardPublicationRow(
        organisation_id=planner.organisation.id,
        site_id=site_id,
        since=week.days[0],
        until=week.days[-1],
        by=planner.desk.by,
        at=planner.now,
        result=figures,
    )
    planner.session.add(row)
    planner.session.flush()
    note_change(
        planner.session,
        organisation=planner.organisation.id,
        by=planner.desk.by,
        action="board.published",
        subject=f"board-publication/{row.id}",
        before=None,
        after={"site": site, "since": week.days[0], "until": week.days[-1], **figures},
        now=planner.now,
    )


def _changed_since(
    session: Session, latest: Mapping[str, BoardPublicationRow], days: Sequence[date]
) -> dict[int, set[str]]:
    """Return the occurrences that somebody got or lost since their site was published."""
    found: dict[int, set[str]] = {}
    for row in latest.values():
        at_site = (OccurrenceRow.site_id == row.site_id, *_within(days))
        got = (
            select(AssignmentRow.occurrence_id, PersonRow.key)
            .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
            .join(PlanRunRow, PlanRunRow.id == AssignmentRow.plan_run_id)
            .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
            .where(PlanRunRow.at > row.at, *at_site)
        )
        lost = (
            select(PastAssignmentRow.occurrence_id, PersonRow.key)
            .join(PersonRow, PersonRow.id == PastAssignmentRow.person_id)
            .join(OccurrenceRow, OccurrenceRow.id == PastAssignmentRow.occurrence_id)
            .where(PastAssignmentRow.ended_at > row.at, *at_site)
        )
        for query in (got, lost):
            for occurrence, person in session.execute(query):
                found.setdefault(occurrence, set()).add(person)
    return found


def _within(days: Sequence[date]) -> tuple[ColumnElement[bool], ...]:
    known = or_(
        OccurrenceRow.hidden_until.is_(None), OccurrenceRow.state.not_in(("scheduled", "proposed"))
    )
    return (OccurrenceRow.planned_on >= days[0], OccurrenceRow.planned_on <= days[-1], known)


def _site_ids(planner: Planner) -> dict[str, int]:
    query: Any = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=planner.organisation.id)
    return {row.key: row.id for row in planner.session.execute(query)}
