"""Derive the duties of an organisation and bring the stored ones to them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from inspections.models import DutyRow, SiteRow
from inspections.plan_changes import DutyChange, PlanChanges
from rules.derive import Binding
from rules.horizon import Held, held_over
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

Key = tuple[int, str, str, str]
ONE_DAY = timedelta(days=1)
_TABLE: Any = DutyRow.__table__
_UPDATE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values(
        status=bindparam("new_status"),
        because=bindparam("new_because"),
        waits_for=bindparam("new_waits_for"),
        valid_until=bindparam("new_valid_until"),
        days=bindparam("new_days"),
    )
)


@dataclass(frozen=True)
class PlannedDuty:
    """
    A binding with the first day on which it holds inside the horizon.

    Attributes:
        days: First and last days on which it binds, where dated changes cut the horizon.
    """

    site_id: int
    binding: Binding
    valid_from: date
    days: list[list[str]] | None = None

    @property
    def key(self) -> Key:
        """What a stored duty is found by."""
        return (self.site_id, self.binding.rule, self.binding.target_kind, self.target)

    @property
    def target(self) -> str:
        """Key of the target in its site."""
        return self.binding.target.rsplit("/", 1)[-1]


def planned_duties(
    organisation: Organisation,
    rulebook: RuleBook,
    site_ids: Mapping[str, int],
    *,
    since: date,
    until: date,
) -> dict[Key, PlannedDuty]:
    """Return every binding that holds on some day of the horizon, by key."""
    held = held_over(rulebook, organisation, since=since, until=until)
    found = (
        PlannedDuty(
            site_ids[each.binding.site], each.binding, each.since, binding_days(each, until)
        )
        for each in held.values()
    )
    return {duty.key: duty for duty in found}


def binding_days(held: Held, until: date) -> list[list[str]] | None:
    """Return the days on which it binds; nothing where that is from its first day to the end."""
    if held.spans in {(), ((held.since, until),)}:
        return None
    return [[first.isoformat(), last.isoformat()] for first, last in held.spans]


def write_duties(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    organisation_id: str,
    planned: Mapping[Key, PlannedDuty],
    *,
    since: date,
    changes: PlanChanges,
    sites: Collection[int] | None = None,
) -> None:
    """
    Add, change and end stored duties.

    With *sites*, ids of rows, those of other sites are left alone. A duty that ended the day before
    *since*, or later, and holds again is the same duty; one that had ended earlier is a new one.
    """
    stored = _stored(session, organisation_id, sites)
    new, changed = [], []
    for key, duty in planned.items():
        row = stored.get(key)
        if row is None or (row.valid_until is not None and row.valid_until < since - ONE_DAY):
            new.append(_values(organisation_id, duty))
            changes.note("duties_added", _change(key, duty.binding.site, duty.binding.status))
        elif (update_of := _update(row, duty, changes)) is not None:
            changed.append(update_of)
    keys = _site_keys(session, organisation_id)
    for key, row in stored.items():
        if key not in planned and row.valid_until is None:
            changed.append(_row_update(row, until=since - ONE_DAY))
            changes.note("duties_ended", _change(key, keys[row.site_id], row.status))
    for statement, rows in ((insert(_TABLE), new), (_UPDATE, changed)):
        if rows:
            session.connection().execute(statement, rows)


def _change(key: Key, site: str, status: str) -> DutyChange:
    _, rule, kind, target = key
    return DutyChange(site, rule, kind, target, status)


def _update(row: Any, duty: PlannedDuty, changes: PlanChanges) -> dict[str, Any] | None:
    """Return the new values of a stored duty; nothing where it stays as it is."""
    binding = duty.binding
    because, waits_for = _because(binding), [*binding.waits_for]
    wanted = (binding.status, because, waits_for, None, duty.days)
    if wanted == (row.status, row.because, row.waits_for, row.valid_until, row.days):
        return None
    if row.valid_until is not None or row.status != binding.status:
        changes.note("duties_added", _change(duty.key, binding.site, binding.status))
    values = _row_update(row, until=None)
    return values | {
        "new_days": duty.days,
        "new_status": binding.status,
        "new_because": because,
        "new_waits_for": waits_for,
    }


def _row_update(row: Any, *, until: date | None) -> dict[str, Any]:
    return {
        "row_id": row.id,
        "new_status": row.status,
        "new_because": row.because,
        "new_waits_for": row.waits_for,
        "new_valid_until": until,
        "new_days": row.days,
    }


def _values(organisation_id: str, duty: PlannedDuty) -> dict[str, Any]:
    binding = duty.binding
    return {
        "organisation_id": organisation_id,
        "site_id": duty.site_id,
        "rule": binding.rule,
        "target_kind": binding.target_kind,
        "target": duty.target,
        "status": binding.status,
        "waits_for": [*binding.waits_for],
        "because": _because(binding),
        "valid_from": duty.valid_from,
        "valid_until": None,
        "days": duty.days,
        "digest": None,
    }


def _because(binding: Binding) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in binding.because.items()
    }


def _stored(
    session: Session, organisation_id: str, sites: Collection[int] | None
) -> dict[Key, Any]:
    """Return the latest stored duty of each key."""
    columns = _TABLE.c
    mine = (
        columns.organisation_id == organisation_id if sites is None else columns.site_id.in_(sites)
    )
    query = select(_TABLE).where(mine)
    rows = session.execute(query.order_by(_TABLE.c.valid_from, _TABLE.c.id))
    return {(row.site_id, row.rule, row.target_kind, row.target): row for row in rows}


def _site_keys(session: Session, organisation_id: str) -> dict[int, str]:
    query = select(SiteRow.id, SiteRow.key).filter_by(organisation_id=organisation_id)
    return {row.id: row.key for row in session.execute(query)}
