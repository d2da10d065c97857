"""One thing on a calendar, in plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.text import Text


@dataclass(frozen=True, slots=True)
class FeedItem:
    """
    A task, a finding's deadline or a shift.

    Attributes:
        key: Stable over moves and reassignments; the same in every feed.
        revision: Rises with every change.
        changed_at: When it last changed.
        starts: With `ends` the span of the event; `day` instead for whole days.
        state: Of the task or finding; `published` for shifts.
        rule: The rule behind it, where there is one.
        who: People on it; `reason` says why the link's person.
        ref: Row id that its page is found by.
    """

    kind: Literal["occurrence", "finding", "shift"]
    key: str
    revision: int
    changed_at: datetime
    site: Text
    place: Text
    state: str
    ref: int
    starts: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
    due_at: datetime | None = None
    title: Text | None = None
    rule: str | None = None
    who: tuple[Text, ...] = ()
    reason: Text | None = None
    provisional: bool = False


@dataclass(frozen=True)
class FeedContent:
    """
    What one link shows.

    Attributes:
        items: At most as many as asked for, by time.
        left_out: How many more there were.
    """

    name: Text
    time_zone: str
    items: tuple[FeedItem, ...]
    left_out: int
