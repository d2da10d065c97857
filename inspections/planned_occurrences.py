"""Bring the stored occurrences of a duty to those of its expansion; the past never changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from inspections.models import DutyRow, OccurrenceEventRow, OccurrenceRow
from inspections.plan_changes import DutyChange, OccurrenceChange, PlanChanges
from inspections.stored_duty import StoredDuty
from scheduler.occurrence import Occurrence

ROWS_AT_ONCE = 20_000
# Periods of occurrences that a reaction opened: no plan made them, so no plan cancels them.
BY_REACTION = "reaction-"
# A day may move an occurrence into the horizon whose period was already recorded before it.
LOOK_BACK = timedelta(days=370)
_TABLE: Any = OccurrenceRow.__table__
_DUTIES: Any = DutyRow.__table__
_EVENTS: Any = OccurrenceEventRow.__table__
_UPDATE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "opens_at",
                "due_at",
                "closes_at",
                "planned_on",
                "state",
                "moved_code",
                "moved",
                "hidden_until",
                "provisional",
                "revision",
            )
        }
    )
)
_CANCEL = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values(state="cancelled", revision=_TABLE.c.revision + 1)
)

_DIGEST = (
    update(_DUTIES)
    .where(_DUTIES.c.id == bindparam("row_id"))
    .values(digest=bindparam("new_digest"))
)


@dataclass(frozen=True)
class Wanted:
    """
    A stored duty, the occurrences it should have, and their priority.

    Attributes:
        digest: Hash of what these occurrences were computed from.
    """

    duty: StoredDuty
    change: DutyChange
    digest: str | None
    priority: int
    zone: ZoneInfo
    occurrences: Iterable[Occurrence]


@dataclass
class OccurrenceWriter:
    """
    Collects rows and writes them in large batches.

    Attributes:
        start: First instant of the horizon.
        end: First instant after it.
    """

    session: Session
    now: datetime
    start: datetime
    end: datetime
    changes: PlanChanges
    _new: list[dict[str, Any]] = field(default_factory=list)
    _changed: list[dict[str, Any]] = field(default_factory=list)
    _cancelled: list[dict[str, Any]] = field(default_factory=list)
    _events: list[dict[str, Any]] = field(default_factory=list)

    def write(self, wanted: Iterable[Wanted]) -> None:
        """Bring the occurrences of some duties, each with its stored rows, to what is wanted."""
        batch = list(wanted)
        known = self._known([each.duty.id for each in batch if each.duty.digest is not None])
        for each in batch:
            self._write_duty(each, known.get(each.duty.id, {}))
            if len(self._new) >= ROWS_AT_ONCE:
                self._flush_new()
        digests = [{"row_id": each.duty.id, "new_digest": each.digest} for each in batch]
        if digests:
            self.session.connection().execute(_DIGEST, digests)

    def flush(self) -> None:
        """Write what is still held back."""
        self._flush_new()
        connection = self.session.connection()
        for statement, rows in (
            (_UPDATE, self._changed),
            (_CANCEL, self._cancelled),
            (insert(_EVENTS), self._events),
        ):
            if rows:
                connection.execute(statement, rows)
                rows.clear()

    def _flush_new(self) -> None:
        if self._new:
            self.session.connection().execute(insert(_TABLE), self._new)
            self._new.clear()

    def _known(self, duty_ids: list[int]) -> Mapping[int, dict[str, Any]]:
        known: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        if duty_ids:
            query = select(_TABLE).where(_TABLE.c.duty_id.in_(duty_ids))
            for row in self.session.execute(query.where(_TABLE.c.due_at >= self.start - LOOK_BACK)):
                known[row.duty_id][row.period] = row
        return known

    def _write_duty(self, wanted: Wanted, known: dict[str, Any]) -> None:
        for occurrence in wanted.occurrences:
            row = known.pop(occurrence.period, None)
            if row is None:
                self._add(wanted, occurrence)
            elif row.closes_at >= self.now and row.state in {"scheduled", "cancelled"}:
                self._change(wanted, row, occurrence)
        for row in known.values():
            if row.state == "scheduled" and row.closes_at >= self.now and row.due_at >= self.start:
                self._cancel(wanted, row)

    def _add(self, wanted: Wanted, occurrence: Occurrence) -> None:
        if occurrence.due_at < self.now:
            return  # It was over before anybody could know of it.
        self._new.append(
            {
                "duty_id": wanted.duty.id,
                "site_id": wanted.duty.site_id,
                "period": occurrence.period,
                "state": "scheduled",
                "revision": 0,
                "priority": wanted.priority,
                **_dates(wanted, occurrence),
            }
        )
        self._note("added", wanted, occurrence.period, after=self._told(occurrence))

    def _change(self, wanted: Wanted, row: Any, occurrence: Occurrence) -> None:
        dates = _dates(wanted, occurrence)
        same = all(
            getattr(row, name) == dates[name]
            for name in ("opens_at", "due_at", "closes_at", "moved_code", "provisional")
        )
        if same and row.state == "scheduled":
            return
        self._changed.append(
            {
                "row_id": row.id,
                "new_state": "scheduled",
                "new_revision": row.revision + 1,
                **{f"new_{name}": value for name, value in dates.items()},
            }
        )
        if row.state == "cancelled":
            self._log(row, "rescheduled", {})
            self._note("added", wanted, row.period, after=self._told(occurrence))
            return
        before = {"from": row.due_at.isoformat(), "to": occurrence.due_at.isoformat()}
        self._log(row, "moved", before)
        told = self._told(row), self._told(occurrence)
        self._note("moved", wanted, row.period, before=told[0], after=told[1])

    def _cancel(self, wanted: Wanted, row: Any) -> None:
        if wanted.duty.binds and row.period.startswith(BY_REACTION):
            return
        if wanted.duty.binds and row.due_at >= self.end:
            return  # Beyond this horizon nothing is known.
        self._cancelled.append({"row_id": row.id})
        self._log(row, "cancelled", {})
        self._note("removed", wanted, row.period, before=self._told(row))

    def _told(self, one: Any) -> datetime | None:
        """Return when it falls due, as far as anybody may know: outputs list what changes."""
        hidden: datetime | None = one.hidden_until
        due_at: datetime = one.due_at
        return due_at if hidden is None or hidden <= self.now else None

    def _log(self, row: Any, kind: str, data: dict[str, Any]) -> None:
        self._events.append(
            {
                "occurrence_id": row.id,
                "kind": kind,
                "at": self.now,
                "recorded_at": self.now,
                "by": "plan",
                "note": None,
                "data": data,
            }
        )

    def _note(
        self,
        kind: str,
        wanted: Wanted,
        period: str,
        *,
        before: datetime | None = None,
        after: datetime | None = None,
    ) -> None:
        self.changes.note(kind, OccurrenceChange(wanted.change, period, before, after))


def _dates(wanted: Wanted, occurrence: Occurrence) -> dict[str, Any]:
    moved = occurrence.moved
    return {
        "opens_at": occurrence.opens_at,
        "due_at": occurrence.due_at,
        "closes_at": occurrence.closes_at,
        "planned_on": occurrence.due_at.astimezone(wanted.zone).date(),
        "moved_code": moved.code if moved else None,
        "moved": moved.text if moved else None,
        "hidden_until": occurrence.hidden_until,
        "provisional": occurrence.provisional,
    }
