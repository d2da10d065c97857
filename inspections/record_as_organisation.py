"""Rebuild an organisation from the record, so that planning works on what is stored and edited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import (
    AbsenceRow,
    AssetRow,
    CertificateRow,
    DecisionRow,
    OrganisationRow,
    PerformedRow,
    PersonRow,
    PlaceRow,
    PostRow,
    SiteEventRow,
    SiteRow,
)
from rules.organisation.model import (
    Asset,
    Certificate,
    DateSpan,
    Decision,
    Event,
    Organisation,
    Performed,
    Person,
    Place,
    Post,
    Site,
)
from rules.text import Text


def load_from_record(session: Session, organisation_id: str) -> Organisation:
    """
    Return the organisation as it stands now, without what has ended, in the order of its file.

    Raises:
        NotFound: If no organisation has this id.
    """
    row = session.get(OrganisationRow, organisation_id)
    if row is None:
        raise NotFound(Text(zh="单位", en="organisation"), organisation_id)
    return Organisation(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        country=row.country,
        packs=tuple(row.packs),
        sites=_sites(session, organisation_id),
        people=_people(session, organisation_id),
        **_answers(session, row),
    )


def _sites(session: Session, organisation_id: str) -> tuple[Site, ...]:
    of_sites = select(SiteRow.id).filter_by(organisation_id=organisation_id)
    places = _by(session, PlaceRow, "site_id", of_sites)
    assets = _by(session, AssetRow, "site_id", of_sites)
    posts = _by(session, PostRow, "site_id", of_sites)
    return tuple(
        Site.model_validate(
            {
                **_values(row, "name", "facts", "calendar"),
                "places": tuple(
                    _piece(Place, p, "name", "facts", "keeper") for p in places[row.id]
                ),
                "assets": tuple(
                    _piece(Asset, a, "name", "facts", "place", "keeper", "maintainer")
                    for a in assets[row.id]
                ),
                "posts": tuple(
                    _piece(Post, p, "name", "facts", "shifts", "qualifications", "roles", "days")
                    for p in posts[row.id]
                ),
                "id": row.key,
            }
        )
        for row in _mine(session, SiteRow, organisation_id)
    )


def _people(session: Session, organisation_id: str) -> tuple[Person, ...]:
    of_people = select(PersonRow.id).filter_by(organisation_id=organisation_id)
    certificates = _by(session, CertificateRow, "person_id", of_people)
    absences = _by(session, AbsenceRow, "person_id", of_people)
    names = ("name", "sites", "roles", "facts", "team", "minutes_per_day", "works", "employer")
    return tuple(
        Person.model_validate(
            {
                **_values(row, *names),
                "id": row.key,
                "qualifications": tuple(
                    Certificate(**_values(c, "kind", "number", "since", "until"))
                    for c in certificates[row.id]
                ),
                "absences": tuple(
                    DateSpan(**_values(a, "since", "until", "reason")) for a in absences[row.id]
                ),
            }
        )
        for row in _mine(session, PersonRow, organisation_id)
    )


def _answers(session: Session, organisation: OrganisationRow) -> dict[str, Any]:
    zone = ZoneInfo(organisation.time_zone)
    return {
        "events": tuple(
            Event(
                id=e.key,
                site=e.site,
                target=e.target,
                kind=e.kind,
                at=e.at.astimezone(zone),
                note=e.note,
            )
            for e in _mine(session, SiteEventRow, organisation.id)
        ),
        "decisions": tuple(
            Decision(**_values(d, "rule", "site", "applies", "note", "by", "on"))
            for d in _mine(session, DecisionRow, organisation.id)
        ),
        "performed": tuple(
            Performed(**_values(p, "rule", "target", "on"))
            for p in _mine(session, PerformedRow, organisation.id)
        ),
    }


def _mine(session: Session, row_type: Any, organisation_id: str) -> Iterable[Any]:
    query = select(row_type).filter_by(organisation_id=organisation_id, ended_on=None)
    return session.scalars(query.order_by(row_type.position))


def _by(session: Session, row_type: Any, parent: str, within: Any) -> Mapping[int, list[Any]]:
    query = select(row_type).where(getattr(row_type, parent).in_(within))
    children: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.scalars(query.filter_by(ended_on=None).order_by(row_type.position)):
        children[getattr(row, parent)].append(row)
    return children


def _values(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _piece(model: Any, row: Any, *names: str) -> Any:
    return model.model_validate({"id": row.key, **_values(row, *names)})
