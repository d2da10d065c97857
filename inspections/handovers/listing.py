"""Handovers for people: the changes of shift of a site with their notes, and what is mine now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.handovers.shift_changes import NEXT_WITHIN, ShiftChange, shift_changes
from inspections.models import HandoverRow, PersonRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.rounds.names import person_text
from rules.text import Text

HandoverState = Literal["ahead", "running", "missing", "waiting", "taken"]
_DAY = timedelta(days=1)
# The note may be begun at any time of the shift; Today asks for it towards its end, and whoever
# comes for a countersign until half a day after they came, which may be after some closed days.
_ASKED_BEFORE = timedelta(hours=1, minutes=30)
_ASKED_AFTER = timedelta(hours=12)


@dataclass(frozen=True)
class HandoverLine:
    """
    One change of shift.

    Attributes:
        notes: Every version, the newest first.
        names: Of everybody named in it, by key.
    """

    change: ShiftChange
    notes: tuple[HandoverRow, ...]
    names: dict[str, Text]
    state: HandoverState

    @property
    def note(self) -> HandoverRow | None:
        """The version that holds."""
        return self.notes[0] if self.notes else None

    def name(self, key: str) -> Text:
        """Return the name of somebody, also of an account that is nobody's."""
        return person_text(self.names, key)

    def is_rostered(self, key: str, *, coming: bool) -> bool:
        """Tell whether the roster has the person going, or with *coming* the person coming."""
        return key in (self.change.incoming if coming else self.change.outgoing)


def handovers(
    session: Session, site: SiteRow, since: datetime, until: datetime, *, now: datetime
) -> tuple[HandoverLine, ...]:
    """Return the changes of shift between two instants with their notes, the latest first."""
    return lines_of(session, site, shift_changes(session, site, since, until), now=now)


def lines_of(
    session: Session, site: SiteRow, changes: Collection[ShiftChange], *, now: datetime
) -> tuple[HandoverLine, ...]:
    """Return changes of one site with their notes, in the same order."""
    notes = _notes(session, site, {one.day for one in changes})
    keys = {key for one in changes for key in (*one.outgoing, *one.incoming)}
    keys |= {
        key for those in notes.values() for row in those for key in (row.by, row.taken_by or "")
    }
    names = _names(session, site.organisation_id, keys)
    return tuple(
        HandoverLine(one, mine, names, _state(one, mine, now))
        for one in changes
        for mine in [notes.get(one.key, ())]
    )


def my_handovers(
    session: Session, organisation_id: str, person: str, *, now: datetime
) -> tuple[HandoverLine, ...]:
    """
    Return what a person is to hand over or to take over now.

    That is asked for from an hour and a half before the shift ends until twelve hours after it, or
    after the relief came, unless it is done.
    """
    found: list[HandoverLine] = []
    for site in _my_sites(session, organisation_id, person, now):
        span = now - NEXT_WITHIN - _ASKED_AFTER, now + _ASKED_BEFORE
        mine = [
            one
            for one in shift_changes(session, site, *span)
            if person in (*one.outgoing, *one.incoming)
        ]
        lines = lines_of(session, site, mine, now=now)
        found += [line for line in lines if _asks(line, person, now)]
    return tuple(found)


def _asks(line: HandoverLine, person: str, now: datetime) -> bool:
    change = line.change
    if line.note is None:
        return person in change.outgoing and now <= change.at + _ASKED_AFTER
    until = (change.next_at or change.at) + _ASKED_AFTER
    return line.state == "waiting" and person in change.incoming and now <= until


def _my_sites(
    session: Session, organisation_id: str, person: str, now: datetime
) -> Iterable[SiteRow]:
    """Return the sites at which published rosters have the person in these days."""
    query = select(PersonRow.id).filter_by(organisation_id=organisation_id, key=person)
    mine = session.scalars(query.where(PersonRow.ended_on.is_(None))).one_or_none()
    if mine is None:
        return ()
    first, last = now.date() - NEXT_WITHIN - _DAY, now.date() + 2 * _DAY
    sites = (
        select(RosterRunRow.site_id)
        .join(RosterCellRow, RosterCellRow.roster_run_id == RosterRunRow.id)
        .where(RosterCellRow.person_id == mine, RosterRunRow.published_at.is_not(None))
        .where(RosterCellRow.day >= first, RosterCellRow.day <= last)
    )
    return session.scalars(select(SiteRow).where(SiteRow.id.in_(sites)).order_by(SiteRow.id)).all()


def _notes(
    session: Session, site: SiteRow, days: Collection[date]
) -> dict[tuple[str, date, str], tuple[HandoverRow, ...]]:
    query = (
        select(HandoverRow)
        .where(HandoverRow.site_id == site.id, HandoverRow.day.in_(days))
        .order_by(HandoverRow.version.desc())
    )
    found: dict[tuple[str, date, str], tuple[HandoverRow, ...]] = {}
    for row in session.scalars(query):
        key = (row.post, row.day, row.shift)
        found[key] = (*found.get(key, ()), row)
    return found


def _names(session: Session, organisation_id: str, keys: Iterable[str]) -> dict[str, Text]:
    query = select(PersonRow.key, PersonRow.name).filter_by(organisation_id=organisation_id)
    return dict(row for row in session.execute(query.where(PersonRow.key.in_(set(keys)))))


def _state(change: ShiftChange, notes: tuple[HandoverRow, ...], now: datetime) -> HandoverState:
    if notes:
        return "taken" if notes[0].taken_by else "waiting"
    if now >= change.at:
        return "missing"
    return "running" if now >= change.since else "ahead"
