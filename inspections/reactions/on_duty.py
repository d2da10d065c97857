"""Who is on duty at a site at an instant: by the published roster, else by the weekdays worked."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import AbsenceRow, PersonRow, PostRow, SiteRow
from inspections.rosters import published_cells
from rules.cadence import WEEKDAYS
from rules.organisation.model import Shift

_DAY = timedelta(days=1)
_LONGEST_CLOSED = 60


def on_duty(
    session: Session, site: SiteRow, *, at: datetime, roles: Iterable[str] = ()
) -> tuple[str, ...]:
    """
    Return the keys of those on duty, of the *roles* named; where the site is shut, at its opening.

    Who has a shift counts by the shift alone; who never has one counts on the weekdays worked.
    """
    zone = work_calendar(session, site).zone
    at = opening_from(session, site, at)
    day = at.astimezone(zone).date()
    people = [row for row in _people(session, site, day) if _has(row, set(roles))]
    cells = published_cells(session, site.organisation_id, day - _DAY, day)
    rostered = {person for person, _ in cells}
    present = {
        person
        for (person, on), cell in cells.items()
        if cell is not None and _covers(_shift(session, site, cell), on, at, zone)
    }
    weekday = WEEKDAYS[day.weekday()]
    return tuple(
        row.key
        for row in people
        if row.key in present or (row.key not in rostered and weekday in row.works)
    )


def opening_from(session: Session, site: SiteRow, at: datetime) -> datetime:
    """Return *at* where the site is open then, else the instant at which it opens next."""
    calendar = work_calendar(session, site)
    local = at.astimezone(calendar.zone)
    for ahead in range(-1, _LONGEST_CLOSED):
        for opens, closes in calendar.openings(local.date() + _DAY * ahead):
            if at < closes:
                return max(at, opens)
    return at


def _people(session: Session, site: SiteRow, day: date) -> Iterator[PersonRow]:
    away = select(AbsenceRow.person_id).where(
        AbsenceRow.ended_on.is_(None), AbsenceRow.since <= day, AbsenceRow.until >= day
    )
    query = (
        select(PersonRow)
        .filter_by(organisation_id=site.organisation_id, ended_on=None)
        .where(PersonRow.id.not_in(away))
        .order_by(PersonRow.position)
    )
    yield from (row for row in session.scalars(query) if site.key in row.sites)


def _has(row: PersonRow, roles: set[str]) -> bool:
    return not roles or not roles.isdisjoint(row.roles)


def _shift(session: Session, site: SiteRow, cell: tuple[str, str]) -> Shift | None:
    post, code = cell
    row = session.scalars(select(PostRow).filter_by(site_id=site.id, key=post)).one_or_none()
    shifts = (Shift.model_validate(each) for each in (row.shifts if row else ()))
    return next((each for each in shifts if each.code == code), None)


def _covers(shift: Shift | None, on: date, at: datetime, zone: ZoneInfo) -> bool:
    if shift is None:
        return False
    last = on if shift.until > shift.since else on + _DAY
    return _at(on, shift.since, zone) <= at < _at(last, shift.until, zone)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)
