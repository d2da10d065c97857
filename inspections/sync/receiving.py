"""Take items in: each is stored as it came, applied where it can be, and acknowledged by hash."""

import logging
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspections.errors import Refused
from inspections.models import SyncItemRow
from inspections.sync.applying import Outcome, apply_item
from inspections.sync.outcomes import (
    Damaged,
    Differs,
    OtherAccount,
    StartOver,
    Unexpected,
    Waits,
)
from inspections.sync.sender import Sender
from inspections.sync.stored import (
    held_for,
    is_settled,
    item_as_it_came,
    keys_waited_for,
    versions_of,
)
from inspections.sync.wire import SentItem
from inspections.sync.work import Work, holding
from rules.faults import InputInvalid
from rules.rulebook import RuleBook
from rules.text import Text

Status = Literal["stored", "replayed", "conflict", "refused", "waiting"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """Why an item is not in the record."""

    code: str
    text: Text


@dataclass(frozen=True)
class Ack:
    """
    What the device is told of one item.

    Attributes:
        sha256: Hash of what the server keeps; empty where it keeps nothing, so that the device
            does not let go.
        received_at: When it first arrived.
    """

    id: str
    sha256: str
    status: Status
    received_at: datetime
    problem: Problem | None = None


def receive(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    items: Iterable[SentItem],
    *,
    sender: Sender,
    offset_seconds: float,
    now: datetime,
    hopeful: bool = False,
) -> tuple[Ack, ...]:
    """
    Take items in, in the order of the device, and acknowledge each.

    One that was taken before is only acknowledged again; another version of one is kept beside
    it for a person to choose. What waited for an item is applied with it.

    *hopeful* does without a savepoint for each item, which nearly always none of them needs.

    Raises:
        StartOver: If a hopeful one was mistaken; the transaction must be undone.
    """
    in_order = sorted(items, key=_by_seq)
    with holding(session):
        inbox = Inbox(session, rulebook, sender, now, hopeful=hopeful)
        inbox.read({each.id for each in in_order} | {each.after for each in in_order if each.after})
        return tuple(inbox.take(item, offset_seconds) for item in in_order)


class Inbox:
    """Items of one account on their way into the record, in one transaction."""

    def __init__(
        self,
        session: Session,
        rulebook: RuleBook,
        sender: Sender,
        now: datetime,
        *,
        hopeful: bool = False,
    ) -> None:
        self.session, self.sender, self.now = session, sender, now
        self._hopeful = hopeful
        self._work = Work(session, rulebook, sender.account)
        self._versions: dict[str, list[SyncItemRow]] = {}
        self._waited_for = keys_waited_for(session, sender.account.id)

    def read(self, items: Collection[str]) -> None:
        """Read every version of some items at once."""
        found = versions_of(self.session, self.sender.account.id, items)
        self._versions |= {item: found.get(item, []) for item in items}

    def take(self, sent: SentItem, offset_seconds: float) -> Ack:
        """Take one item in."""
        if sent.actual_sha256 != sent.sha256:
            return self._kept_nothing(sent.id, sent.actual_sha256, Damaged())
        if not self.sender.is_called(sent.account):
            return self._kept_nothing(sent.id, "", OtherAccount())
        versions = self._known(sent.id)
        same = next((row for row in versions if row.sha256 == sent.sha256), None)
        if same is not None:
            return self._again(same)
        row = item_as_it_came(self.sender, sent, offset_seconds=offset_seconds, now=self.now)
        first = versions[0] if versions else None
        versions.append(row)
        if first is not None:
            self._differs(row, first.number)
        else:
            self.apply(row)
        return acknowledged(row)

    def apply(self, row: SyncItemRow, *, force: bool = False) -> None:
        """Apply an item that is stored, and then what waited for it."""
        self._try(row, force=force)
        if row.state != "held":
            self.provide([f"item/{row.item}", str(row.subject), f"answers/{row.subject}"])

    def provide(self, keys: Iterable[str]) -> None:
        """Apply what waited for any of *keys*, and what waited for that in turn."""
        wanted = self._waited_for.intersection(keys)
        if not wanted:
            return
        for row in held_for(self.session, self.sender.account.id, wanted):
            if row.state == "held":
                self.apply(row)

    def _known(self, item: str) -> list[SyncItemRow]:
        if item not in self._versions:
            self.read([item])
        return self._versions[item]

    def _again(self, row: SyncItemRow) -> Ack:
        if row.state == "held":
            self.apply(row)
            return acknowledged(row)
        return acknowledged(row, again=True)

    def _try(self, row: SyncItemRow, *, force: bool) -> None:
        try:
            if not force:
                self._wait_for_earlier(row)
            outcome = self._applied(row, force=force)
        except StartOver:
            raise
        except Waits as waits:
            row.state, row.waits_for = "held", waits.key
            self._waited_for.add(waits.key)
        except Differs as differs:
            self._differs(row, differs.against)
        except (Refused, InputInvalid) as refusal:
            refuse(row, problem_of(refusal))
        except DBAPIError:
            # Others may have been in the way: the whole part is tried again.
            raise
        except Exception:  # noqa: BLE001 (one item that breaks must not hold up the others)
            _log.exception("Item %s of %s could not be applied.", row.item, row.by)
            refuse(row, problem_of(Unexpected()))
        else:
            row.state, row.waits_for, row.outcome = "applied", None, dict(outcome)
            row.problem_code = row.problem = None
        self.session.add(row)

    def _applied(self, row: SyncItemRow, *, force: bool) -> Outcome:
        try:
            with nullcontext() if self._hopeful else self._work.step():
                return apply_item(self._work, row, force=force)
        except DBAPIError:
            raise
        except Exception as error:
            if self._hopeful:
                raise StartOver from error
            raise

    def _wait_for_earlier(self, row: SyncItemRow) -> None:
        if row.after is not None and not is_settled(self._known(row.after)):
            raise Waits(f"item/{row.after}")

    def _differs(self, row: SyncItemRow, against: int | None) -> None:
        row.state, row.waits_for, row.against = "conflict", None, against
        self.session.add(row)

    def _kept_nothing(self, id_: str, sha256: str, refusal: Refused) -> Ack:
        return Ack(id_, sha256, "refused", self.now, problem_of(refusal))


def acknowledged(row: SyncItemRow, *, again: bool = False) -> Ack:
    """Return what the device is told of a stored item."""
    problem = Problem(row.problem_code or "", row.problem) if row.problem else None
    match row.state:
        case "held":
            return Ack(row.item, row.sha256, "waiting", row.received_at)
        case "refused":
            return Ack(row.item, row.sha256, "refused", row.received_at, problem)
        case "conflict":
            return Ack(row.item, row.sha256, "conflict", row.received_at)
        case _:
            status: Status = "replayed" if again else "stored"
            return Ack(row.item, row.sha256, status, row.received_at)


def refuse(row: SyncItemRow, problem: Problem) -> None:
    """Keep an item out of the record, with the reason."""
    row.state, row.waits_for = "refused", None
    row.problem_code, row.problem = problem.code, problem.text


def problem_of(refusal: Refused | InputInvalid) -> Problem:
    """Return a refusal, or the first fault of an input, as what a device and an officer read."""
    if isinstance(refusal, Refused):
        return Problem(refusal.code, refusal.text)
    fault = refusal.faults[0]
    text = Text(
        zh=f"{fault.field}：{fault.message.zh}{fault.remedy.zh}",
        en=f"{fault.field}: {fault.message.en} {fault.remedy.en}",
    )
    return Problem("input-invalid", text)


def _by_seq(item: SentItem) -> int:
    return item.seq
