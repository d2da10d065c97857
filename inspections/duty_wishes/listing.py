"""Wishes for duty rosters as people see them, with what the rosters made of each day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspections.duty_wishes.shifts_offered import OfferedShift, shifts_offered
from inspections.duty_wishes.standing import Standing, standing
from inspections.models import DutyWishRow, PersonRow

DayState = Literal["open", "granted", "refused"]
WishState = Literal["open", "granted", "partly", "refused"]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WishLine:
    """
    One wish.

    Attributes:
        shift: The one named; nothing for days off, and where the post lost it since.
        days: What a roster made of each day: `open` until one covers it.
    """

    row: DutyWishRow
    person: PersonRow
    shift: OfferedShift | None
    days: Mapping[date, DayState]

    @property
    def state(self) -> WishState:
        """What became of it as a whole; `partly` where only some of the days are granted."""
        decided = {state for state in self.days.values() if state != "open"}
        if not decided:
            return "open"
        if len(decided) > 1:
            return "partly"
        if decided == {"granted"} and "open" in self.days.values():
            return "partly"
        return next(iter(decided))

    @property
    def granted(self) -> int:
        """How many of its days are granted."""
        return sum(state == "granted" for state in self.days.values())


def wishes_of(
    session: Session, person: PersonRow, since: date, *, published: bool = True
) -> tuple[WishLine, ...]:
    """
    Return the wishes of a person that reach to *since* or later, in the order of their days.

    With *published*, drafts say nothing yet.
    """
    query = _wishes(person.organisation_id, since, None).where(PersonRow.id == person.id)
    return _lines(session, person.organisation_id, session.execute(query), published=published)


def wishes_at(
    session: Session, organisation_id: str, site: str, since: date, until: date | None = None
) -> tuple[WishLine, ...]:
    """Return the wishes of the people of a site between two days; drafts count as rosters."""
    rows = session.execute(_wishes(organisation_id, since, until))
    mine = [(row, person) for row, person in rows if site in person.sites]
    return _lines(session, organisation_id, mine, published=False)


def wish_row(session: Session, organisation_id: str, wish_id: int) -> DutyWishRow | None:
    """Return the wish with this id, if it is one of the organisation."""
    query = select(DutyWishRow).filter_by(id=wish_id, organisation_id=organisation_id)
    return session.scalars(query).one_or_none()


def _wishes(
    organisation_id: str, since: date, until: date | None
) -> Select[DutyWishRow, PersonRow]:
    query = (
        select(DutyWishRow, PersonRow)
        .join(PersonRow, DutyWishRow.person_id == PersonRow.id)
        .where(DutyWishRow.organisation_id == organisation_id, DutyWishRow.until >= since)
        .where(DutyWishRow.withdrawn_at.is_(None), PersonRow.ended_on.is_(None))
        .order_by(DutyWishRow.since, DutyWishRow.id)
    )
    return query if until is None else query.where(DutyWishRow.since <= until)


def _lines(
    session: Session,
    organisation_id: str,
    rows: Iterable[tuple[DutyWishRow, PersonRow]],
    *,
    published: bool,
) -> tuple[WishLine, ...]:
    found = [(row, person) for row, person in rows]
    if not found:
        return ()
    sites = {site for _, person in found for site in person.sites}
    span = min(row.since for row, _ in found), max(row.until for row, _ in found)
    shifts = {one.cell: one for one in shifts_offered(session, organisation_id, sites)}
    there = standing(session, organisation_id, span, sites, published=published)
    return tuple(
        WishLine(
            row, person, shift, _days(row, person, there, _sites(person, shift, shifts.values()))
        )
        for row, person in found
        for shift in [shifts.get((row.post or "", row.shift or ""))]
    )


def _sites(
    person: PersonRow, shift: OfferedShift | None, shifts: Iterable[OfferedShift]
) -> set[str]:
    """Return the sites whose rosters decide: that of the shift, or all where the person stands."""
    return {shift.site} if shift else {one.site for one in shifts if one.is_for(person)}


def _days(
    row: DutyWishRow, person: PersonRow, there: Standing, sites: set[str]
) -> dict[date, DayState]:
    found: dict[date, DayState] = {}
    day = row.since
    while day <= row.until:
        covered = bool(sites) and all((site, day) in there.covered for site in sites)
        found[day] = _state(row, there.cells.get((person.id, day), ()), covered=covered)
        day += _DAY
    return found


def _state(row: DutyWishRow, cells: tuple[tuple[str, str], ...], *, covered: bool) -> DayState:
    if row.kind == "off" and cells:
        return "refused"
    if not covered:
        return "open"
    if row.kind == "off":
        return "granted"
    stands = (row.post, row.shift) in cells
    return "granted" if stands == (row.kind == "stand") else "refused"
