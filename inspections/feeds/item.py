"""One thing on a calendar, in plain values and in both languages."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from rules.text import Text

Kind = Literal[
    "occurrence", "drill", "finding", "shift", "opening", "certificate", "rule", "notice"
]


@dataclass(frozen=True, slots=True)
class Who:
    """A person on it, and why this one."""

    key: str
    name: Text
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """
    A task, a drill, a finding's deadline, a shift, or something on the legal horizon.

    Attributes:
        key: Stable over moves and reassignment; the same in every feed.
        known_at: When the record last tells of a change of it; nothing where it does not say.
        state: Of the task or finding; `published` for shifts, `ahead` on the legal horizon.
        path: Way to its page, from the address of the service.
        starts: With `ends` the span of the event; `day` instead for whole days.
        clause: What demands it.
        facts: Further lines, each with its label.
        audience: Whose view of it this is, where each person's differs (shifts).
        handed_over: Whether the link's person has it no more; shown as cancelled for a while.
        revision: Rises with every change; `changed_at` is when that change was made.
    """

    kind: Kind
    key: str
    known_at: datetime | None
    site: Text
    place: Text
    state: str
    path: str
    title: Text
    starts: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
    due_at: datetime | None = None
    found_at: datetime | None = None
    clause: Text | None = None
    who: tuple[Who, ...] = ()
    severity: str | None = None
    provisional: bool = False
    facts: tuple[tuple[Text, Text], ...] = ()
    audience: str = ""
    handed_over: bool = False
    revision: int = 0
    changed_at: datetime | None = None

    @property
    def stamp_key(self) -> str:
        """Return the name that its revision is kept under."""
        return f"{self.key}/{self.audience}" if self.audience else self.key

    def digest(self) -> str:
        """Return a hash of everything that a calendar may show of it, for whoever looks."""
        told = [_plain(getattr(self, name)) for name in _TOLD]
        return sha256("\x1f".join(told).encode()).hexdigest()


def _plain(value: object) -> str:
    """Return *value* as text, quicker than models say it themselves."""
    if isinstance(value, Text):
        return f"{value.zh}\x1e{value.en}"
    if isinstance(value, Who):
        return f"{value.key}\x1e{_plain(value.name)}\x1e{_plain(value.reason)}"
    if isinstance(value, tuple):
        return "\x1d".join([str(len(value)), *map(_plain, value)])
    return repr(value)


_UNTOLD = {"known_at", "handed_over", "revision", "changed_at", "audience"}
_TOLD = tuple(one.name for one in fields(FeedItem) if one.name not in _UNTOLD)
