"""Rebuild an organisation from the record, so that planning works on what is stored and edited."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
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
from rules.organisation.happened import Decision, Event, Performed
from rules.organisation.model import (
    Asset,
    Certificate,
    DateSpan,
    Organisation,
    Person,
    Place,
    Post,
    Site,
    Way,
)
from rules.text import Text

_Which = tuple[ColumnElement[bool], ...]


def load_from_record(
    session: Session, organisation_id: str, *, sites: Collection[str] = ()
) -> Organisation:
    """
    Return the organisation as it stands now, without what has ended, in the order of its file.

    With *sites*, only what these need: themselves, whoever works there, and the other sites at
    which those work. Of a large organisation that is little.

    Raises:
        NotFound: If no organisation has this id.
    """
    row = session.get(OrganisationRow, organisation_id)
    if row is None:
        raise NotFound(Text(zh="单位", en="organisation"), organisation_id)
    part = _around(session, organisation_id, frozenset(sites)) if sites else None
    return Organisation(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        country=row.country,
        packs=tuple(row.packs),
        travel=tuple(Way.model_validate(way) for way in row.travel),
        most_running=row.most_running,
        sites=_sites(session, organisation_id, part),
        people=_people(session, organisation_id, part),
        **_answers(session, row, part),
    )


@dataclass(frozen=True)
class _Part:
    """Keys of some sites, and ids of the people who work at those asked for."""

    sites: frozenset[str]
    people: frozenset[int]


def _around(session: Session, organisation_id: str, asked: frozenset[str]) -> _Part:
    query = select(PersonRow.id, PersonRow.sites)
    rows = session.execute(query.filter_by(organisation_id=organisation_id, ended_on=None))
    mine = [row for row in rows if not asked.isdisjoint(row.sites)]
    return _Part(asked.union(*(row.sites for row in mine)), frozenset(row.id for row in mine))


def _sites(session: Session, organisation_id: str, part: _Part | None) -> tuple[Site, ...]:
    which = () if part is None else (SiteRow.key.in_(part.sites),)
    of_sites = select(SiteRow.id).filter_by(organisation_id=organisation_id).where(*which)
    places = _by(session, PlaceRow, "site_id", of_sites)
    assets = _by(session, AssetRow, "site_id", of_sites)
    posts = _by(session, PostRow, "site_id", of_sites)
    return tuple(
        Site.model_validate(
            {
                **_values(row, "name", "facts", "calendar", "travel"),
                "order": row.place_order,
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
        for row in _mine(session, SiteRow, organisation_id, *which)
    )


def _people(session: Session, organisation_id: str, part: _Part | None) -> tuple[Person, ...]:
    which = () if part is None else (PersonRow.id.in_(part.people),)
    of_people = select(PersonRow.id).filter_by(organisation_id=organisation_id).where(*which)
    certificates = _by(session, CertificateRow, "person_id", of_people)
    absences = _by(session, AbsenceRow, "person_id", of_people)
    own = ("name", "sites", "roles", "facts", "team", "minutes_per_day", "works", "employer")
    return tuple(
        Person.model_validate(
            {
                **_values(row, *own, "email", "prefers"),
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
        for row in _mine(session, PersonRow, organisation_id, *which)
    )


def _answers(session: Session, organisation: OrganisationRow, part: _Part | None) -> dict[str, Any]:
    zone = ZoneInfo(organisation.time_zone)
    events, decisions, performed = ((), (), ()) if part is None else _of_part(part)
    return {
        "events": tuple(
            Event(
                id=e.key,
                site=e.site,
                target=e.target,
                kind=e.kind,
                at=e.at.astimezone(zone),
                until=e.until and e.until.astimezone(zone),
                facts=e.facts,
                note=e.note,
            )
            for e in _mine(session, SiteEventRow, organisation.id, *events)
        ),
        "decisions": tuple(
            Decision(**_values(d, "rule", "site", "applies", "note", "by", "on"))
            for d in _mine(session, DecisionRow, organisation.id, *decisions)
        ),
        "performed": tuple(
            Performed(**_values(p, "rule", "target", "on"))
            for p in _mine(session, PerformedRow, organisation.id, *performed)
        ),
    }


def _of_part(part: _Part) -> tuple[_Which, _Which, _Which]:
    """Return what limits events, decisions and days of last performance to the sites."""
    site = PerformedRow.target.in_(part.sites)
    inside = (PerformedRow.target.startswith(f"{key}/", autoescape=True) for key in part.sites)
    return (
        (SiteEventRow.site.in_(part.sites),),
        (DecisionRow.site.in_(part.sites),),
        (or_(site, *inside),),
    )


def _mine(
    session: Session, row_type: Any, organisation_id: str, *which: ColumnElement[bool]
) -> Iterable[Any]:
    query = select(row_type).filter_by(organisation_id=organisation_id, ended_on=None)
    return session.scalars(query.where(*which).order_by(row_type.position))


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
