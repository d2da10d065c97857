"""The tablets that an organisation uses: when each was last here, and what it still holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from inspections.models import AccountRow, SyncItemRow, TabletRow
from inspections.rounds.names import people_names, person_text
from inspections.sync.sender import Sender
from rules.text import Text

# A tablet that only says that it is there is written down this often.
_NOTED_EVERY = timedelta(minutes=1)
LONGEST_AGENT = 200


@dataclass(frozen=True)
class Seen:
    """
    What a tablet says of itself.

    Attributes:
        waiting: How many items it still holds; nothing where it does not say.
        oldest_at: When the oldest of them was recorded.
        offset_seconds: Server time minus device time.
    """

    at: datetime
    agent: str
    waiting: int | None = None
    oldest_at: datetime | None = None
    offset_seconds: float | None = None


@dataclass(frozen=True)
class TabletUser:
    """
    One account on one tablet.

    Attributes:
        not_in_record: How many of its items are held, refused or in conflict.
    """

    account: str
    person: Text
    last_seen_at: datetime
    waiting: int | None
    oldest_at: datetime | None
    offset_seconds: float | None
    not_in_record: int


@dataclass(frozen=True)
class Tablet:
    """A browser on a device, with everybody who uses it, the last one first."""

    device: str
    agent: str
    first_seen_at: datetime
    last_seen_at: datetime
    users: tuple[TabletUser, ...]

    @property
    def waiting(self) -> int:
        """How many items it said it still holds, of all its users."""
        return sum(user.waiting or 0 for user in self.users)

    @property
    def oldest_at(self) -> datetime | None:
        """When the oldest of them was recorded."""
        return min((user.oldest_at for user in self.users if user.oldest_at), default=None)


def note_tablet(session: Session, sender: Sender, seen: Seen) -> None:
    """Write down that a tablet was here; a file that somebody imports is no visit of its tablet."""
    if sender.imported_by is not None or not sender.device:
        return
    mine = {"account_id": sender.account.id, "device": sender.device}
    row = session.scalars(select(TabletRow).filter_by(**mine)).one_or_none()
    if row is None:
        row = TabletRow(organisation_id=sender.account.organisation, first_seen_at=seen.at, **mine)
        session.add(row)
    row.agent, row.last_seen_at = seen.agent[:LONGEST_AGENT], seen.at
    if seen.waiting is not None:
        row.waiting, row.oldest_at = seen.waiting, seen.oldest_at if seen.waiting else None
    if seen.offset_seconds is not None:
        row.offset_seconds = seen.offset_seconds
    session.flush()


def is_news(session: Session, sender: Sender, seen: Seen) -> bool:
    """Tell whether what a tablet says is worth writing down again."""
    mine = {"account_id": sender.account.id, "device": sender.device}
    row = session.scalars(select(TabletRow).filter_by(**mine)).one_or_none()
    if row is None or seen.at - row.last_seen_at >= _NOTED_EVERY:
        return True
    return seen.waiting is not None and seen.waiting != row.waiting


def tablets(session: Session, organisation: str) -> tuple[Tablet, ...]:
    """Return the tablets of an organisation: those that hold something first, then by last seen."""
    query = (
        select(TabletRow, AccountRow)
        .join(AccountRow, AccountRow.id == TabletRow.account_id)
        .where(TabletRow.organisation_id == organisation)
        .order_by(TabletRow.device, TabletRow.last_seen_at.desc(), TabletRow.id)
    )
    names = people_names(session, organisation)
    left = _not_in_record(session, organisation)
    found = list(_grouped(session.execute(query).all(), names, left))
    return tuple(sorted(found, key=lambda one: (not one.waiting, -one.last_seen_at.timestamp())))


def _grouped(
    rows: Iterable[Row[TabletRow, AccountRow]],
    names: dict[str, Text],
    left: dict[tuple[str, int], int],
) -> Iterator[Tablet]:
    for device, group in groupby(rows, key=lambda pair: pair[0].device):
        pairs = list(group)
        users = tuple(
            TabletUser(
                account=account.name,
                person=person_text(names, account.person or account.name),
                last_seen_at=row.last_seen_at,
                waiting=row.waiting,
                oldest_at=row.oldest_at,
                offset_seconds=row.offset_seconds,
                not_in_record=left.get((device, account.id), 0),
            )
            for row, account in pairs
        )
        newest = pairs[0][0]
        first = min(row.first_seen_at for row, _ in pairs)
        yield Tablet(device, newest.agent, first, newest.last_seen_at, users)


def _not_in_record(session: Session, organisation: str) -> dict[tuple[str, int], int]:
    query = (
        select(SyncItemRow.device, SyncItemRow.account_id, func.count())
        .where(SyncItemRow.organisation_id == organisation)
        .where(SyncItemRow.state.in_(("held", "refused", "conflict")))
        .group_by(SyncItemRow.device, SyncItemRow.account_id)
    )
    return {(device, account): count for device, account, count in session.execute(query)}
