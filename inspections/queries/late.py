"""What the overdue wall shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from inspections.reactions.next_rung import NextRung
from rules.text import Text


@dataclass(frozen=True)
class Late:
    """
    Something overdue.

    Attributes:
        about: Title of the finding, or of the check with what it looks at.
        clause: Of an inspection.
        severity: Of a finding, as are `extensions` and `past_law`.
        closes_at: Until when an inspection still counts as done late; passed where it is missed.
        next: The next rung of a finding's ladder.
    """

    kind: Literal["inspection", "finding"]
    id: int
    about: Text
    clause: Text | None
    site_name: Text
    owners: tuple[Text, ...]
    due_at: datetime
    days: int
    state: str
    severity: str | None = None
    extensions: int = 0
    past_law: bool = True
    closes_at: datetime | None = None
    next: NextRung | None = None
    next_name: Text | None = None


@dataclass(frozen=True)
class NextDue:
    """What falls due next where nothing is overdue."""

    about: Text
    site_name: Text
    due_at: datetime


@dataclass(frozen=True)
class Wall:
    """
    The wall as of an instant.

    Attributes:
        today: How many fall due in what is left of today.
        verify: How many rectifications wait for a verification.
        pages: At least 1.
    """

    rows: tuple[Late, ...]
    inspections: int
    findings: int
    today: int
    verify: int
    sites: int
    page: int
    pages: int
    next_due: NextDue | None
