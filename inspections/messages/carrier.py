"""What carries messages out of the house, and how it says that it could not."""

from collections.abc import Callable
from typing import Protocol

from inspections.messages.claims import Claimed, Reason
from rules.text import Text


class Undelivered(Exception):
    """
    Base of what keeps a message from going out.

    Attributes:
        reason: Code and words, without any secret.
    """

    def __init__(self, code: str, *, zh: str, en: str) -> None:
        self.reason = Reason(code, Text(zh=zh, en=en))
        super().__init__(f"{code}: {en}")


class TryLater(Undelivered):
    """The other side surely has nothing; the message may go another time."""


class Unreachable(TryLater):
    """As `TryLater`, for every message of the channel: nobody answers at all."""


class NeverTaken(Undelivered):
    """The other side will never take this message."""


class InDoubt(Undelivered):
    """The other side may have it or not; sending again might tell people twice."""


class LostClaim(Exception):
    """Another sender took the message over meanwhile."""


class Carrier(Protocol):
    """
    Hands messages of one channel over.

    Attributes:
        channel: `mail` or `webhook`.
    """

    channel: str

    def hand_over(self, message: Claimed, *, begin: Callable[[], bool]) -> None:
        """
        Hand one message over.

        *begin* is called once, right before the other side could take the message.

        Raises:
            Undelivered: If it could not, by its subclasses.
            LostClaim: If *begin* says that the message is not this sender's any more.
        """
        ...

    def close(self) -> None:
        """Say good-bye to the other side."""
        ...
