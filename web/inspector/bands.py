"""The three bands of Today: overdue, due today, may be done early."""

from dataclasses import dataclass
from datetime import datetime

from rules.text import Text


@dataclass(frozen=True)
class Job:
    """
    One row of Today.

    Attributes:
        place: Where: the target's name, with its site where the person has several.
        why: The reason in one phrase: rhythm and short clause.
        minutes: Usual effort of one person.
        answered: Items answered so far; 0 before the start.
        items: Items of the checklist.
    """

    id: int
    place: Text
    what: Text
    why: Text | None
    state: str
    opens_at: datetime
    due_at: datetime
    minutes: int
    overdue: bool = False
    answered: int = 0
    items: int = 0
