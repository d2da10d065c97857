"""Everything that a link shows: first the rows, which tell whether anything changed, then items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from inspections.feeds.findings import finding_items, finding_rows
from inspections.feeds.horizon import HorizonRows, horizon_items, horizon_rows
from inspections.feeds.item import FeedItem
from inspections.feeds.occurrence_rows import OccurrenceRows, occurrence_rows
from inspections.feeds.occurrences import occurrence_items
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import Scope
from inspections.feeds.shifts import ShiftRows, shift_items, shift_rows

# Google takes a megabyte or so and phones get slow; with the note of a cut these make a thousand.
MOST = 999
_NO_TASKS = OccurrenceRows([], [], [], [], 0, None)


@dataclass(frozen=True)
class Gathered:
    """
    The rows behind a feed at one instant.

    Attributes:
        state: Hash of them and of the rules; while it holds, the feed is the same.
        holds_until: From then on the passing of time alone may change it.
    """

    scope: Scope
    kinds: RuleKinds
    tasks: OccurrenceRows
    findings: tuple[Sequence[Any], Sequence[Any]]
    shifts: ShiftRows
    horizon: HorizonRows
    most: int

    @property
    def state(self) -> str:
        """Return the hash of the rows, the rules and what else the items depend on."""
        tables = (
            self.tasks.tasks,
            self.tasks.people,
            self.tasks.past,
            self.tasks.published,
            *self.findings,
            self.shifts.runs,
            self.shifts.cells,
            self.shifts.posts,
            self.horizon.windows,
            self.horizon.certificates,
        )
        # As tuples: the rows' own repr is slow, and cuts long values short.
        rows = [[tuple(row) for row in table] for table in tables]
        told = (self.scope.state(), self.kinds.rulebook.digest, self.tasks.left_out, self.most)
        return sha256(repr((told, rows)).encode()).hexdigest()

    @property
    def holds_until(self) -> datetime:
        """Return the next midnight, opening of a hidden task, or end of something cancelled."""
        scope, kept = self.scope, timedelta(days=self.scope.choices.cancelled_days)
        ends = [
            *(row.logged_at for row in self.tasks.tasks if row.state == "cancelled"),
            *(row.ended_at for row in self.tasks.past),
            *(run.published_at for run in self.shifts.runs),
            *(row.logged_at for row in self.findings[1]),
        ]
        ahead = [end + kept for end in ends if end and end + kept > scope.now]
        first: datetime = min([scope.midnight, self.tasks.next_seen_at or scope.midnight, *ahead])
        return first


def gather(session: Session, scope: Scope, kinds: RuleKinds, *, most: int = MOST) -> Gathered:
    """Return the rows of what a link shows."""
    with_tasks = scope.choices.shows != "horizon"
    tasks = occurrence_rows(session, scope, kinds, most=most) if with_tasks else _NO_TASKS
    return Gathered(
        scope,
        kinds,
        tasks,
        finding_rows(session, scope),
        shift_rows(session, scope),
        horizon_rows(session, scope, kinds),
        most,
    )


def items_of(session: Session, found: Gathered) -> tuple[list[FeedItem], int]:
    """
    Return what the rows tell, by time, and how much more there was than fits.

    What lies ahead comes first, nearest first, then the newest of what lies behind.
    """
    scope = found.scope
    items = [
        *occurrence_items(session, scope, found.kinds, found.tasks),
        *finding_items(session, scope, found.kinds, found.findings),
        *shift_items(session, scope, found.shifts),
        *horizon_items(session, scope, found.kinds, found.horizon),
    ]
    items.sort(key=lambda item: _nearness(item, scope))
    left_out = found.tasks.left_out + max(0, len(items) - found.most)
    return items[: found.most], left_out


def instant_of(item: FeedItem, scope: Scope) -> datetime:
    """Return when it starts; whole days start at local midnight."""
    if item.starts is not None:
        return item.starts
    if item.day is None:
        raise ValueError(f"{item.key} has neither a start nor a day.")
    return datetime(item.day.year, item.day.month, item.day.day, tzinfo=scope.zone)


def _nearness(item: FeedItem, scope: Scope) -> tuple[bool, timedelta, str]:
    starts = instant_of(item, scope)
    over = (item.ends or starts) < scope.today
    return (over, abs(starts - scope.today), item.key)
