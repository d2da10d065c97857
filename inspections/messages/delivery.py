"""Deliver what waits in the outbox; several senders may do so at once."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from inspections.database import Session, Sessions
from inspections.messages.carrier import (
    Carrier,
    InDoubt,
    LostClaim,
    NeverTaken,
    TryLater,
    Unreachable,
)
from inspections.messages.claims import (
    Claimed,
    Reason,
    begin_hand_over,
    claim,
    forget_old,
    park_unsure,
    put_back,
    settle,
    settle_later,
    settle_sent,
)
from inspections.messages.robot_limits import free_at
from inspections.messages.standing import withdrawn_because
from rules.text import Text

_BROKE = Reason(
    "fault",
    Text(
        zh="程序出错，详见日志。可能已送出。",
        en="The program failed, see its log. It may have gone.",
    ),
)


@dataclass
class Delivery:
    """
    How many messages went which way in one run.

    Attributes:
        later: Could not be sent now and will be tried again.
        dead: Will not be tried again by themselves.
        unsure: May or may not have arrived; also those of senders that crashed.
        withdrawn: Not true any more when their turn came.
    """

    sent: int = 0
    later: int = 0
    dead: int = 0
    unsure: int = 0
    withdrawn: int = 0
    reasons: list[Reason] = field(default_factory=list)


def deliver(
    sessions: Sessions,
    carriers: Mapping[str, Carrier],
    *,
    clock: Callable[[], datetime],
    most: int = 10_000,
) -> Delivery:
    """
    Send everything whose time has come, at most *most* messages.

    *clock* returns the present instant, aware UTC. The carriers are closed at the end.
    """
    run = _Run(sessions, dict(carriers), clock, secrets.token_hex(8))
    with sessions.begin() as session:
        run.told.unsure += park_unsure(session, now=clock())
        forget_old(session, now=clock())
    try:
        left = most
        while left > 0 and run.carriers and (batch := run.next_batch(min(left, 20))):
            left -= len(batch)
            for message in batch:
                run.send(message)
    finally:
        for carrier in carriers.values():
            carrier.close()
    return run.told


@dataclass
class _Run:
    """One sender at work."""

    sessions: Sessions
    carriers: dict[str, Carrier]
    clock: Callable[[], datetime]
    sender: str
    told: Delivery = field(default_factory=Delivery)
    unreachable: dict[str, Reason] = field(default_factory=dict)

    def next_batch(self, most: int) -> tuple[Claimed, ...]:
        channels = [name for name in self.carriers if name not in self.unreachable]
        if not channels:
            return ()
        with self.sessions.begin() as session:
            return claim(
                session, sender=self.sender, channels=channels, now=self.clock(), most=most
            )

    def send(self, message: Claimed) -> None:
        if message.channel in self.unreachable:
            self._later(message, self.unreachable[message.channel])
        elif self._may_go(message):
            self._hand_over(message)

    def _may_go(self, message: Claimed) -> bool:
        with self.sessions() as session:
            now = self.clock()
            reason = withdrawn_because(session, message, now=now)
            until = free_at(session, message, now=now)
        if reason is None and until is None:
            return True
        with self.sessions.begin() as session:
            if reason is not None:
                self._settle(session, message, "withdrawn", reason)
                self.told.withdrawn += 1
            elif until is not None:
                put_back(session, message.id, sender=self.sender, until=until)
        return False

    def _hand_over(self, message: Claimed) -> None:
        try:
            self.carriers[message.channel].hand_over(message, begin=lambda: self._begin(message))
        except LostClaim:
            return
        except Unreachable as error:
            self.unreachable[message.channel] = error.reason
            self._later(message, error.reason)
        except TryLater as error:
            self._later(message, error.reason)
        except (NeverTaken, InDoubt) as error:
            state = "dead" if isinstance(error, NeverTaken) else "unsure"
            with self.sessions.begin() as session:
                self._settle(session, message, state, error.reason)
            self.told.dead += state == "dead"
            self.told.unsure += state == "unsure"
            self.told.reasons.append(error.reason)
        except Exception:
            # One message that breaks the program must not keep the others from going.
            logging.getLogger("xunjian.messages").exception("Message %s broke.", message.id)
            self.carriers[message.channel].close()
            with self.sessions.begin() as session:
                self._settle(session, message, "unsure", _BROKE)
            self.told.unsure += 1
            self.told.reasons.append(_BROKE)
        else:
            with self.sessions.begin() as session:
                settle_sent(session, message.id, sender=self.sender, now=self.clock())
            self.told.sent += 1

    def _begin(self, message: Claimed) -> bool:
        with self.sessions.begin() as session:
            return begin_hand_over(session, message.id, sender=self.sender, now=self.clock())

    def _later(self, message: Claimed, reason: Reason) -> None:
        with self.sessions.begin() as session:
            dead = settle_later(
                session, message, sender=self.sender, now=self.clock(), reason=reason
            )
        self.told.dead += dead
        self.told.later += not dead
        self.told.reasons.append(reason)

    def _settle(self, session: Session, message: Claimed, state: str, reason: Reason) -> None:
        settle(session, message.id, sender=self.sender, state=state, reason=reason)
