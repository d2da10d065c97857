"""The pairings and separations of a site, with the names of the people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.models import DutyBondRow, PersonRow, SiteRow
from inspections.rounds.names import person_text
from rules.text import Text


@dataclass(frozen=True)
class BondLine:
    """
    One pairing or separation.

    Attributes:
        names: Of everybody in it, in its order.
        gone: Names of those who work here no more.
    """

    row: DutyBondRow
    names: tuple[Text, ...]
    gone: tuple[Text, ...]

    @property
    def nobody_left(self) -> bool:
        """Whether a pairing keeps somebody from every shift, as all the others are gone."""
        return self.row.kind == "with" and len(self.gone) >= len(self.names) - 1


def bonds_at(session: Session, site: SiteRow, since: date) -> tuple[BondLine, ...]:
    """Return what holds on *since* or later at a site, in the order of the first days."""
    query = (
        select(DutyBondRow)
        .filter_by(site_id=site.id, ended_at=None)
        .where(or_(DutyBondRow.until.is_(None), DutyBondRow.until >= since))
        .order_by(DutyBondRow.since, DutyBondRow.id)
    )
    rows = session.scalars(query).all()
    keys = {key for row in rows for key in row.people}
    people = select(PersonRow).filter_by(organisation_id=site.organisation_id)
    known = {one.key: one for one in session.scalars(people.where(PersonRow.key.in_(keys)))}
    return tuple(_line(row, site.key, known) for row in rows)


def _line(row: DutyBondRow, site: str, known: Mapping[str, PersonRow]) -> BondLine:
    names = {key: one.name for key, one in known.items()}
    here = {key for key, one in known.items() if one.ended_on is None and site in one.sites}
    return BondLine(
        row,
        tuple(person_text(names, key) for key in row.people),
        tuple(person_text(names, key) for key in row.people if key not in here),
    )
