"""The drills behind checks, for whoever is to do these: script and report stand with the drill."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from inspections.drills.kinds import kind_title
from inspections.models import (
    DrillProgrammeRow,
    DrillReportRow,
    DrillRow,
    DrillServesRow,
    OccurrenceRow,
    SiteRow,
)
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class ServingDrill:
    """
    A published drill that everybody may know of by now.

    Attributes:
        id: Row id.
        leader: Key of the warden who leads it.
        reported: Whether its report is handed in.
    """

    id: int
    title: Text
    scenario: Text | None
    site_name: Text
    starts_at: datetime
    ends_at: datetime
    leader: str | None
    reported: bool


def drill_behind(
    session: Session, rulebook: RuleBook, occurrence: int, *, now: datetime
) -> ServingDrill | None:
    """Return the drill that serves an occurrence; one that is to come as a surprise is none."""
    query = _known_by(now).where(DrillRow.id.in_(_serving([occurrence])))
    return next(iter(_drills(session, rulebook, query)), None)


def drills_of_day(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation: str,
    person: str | None,
    occurrences: Collection[int],
    day: tuple[datetime, datetime],
    now: datetime,
) -> tuple[ServingDrill, ...]:
    """
    Return the drills of a day that serve the *occurrences* of a person or that the person leads.

    *day* is the first instant of the local day and of the next. By start.
    """
    start, end = day
    query = (
        _known_by(now)
        .join(DrillProgrammeRow, DrillProgrammeRow.id == DrillRow.programme_id)
        .where(DrillProgrammeRow.organisation_id == organisation)
        .where(DrillRow.starts_at >= start, DrillRow.starts_at < end)
        .where(or_(DrillRow.id.in_(_serving(occurrences)), DrillRow.leader == person))
    )
    return tuple(_drills(session, rulebook, query))


def _known_by(now: datetime) -> Select[DrillRow, Text, int]:
    return (
        select(DrillRow, SiteRow.name, DrillReportRow.id)
        .join(SiteRow, SiteRow.id == DrillRow.site_id)
        .outerjoin(DrillReportRow, DrillReportRow.drill_id == DrillRow.id)
        .where(DrillRow.state == "scheduled")
        .where(or_(DrillRow.hidden.is_(False), DrillRow.starts_at <= now))
        .order_by(DrillRow.starts_at, DrillRow.id)
    )


def _serving(occurrences: Collection[int]) -> Select[int]:
    query = select(DrillServesRow.drill_id).join(
        OccurrenceRow,
        (OccurrenceRow.duty_id == DrillServesRow.duty_id)
        & (OccurrenceRow.period == DrillServesRow.period),
    )
    return query.where(OccurrenceRow.id.in_(occurrences))


def _drills(
    session: Session, rulebook: RuleBook, query: Select[DrillRow, Text, int]
) -> Iterable[ServingDrill]:
    for row, site, report in session.execute(query):
        yield ServingDrill(
            id=row.id,
            title=kind_title(rulebook, row.kind),
            scenario=row.scenario,
            site_name=site,
            starts_at=row.starts_at,
            ends_at=row.starts_at + timedelta(minutes=row.minutes),
            leader=row.leader,
            reported=report is not None,
        )
