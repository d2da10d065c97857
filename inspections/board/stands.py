"""How open occurrences stand in the plan: who, when, or why nobody; to compare and to restore."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from inspections.assignment_problem import is_open
from inspections.board.standing import Uncovered
from inspections.lookup import sites_by_keys
from inspections.models import AssignmentRow, OccurrenceRow, PastAssignmentRow, PersonRow, SiteRow
from rules.text import Text

Stands = Mapping[int, "Stand"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has an occurrence, and the plan run that gave it."""

    key: str
    pinned: bool
    reason: Text
    run: int | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Who has an occurrence, on which day it is planned, or why nobody has it."""

    holders: tuple[Holder, ...]
    day: date
    uncovered: Uncovered | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Keys of those who have it."""
        return tuple(one.key for one in self.holders)

    @property
    def pinned(self) -> bool:
        """Whether it was settled by hand."""
        return any(one.pinned for one in self.holders)

    def is_like(self, other: "Stand") -> bool:
        """Tell whether people, pin, day and being uncovered are the same."""
        return _told(self) == _told(other)


@dataclass(frozen=True, slots=True)
class Moved:
    """An occurrence that stands differently."""

    occurrence: int
    before: Stand
    after: Stand


def stands(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    organisation_id: str,
    *,
    now: datetime,
    before: datetime,
    only: Collection[int] | None = None,
    sites: Collection[str] = (),
) -> dict[int, Stand]:
    """
    Return how each open occurrence stands that falls due until *before*.

    With *only*, these alone; with *sites*, keys, those at these.
    """
    which = [OccurrenceRow.site_id.in_(_sites(session, organisation_id, sites))]
    if only is not None:
        which.append(OccurrenceRow.id.in_(only))
    query = (
        select(OccurrenceRow.id, OccurrenceRow.planned_on, OccurrenceRow.uncovered_code)
        .add_columns(OccurrenceRow.uncovered, OccurrenceRow.helps)
        .where(is_open(now), OccurrenceRow.due_at < before, *which)
    )
    held = _holders(session, is_open(now), OccurrenceRow.due_at < before, *which)
    return {
        row.id: Stand(tuple(held.get(row.id, ())), row.planned_on, _uncovered(row))
        for row in session.execute(query)
    }


def moved(before: Stands, after: Stands) -> tuple[Moved, ...]:
    """Return what stands differently, for what is in both."""
    return tuple(
        Moved(id_, was, after[id_])
        for id_, was in before.items()
        if id_ in after and not was.is_like(after[id_])
    )


def put_stand(
    session: Session,
    occurrence_id: int,
    stand: Stand,
    ids: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """Let an occurrence stand like this; who loses it keeps a trace for the calendars."""
    rows = session.scalars(select(AssignmentRow).filter_by(occurrence_id=occurrence_id)).all()
    kept = {ids[one.key] for one in stand.holders if one.key in ids}
    for row in rows:
        if row.person_id not in kept:
            past = {"occurrence_id": occurrence_id, "person_id": row.person_id}
            session.add(PastAssignmentRow(**past, ended_at=now))
    session.execute(delete(AssignmentRow).filter_by(occurrence_id=occurrence_id))
    for one in stand.holders:
        if one.key in ids:
            session.add(
                AssignmentRow(
                    occurrence_id=occurrence_id,
                    person_id=ids[one.key],
                    reason=one.reason,
                    pinned=one.pinned,
                    plan_run_id=one.run,
                )
            )
    occurrence = session.get_one(OccurrenceRow, occurrence_id)
    occurrence.planned_on = stand.day
    gap = stand.uncovered
    occurrence.uncovered_code = gap.code if gap else None
    occurrence.uncovered = gap.reason if gap else None
    occurrence.helps = [one.model_dump() for one in gap.helps] if gap else None
    session.flush()


def as_data(stand: Stand) -> dict[str, Any]:
    """Return *stand* as plain data."""
    gap = stand.uncovered
    return {
        "day": stand.day.isoformat(),
        "holders": [
            {
                "key": one.key,
                "pinned": one.pinned,
                "reason": one.reason.model_dump(),
                "run": one.run,
            }
            for one in stand.holders
        ],
        "uncovered": gap
        and {
            "code": gap.code,
            "reason": gap.reason.model_dump(),
            "helps": [one.model_dump() for one in gap.helps],
        },
    }


def from_data(data: Mapping[str, Any]) -> Stand:
    """Return the stand that `as_data` told of."""
    gap = data["uncovered"]
    return Stand(
        tuple(
            Holder(one["key"], one["pinned"], Text(**one["reason"]), one["run"])
            for one in data["holders"]
        ),
        date.fromisoformat(data["day"]),
        gap
        and Uncovered(
            gap["code"], Text(**gap["reason"]), tuple(Text(**one) for one in gap["helps"])
        ),
    )


def _told(stand: Stand) -> tuple[Any, ...]:
    return stand.people, stand.pinned, stand.day, stand.uncovered is not None


def _sites(session: Session, organisation_id: str, keys: Collection[str]) -> Any:
    """Return the ids of the sites, or the question for all; of few, ids find rows sooner."""
    if keys:
        return sites_by_keys(session, organisation_id, keys)
    return select(SiteRow.id).where(SiteRow.organisation_id == organisation_id)


def _holders(session: Session, *which: ColumnElement[bool]) -> Mapping[int, list[Holder]]:
    query = (
        select(AssignmentRow, PersonRow.key)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .where(*which)
        .order_by(PersonRow.key)
    )
    found: defaultdict[int, list[Holder]] = defaultdict(list)
    for row, key in session.execute(query):
        found[row.occurrence_id].append(Holder(key, row.pinned, row.reason, row.plan_run_id))
    return found


def _uncovered(row: Any) -> Uncovered | None:
    if row.uncovered_code is None:
        return None
    return Uncovered(
        row.uncovered_code, row.uncovered, tuple(Text(**one) for one in row.helps or ())
    )
