"""Bring an organisation into the record; importing again updates and never duplicates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections import facts_as_rows as columns
from inspections.audit import note_change
from inspections.codes.issuing import issue_codes
from inspections.lookup import person_by_key
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
from inspections.record_as_organisation import load_from_record
from inspections.upsert import Tally, Upsert, assign
from rules.organisation.model import Organisation

__all__ = [
    "ImportSummary",
    "import_absences",
    "import_organisation",
    "load_from_record",
    "organisations",
]

_OF_AN_ABSENCE = ("person_id", "since")


@dataclass(frozen=True)
class ImportSummary:
    """How many rows of each kind (`site`, `person`, …) were added, changed and ended."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    ended: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether the record already said all of it."""
        return not (self.added or self.changed or self.ended)


def import_organisation(
    session: Session, organisation: Organisation, *, now: datetime, by: str = "import"
) -> ImportSummary:
    """
    Write *organisation* into the record, matching what is there by ids.

    What the organisation no longer names is ended on the day of *now*, never deleted, since
    records may point to it. Nothing is committed.
    """
    tally = Tally()
    _write_organisation(session, organisation, now=now, tally=tally)
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    _Writer(session, organisation, today=today, tally=tally).write_all()
    issue_codes(session, organisation.id, now=now)
    return _noted(session, organisation, tally, now=now, by=by)


def import_absences(
    session: Session, organisation: Organisation, key: str, *, now: datetime, by: str
) -> ImportSummary:
    """Write when the person called *key* is away; the rest of *organisation* need not be whole."""
    tally = Tally()
    person = next(each for each in organisation.people if each.id == key)
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    row = person_by_key(session, organisation.id, key)
    wanted = [{"person_id": row.id, **columns.absence_values(one)} for one in person.absences]
    upsert = Upsert(AbsenceRow, _OF_AN_ABSENCE, today, tally)
    upsert.write(session, wanted, within=AbsenceRow.person_id == row.id)
    return _noted(session, organisation, tally, now=now, by=by)


def _noted(
    session: Session, organisation: Organisation, tally: Tally, *, now: datetime, by: str
) -> ImportSummary:
    summary = ImportSummary(dict(tally.added), dict(tally.changed), dict(tally.ended))
    if not summary.is_empty:
        session.get_one(OrganisationRow, organisation.id).note_change(now)
        note_change(
            session,
            organisation=organisation.id,
            by=by,
            action="organisation.imported",
            subject=f"organisation/{organisation.id}",
            before=None,
            after={"added": summary.added, "changed": summary.changed, "ended": summary.ended},
            now=now,
        )
    session.flush()
    return summary


def organisations(session: Session) -> tuple[str, ...]:
    """Return the ids of all organisations, sorted."""
    return tuple(session.scalars(select(OrganisationRow.id).order_by(OrganisationRow.id)))


def _write_organisation(
    session: Session, organisation: Organisation, *, now: datetime, tally: Tally
) -> None:
    row = session.get(OrganisationRow, organisation.id)
    values = columns.organisation_values(organisation)
    if row is None:
        session.add(OrganisationRow(id=organisation.id, changed_at=now, **values))
        tally.added["organisation"] += 1
    elif assign(row, values):
        tally.changed["organisation"] += 1
    session.flush()


class _Writer:
    """Writes the tables of one organisation, those that others point to first."""

    def __init__(
        self, session: Session, organisation: Organisation, *, today: date, tally: Tally
    ) -> None:
        self._session = session
        self._organisation = organisation
        self._today = today
        self._tally = tally
        self._mine = {"organisation_id": organisation.id}

    def write_all(self) -> None:
        self._write_sites()
        self._write_people()
        self._write_answers()

    def _write_sites(self) -> None:
        sites = [
            {**self._mine, "key": site.id, **columns.site_values(site)}
            for site in self._organisation.sites
        ]
        rows = self._write_mine(SiteRow, ("key",), sites)
        inside: tuple[tuple[Any, str, Any], ...] = (
            (PlaceRow, "places", columns.place_values),
            (AssetRow, "assets", columns.asset_values),
            (PostRow, "posts", columns.post_values),
        )
        for row_type, collection, values in inside:
            wanted = [
                {"site_id": rows[(site.id,)].id, "key": piece.id, **values(piece)}
                for site in self._organisation.sites
                for piece in getattr(site, collection)
            ]
            of_sites = row_type.site_id.in_(select(SiteRow.id).filter_by(**self._mine))
            self._write(row_type, ("site_id", "key"), wanted, within=of_sites)

    def _write_people(self) -> None:
        people = [
            {**self._mine, "key": person.id, **columns.person_values(person)}
            for person in self._organisation.people
        ]
        rows = self._write_mine(PersonRow, ("key",), people)
        of_people: tuple[tuple[Any, tuple[str, ...], str, Any], ...] = (
            (
                CertificateRow,
                ("kind", "since", "number"),
                "qualifications",
                columns.certificate_values,
            ),
            (AbsenceRow, _OF_AN_ABSENCE[1:], "absences", columns.absence_values),
        )
        for row_type, identity, collection, values in of_people:
            wanted = [
                {"person_id": rows[(person.id,)].id, **values(piece)}
                for person in self._organisation.people
                for piece in getattr(person, collection)
            ]
            within = row_type.person_id.in_(select(PersonRow.id).filter_by(**self._mine))
            self._write(row_type, ("person_id", *identity), wanted, within=within)

    def _write_answers(self) -> None:
        zone = ZoneInfo(self._organisation.time_zone)
        events = [
            {**self._mine, "key": event.id, **columns.event_values(event, zone)}
            for event in self._organisation.events
        ]
        self._write_mine(SiteEventRow, ("key",), events)
        decisions = [
            {**self._mine, **columns.decision_values(decision)}
            for decision in self._organisation.decisions
        ]
        self._write_mine(DecisionRow, ("site", "rule", "on"), decisions)
        performed = [
            {**self._mine, **columns.performed_values(performed)}
            for performed in self._organisation.performed
        ]
        self._write_mine(PerformedRow, ("rule", "target"), performed)

    def _write_mine(
        self, row_type: Any, identity: tuple[str, ...], wanted: list[columns.Values]
    ) -> dict[tuple[Any, ...], Any]:
        within = row_type.organisation_id == self._organisation.id
        return self._write(row_type, identity, wanted, within=within)

    def _write(
        self,
        row_type: Any,
        identity: tuple[str, ...],
        wanted: list[columns.Values],
        *,
        within: Any,
    ) -> dict[tuple[Any, ...], Any]:
        upsert = Upsert(row_type, identity, self._today, self._tally)
        return upsert.write(self._session, wanted, within=within)
