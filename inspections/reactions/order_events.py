"""Repair and supply orders past their limits, as events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import FindingRow, PersonRow, TicketEventRow, TicketRow
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Concerned, Targets
from inspections.ticket_clocks import TicketEntry, clock_states
from inspections.tickets import log_from, site_clocks
from rules.event import Event
from rules.facts import FactValue
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.workdays import WorkCalendar

# Everything else that people ask for is a service.
_KINDS = {"supply": "supply"}
_REPAIRS = frozenset({"repair", "network", "office-equipment", "water-power", "building"})
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class _Limit:
    """From when until when something is to be completed."""

    starts_at: datetime
    due_at: datetime


class OrderEvents:
    """
    Turns what others were asked to do into events as of an instant.

    That is every open ticket with a limit for its completion, and every finding that a counter or
    supplier was given notice of with a deadline.
    """

    def __init__(
        self, session: Session, rulebook: RuleBook, targets: Targets, *, now: datetime
    ) -> None:
        self._session, self._rulebook, self._targets = session, rulebook, targets
        self._now = now

    def open_ones(self) -> Iterator[Happening]:
        """Yield each ticket that is in hand and has a limit for its completion."""
        mine = {"organisation_id": self._targets.organisation_id}
        tickets = self._session.scalars(select(TicketRow).filter_by(**mine).order_by(TicketRow.id))
        rows = list(tickets)
        logs = self._logs([row.id for row in rows])
        for row in rows:
            entries = log_from(row, logs.get(row.id, []))
            if not _is_completed(entries):
                yield from self._happening(row, logs.get(row.id, []))
        yield from map(self._notice, self._with_default())

    def _with_default(self) -> Iterator[FindingRow]:
        """Yield open findings whose rule says what happens when a supplier misses the deadline."""
        query = select(FindingRow).where(
            FindingRow.organisation_id == self._targets.organisation_id,
            FindingRow.state.in_(("open", "in_progress")),
            FindingRow.rule.in_(_rules_with_default(self._rulebook)),
        )
        yield from self._session.scalars(query.order_by(FindingRow.id)).all()

    def _logs(self, ids: list[int]) -> dict[int, list[TicketEventRow]]:
        query = select(TicketEventRow).where(TicketEventRow.ticket_id.in_(ids))
        found: dict[int, list[TicketEventRow]] = {}
        for event in self._session.scalars(query.order_by(TicketEventRow.at, TicketEventRow.id)):
            found.setdefault(event.ticket_id, []).append(event)
        return found

    def _happening(self, row: TicketRow, events: list[TicketEventRow]) -> Iterator[Happening]:
        site = self._targets.by_id(row.site_id)
        concerned = self._targets.nearest(site, asset=row.asset, place=row.place)
        log = log_from(row, events)
        limit = self._limit(row, log, events)
        if limit is None:
            return
        category = next((each.category for each in reversed(log) if each.category), "") or ""
        kind = "repair" if category in _REPAIRS else _KINDS.get(category, "service")
        facts = _facts(limit, kind, self._now, supplier=self._is_supplier(concerned))
        about = Text(zh=f"{row.number} {row.title}", en=f"{row.number} {row.title}")
        yield Happening(
            self._event(f"order/{row.id}", concerned, facts),
            doer=row.reported_by,
            about=about,
            finding=row.finding_id,
            ticket=row.id,
            subject=f"ticket/{row.id}",
        )

    def _notice(self, row: FindingRow) -> Happening:
        """Return the notice that a counter or supplier was given with a finding."""
        site = self._targets.by_id(row.site_id)
        concerned = self._targets.nearest(site, asset=row.asset, place=row.place)
        limit = _Limit(row.found_at, row.due_at)
        return Happening(
            self._event(
                f"order/finding-{row.id}",
                concerned,
                _facts(limit, "repair", self._now, supplier=True),
            ),
            doer=row.owner,
            chain=(row.rule,) if row.rule else (),
            about=row.title,
            finding=row.id,
        )

    def _event(self, key: str, concerned: Concerned, facts: Mapping[str, FactValue]) -> Event:
        return Event(
            "order",
            key,
            concerned.site.key,
            concerned.kind,
            concerned.target,
            self._now,
            {**concerned.facts, **facts},
        )

    def _limit(
        self, row: TicketRow, log: tuple[TicketEntry, ...], events: list[TicketEventRow]
    ) -> "_Limit | None":
        """Return the limit for the completion that ends first: by a clock, or the promised day."""
        site = self._targets.by_id(row.site_id)
        calendar = work_calendar(self._session, site)
        on = row.reported_at.astimezone(calendar.zone).date()
        clocks = [
            (rule, clock)
            for rule, clock in site_clocks(self._session, self._rulebook, site, on)
            if clock.stops == "completed"
        ]
        states = clock_states(clocks, log, calendar=calendar, now=self._now)
        limits = [
            _Limit(each.starts_at, each.due_at)
            for each in states
            if each.status in ("running", "breached") and each.starts_at and each.due_at
        ]
        limits += [
            _promised(each, calendar) for each in events if "promised_on" in (each.data or {})
        ]
        return min(limits, key=lambda each: each.due_at, default=None)

    def _is_supplier(self, concerned: Concerned) -> bool:
        """Tell whether it falls to somebody employed elsewhere, or stands at a counter."""
        if concerned.facts.get("place.kind") == "counter":
            return True
        key = concerned.asset.maintainer if concerned.asset else None
        mine = {"organisation_id": self._targets.organisation_id, "key": key}
        query = select(PersonRow.employer).filter_by(**mine)
        return key is not None and self._session.scalars(query).one_or_none() is not None


def _facts(limit: _Limit, kind: str, now: datetime, *, supplier: bool) -> dict[str, FactValue]:
    return {
        "order.kind": kind,
        "order.supplier": supplier,
        # A started minute counts as one: past its limit is past its limit.
        "order.overdue_minutes": -((limit.due_at - now) // _MINUTE),
        "order.counter_limit_minutes": max(0, (limit.due_at - limit.starts_at) // _MINUTE),
    }


def _promised(event: TicketEventRow, calendar: WorkCalendar) -> _Limit:
    """Return the limit that a promised day sets: its end."""
    on = date.fromisoformat((event.data or {})["promised_on"])
    end = datetime.combine(on + timedelta(days=1), time(), calendar.zone)
    return _Limit(event.at, end.astimezone(UTC))


def _rules_with_default(rulebook: RuleBook) -> list[str]:
    return [
        rule.id
        for rule in rulebook.rules.values()
        if any(version.on_fail and version.on_fail.default for version in rule.versions)
    ]


def _is_completed(log: tuple[TicketEntry, ...]) -> bool:
    turns = [entry.kind for entry in log if entry.kind in ("completed", "reopened")]
    return bool(turns) and turns[-1] == "completed"
