"""Find stored rows by what callers name, or say politely that they are not there."""

from typing import Any, TypeVar

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
from rules.organisation.model import SiteCalendar
from rules.text import Text
from scheduler.workdays import WorkCalendar

Found = TypeVar("Found")
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
    """Return the working calendar of *site*."""
    organisation = session.get_one(OrganisationRow, site.organisation_id)
    return calendar_from(site.calendar, organisation)


def calendar_from(data: Any, organisation: OrganisationRow) -> WorkCalendar:
    """Return the working calendar that stored calendar *data* describes."""
    return WorkCalendar(
        SiteCalendar.model_validate(data),
        time_zone=organisation.time_zone,
        country=organisation.country,
    )
