"""Find stored rows by what callers name, or say politely that they are not there."""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import (
    AssetRow,
    DutyRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    PlaceRow,
    SiteRow,
    TicketRow,
)
from rules.organisation.model import Organisation, SiteCalendar
from rules.text import Text
from scheduler.workdays import WorkCalendar

Found = TypeVar("Found")
_READ: WeakKeyDictionary[SiteRow, tuple[Any, tuple[str, str], WorkCalendar]] = WeakKeyDictionary()
_KINDS: dict[Any, Text] = {
    OccurrenceRow: Text(zh="应检任务", en="occurrence"),
    InspectionRow: Text(zh="检查记录", en="inspection"),
    FindingRow: Text(zh="问题", en="finding"),
    TicketRow: Text(zh="工单", en="ticket"),
    SiteRow: Text(zh="场所", en="site"),
}


def existing(session: Session, row_type: type[Found], key: object) -> Found:
    """
    Return the row with this primary key.

    Raises:
        NotFound: If there is none.
    """
    row = session.get(row_type, key)
    if row is None:
        raise NotFound(_KINDS.get(row_type, Text(zh="记录", en="record")), key)
    return row


def site_by_key(session: Session, organisation_id: str, key: str) -> SiteRow:
    """
    Return the site called *key*.

    Raises:
        NotFound: If the organisation has no such site.
    """
    query = select(SiteRow).filter_by(organisation_id=organisation_id, key=key)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(_KINDS[SiteRow], key)
    return row


def site_ids(session: Session, organisation: Organisation) -> tuple[int, ...]:
    """Return the row ids of the sites that *organisation* has, which may be a part of the whole."""
    query = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=organisation.id)
    found = {row.key: row.id for row in session.execute(query)}
    return tuple(found[site.id] for site in organisation.sites if site.id in found)


def sites_by_keys(session: Session, organisation_id: str, keys: Collection[str]) -> tuple[int, ...]:
    """Return the row ids of the sites with these keys; what is none is left out."""
    query = select(SiteRow.id).filter_by(organisation_id=organisation_id)
    return tuple(session.scalars(query.where(SiteRow.key.in_(keys))))


def person_by_key(session: Session, organisation_id: str, key: str) -> PersonRow:
    """
    Return the person called *key* who is still there.

    Raises:
        NotFound: If the organisation has no such person, or not any more.
    """
    query = select(PersonRow).filter_by(organisation_id=organisation_id, key=key, ended_on=None)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(Text(zh="人员", en="person"), key)
    return row


def person_sites(session: Session, organisation_id: str, key: str) -> tuple[str, ...]:
    """Return the keys of the sites at which a person works; none where nobody is called so."""
    query = select(PersonRow.sites).filter_by(organisation_id=organisation_id, key=key)
    return tuple(session.scalars(query.where(PersonRow.ended_on.is_(None))).one_or_none() or ())


def person_name(session: Session, organisation_id: str, key: str) -> Text:
    """Return the name of a person, also of one who left; who is none keeps the key."""
    query = select(PersonRow.name).filter_by(organisation_id=organisation_id, key=key)
    return session.scalars(query).one_or_none() or Text(zh=key, en=key)


def place_of(session: Session, site_id: int, key: str | None) -> PlaceRow | None:
    """Return the place of the site called *key*, if there is one."""
    query = select(PlaceRow).filter_by(site_id=site_id, key=key)
    return None if key is None else session.scalars(query).one_or_none()


def asset_of(session: Session, site_id: int, key: str | None) -> AssetRow | None:
    """Return the asset of the site called *key*, if there is one."""
    query = select(AssetRow).filter_by(site_id=site_id, key=key)
    return None if key is None else session.scalars(query).one_or_none()


def duty_of(session: Session, occurrence: OccurrenceRow) -> DutyRow:
    """Return the duty of *occurrence*."""
    return session.get_one(DutyRow, occurrence.duty_id)


def work_calendar(session: Session, site: SiteRow) -> WorkCalendar:
    """Return the working calendar of *site*; read once for each loaded row."""
    organisation = session.get_one(OrganisationRow, site.organisation_id)
    where = organisation.time_zone, organisation.country
    data, known, calendar = _READ.get(site, (None, None, None))
    if calendar is None or data is not site.calendar or known != where:
        calendar = calendar_from(site.calendar, organisation)
        _READ[site] = site.calendar, where, calendar
    return calendar


def calendar_from(data: Any, organisation: OrganisationRow) -> WorkCalendar:
    """Return the working calendar that stored calendar *data* describes."""
    text = json.dumps(data, sort_keys=True)
    return _calendar(text, organisation.time_zone, organisation.country)


@lru_cache(maxsize=1024)
def _calendar(text: str, time_zone: str, country: str) -> WorkCalendar:
    """Equal calendars are one, which remembers the days it was asked about."""
    calendar = SiteCalendar.model_validate_json(text)
    return WorkCalendar(calendar, time_zone=time_zone, country=country)
