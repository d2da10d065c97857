"""The sites that a step on the board can change: those of what it names, and of its people."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.board.steps import Again, Away, Give, Release, Step
from inspections.models import BoardChangeRow, OccurrenceRow, PersonRow, SiteRow


def touched_sites(session: Session, organisation_id: str, step: Step) -> tuple[str, ...]:
    """
    Return the keys of the sites around which *step* is planned, sorted; none means all.

    Whoever gets a check may have to leave another one, wherever they work.
    """
    match step:
        case Give():
            mine = _site_of(session, organisation_id, step.occurrence)
            return _sorted({*mine, *_sites_of(session, organisation_id, step.people)})
        case Release():
            return _site_of(session, organisation_id, step.occurrence)
        case Away():
            return _sites_of(session, organisation_id, (step.person,))
        case Again():
            return ()


def sites_of_change(session: Session, row: BoardChangeRow) -> tuple[str, ...]:
    """Return the keys of the sites at which the people of a step taken work, sorted."""
    stood = (one[when] for one in row.results for when in ("before", "after"))
    people = {holder["key"] for stand in stood for holder in stand["holders"]}
    people |= {row.step["person"]} if row.kind == Away.kind else set()
    return _sites_of(session, row.organisation_id, people)


def _site_of(session: Session, organisation_id: str, occurrence: int) -> tuple[str, ...]:
    query = select(SiteRow.key).join(OccurrenceRow, OccurrenceRow.site_id == SiteRow.id)
    mine = query.where(OccurrenceRow.id == occurrence, SiteRow.organisation_id == organisation_id)
    return tuple(session.scalars(mine))


def _sites_of(session: Session, organisation_id: str, people: Collection[str]) -> tuple[str, ...]:
    query = select(PersonRow.sites).filter_by(organisation_id=organisation_id, ended_on=None)
    rows = session.scalars(query.where(PersonRow.key.in_(people)))
    return _sorted({key for sites in rows for key in sites})


def _sorted(keys: set[str]) -> tuple[str, ...]:
    return tuple(sorted(keys))
