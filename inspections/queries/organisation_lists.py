"""Lists of sites and people for the officer, searched and cut into pages."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import (
    AbsenceRow,
    AssetRow,
    CertificateRow,
    DutyRow,
    PersonRow,
    PlaceRow,
    SiteRow,
)
from rules.text import Text

PAGE = 50
Listed = TypeVar("Listed")


@dataclass(frozen=True)
class ListPage(Generic[Listed]):
    """
    One page of a list.

    Attributes:
        number: From 1.
        total: How many match in all.
    """

    rows: tuple[Listed, ...]
    number: int
    total: int
    size: int = PAGE

    @property
    def count(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class ListedSite:
    """A site with what stands in it and what is open."""

    key: str
    name: Text
    kind: str | None
    city: str | None
    places: int
    assets: int
    duties: int
    questions: int


@dataclass(frozen=True)
class ListedPerson:
    """
    A person with what bears on planning.

    Attributes:
        away_until: Last day of an absence that covers the day asked about.
        expired: Certificates that are not valid on that day any more.
    """

    key: str
    name: Text
    roles: tuple[str, ...]
    sites: tuple[str, ...]
    minutes_per_day: int
    employer: Text | None
    certificates: int
    expired: int
    away_until: date | None


def sites_page(
    session: Session, organisation_id: str, *, search: str, number: int, scope: Sequence[str] = ()
) -> ListPage[ListedSite]:
    """Return the sites whose name or key holds *search*; *scope* limits them to those keys."""
    query = select(SiteRow).filter_by(organisation_id=organisation_id, ended_on=None)
    rows = [
        row
        for row in session.scalars(query.order_by(SiteRow.position))
        if (not scope or row.key in scope) and _matches(search, row)
    ]
    page, number = _cut(rows, number)
    ids = [row.id for row in page]
    places, assets = _counts(session, PlaceRow, ids), _counts(session, AssetRow, ids)
    duties, questions = (_duties(session, ids, status) for status in ("binds", "may-apply"))
    listed = tuple(
        ListedSite(
            row.key,
            row.name,
            row.facts.get("site.kind"),
            row.facts.get("site.city"),
            places[row.id],
            assets[row.id],
            duties[row.id],
            questions[row.id],
        )
        for row in page
    )
    return ListPage(listed, number, len(rows))


def people_page(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    organisation_id: str,
    *,
    search: str,
    number: int,
    on: date,
    scope: Sequence[str] = (),
) -> ListPage[ListedPerson]:
    """Return the people whose name or key holds *search*, as they stand on the day *on*."""
    query = select(PersonRow).filter_by(organisation_id=organisation_id, ended_on=None)
    rows = [
        row
        for row in session.scalars(query.order_by(PersonRow.position))
        if (not scope or set(scope) & set(row.sites)) and _matches(search, row)
    ]
    page, number = _cut(rows, number)
    ids = [row.id for row in page]
    held = _of_people(session, CertificateRow, ids)
    away = {
        row.person_id: row.until
        for row in _of_people(session, AbsenceRow, ids)
        if row.since <= on <= row.until
    }
    certificates = Counter(row.person_id for row in held)
    expired = Counter(row.person_id for row in held if row.until is not None and row.until < on)
    listed = tuple(
        ListedPerson(
            row.key,
            row.name,
            tuple(row.roles),
            tuple(row.sites),
            row.minutes_per_day,
            row.employer,
            certificates[row.id],
            expired[row.id],
            away.get(row.id),
        )
        for row in page
    )
    return ListPage(listed, number, len(rows))


def matching(search: str) -> Callable[[str, Text], bool]:
    """Return a test of a key and a name against *search*, without regard to case."""
    needle = search.strip().casefold()
    return lambda key, name: (
        needle in name.zh.casefold() or needle in name.en.casefold() or needle in key
    )


def _matches(search: str, row: Any) -> bool:
    return matching(search)(row.key, row.name)


def _cut(rows: list[Any], number: int) -> tuple[list[Any], int]:
    last = max(1, -(-len(rows) // PAGE))
    number = min(max(1, number), last)
    return rows[(number - 1) * PAGE : number * PAGE], number


def _counts(session: Session, row_type: Any, site_ids: list[int]) -> Counter[int]:
    query = select(row_type.site_id, func.count()).filter_by(ended_on=None)
    query = query.where(row_type.site_id.in_(site_ids)).group_by(row_type.site_id)
    return Counter(dict(row for row in session.execute(query)))


def _duties(session: Session, site_ids: list[int], status: str) -> Counter[int]:
    query = select(DutyRow.site_id, func.count()).filter_by(status=status, valid_until=None)
    query = query.where(DutyRow.site_id.in_(site_ids)).group_by(DutyRow.site_id)
    return Counter(dict(row for row in session.execute(query)))


def _of_people(session: Session, row_type: Any, ids: list[int]) -> list[Any]:
    query = select(row_type).where(row_type.person_id.in_(ids)).filter_by(ended_on=None)
    return list(session.scalars(query))
