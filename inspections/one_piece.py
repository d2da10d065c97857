"""One site, one person or the rounds of the record, without the rest of the organisation."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.lookup import person_by_key, site_by_key
from inspections.models import (
    AbsenceRow,
    AssetRow,
    CertificateRow,
    OrganisationRow,
    PlaceRow,
    PostRow,
    SiteRow,
)
from inspections.round_edits import HouseRounds
from rules.organisation.model import Asset, Certificate, DateSpan, Person, Place, Post, Site, Way
from rules.text import Text

_SITE = ("name", "facts", "calendar", "travel")
_PIECES: tuple[tuple[str, Any, Any, tuple[str, ...]], ...] = (
    ("places", PlaceRow, Place, ("name", "facts", "keeper")),
    ("assets", AssetRow, Asset, ("name", "facts", "place", "keeper", "maintainer")),
    ("posts", PostRow, Post, ("name", "facts", "shifts", "qualifications", "roles", "days")),
)
_OWN = ("name", "sites", "roles", "facts", "team", "minutes_per_day", "works", "employer")
_PERSON = (*_OWN, "email", "prefers")


def site_now(session: Session, organisation_id: str, key: str) -> Site:
    """
    Return the site as it stands now, without what has ended.

    Raises:
        NotFound: If the organisation has no such site, or not any more.
    """
    row = site_by_key(session, organisation_id, key)
    if row.ended_on is not None:
        raise NotFound(Text(zh="场所", en="site"), key)
    pieces = {
        name: tuple(
            model.model_validate({"id": each.key, **_values(each, names)})
            for each in _children(session, row_type, "site_id", row.id)
        )
        for name, row_type, model, names in _PIECES
    }
    own = {**_values(row, _SITE), "order": row.place_order}
    return Site.model_validate({"id": row.key, **own, **pieces})


def person_now(session: Session, organisation_id: str, key: str) -> Person:
    """
    Return the person as they stand now.

    Raises:
        NotFound: If the organisation has no such person, or not any more.
    """
    row = person_by_key(session, organisation_id, key)
    certificates = _children(session, CertificateRow, "person_id", row.id)
    absences = _children(session, AbsenceRow, "person_id", row.id)
    return Person.model_validate(
        {
            "id": row.key,
            **_values(row, _PERSON),
            "qualifications": tuple(
                Certificate(**_values(each, ("kind", "number", "since", "until")))
                for each in certificates
            ),
            "absences": tuple(
                DateSpan(**_values(each, ("since", "until", "reason"))) for each in absences
            ),
        }
    )


def site_names(session: Session, organisation_id: str) -> dict[str, Text]:
    """Return the names of all present sites by key, in the order of the file."""
    query = select(SiteRow.key, SiteRow.name).filter_by(
        organisation_id=organisation_id, ended_on=None
    )
    return {row.key: row.name for row in session.execute(query.order_by(SiteRow.position))}


def house_rounds_now(session: Session, organisation_id: str) -> HouseRounds:
    """Return the ways between sites, and the most days running, as they stand now."""
    row = session.get_one(OrganisationRow, organisation_id)
    return HouseRounds(tuple(Way.model_validate(way) for way in row.travel), row.most_running)


def _children(session: Session, row_type: Any, parent: str, parent_id: int) -> list[Any]:
    query = select(row_type).filter_by(**{parent: parent_id, "ended_on": None})
    return list(session.scalars(query.order_by(row_type.position)))


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
