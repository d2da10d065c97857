"""An occurrence: one dated instance of a duty, with its window."""

from dataclasses import dataclass
from datetime import datetime

from rules.text import Text


@dataclass(frozen=True, slots=True)
class Moved:
    """
    Why an occurrence does not fall due on its nominal day.

    Attributes:
        code: `moved-before`, `moved-after`, or `no-counting-day` where the whole period has no day
            that counts and the nominal day was kept.
        text: From which day to which, and why.
    """

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Occurrence:
    """
    A window in which a duty is to be done, independent of the horizon it was computed for.

    Attributes:
        period: Key of the occurrence, unique within its duty and kept when its day moves.
        opens_at: First instant of the window, in UTC.
        due_at: Last instant of the window, in UTC; done by then is done.
        closes_at: End of the grace, in UTC; done by then is late, nothing by then is missed.
        provisional: The official holidays of that year are not published and may move it.
        hidden_until: The person checked must not see it before this instant.
    """

    period: str
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    moved: Moved | None = None
    provisional: bool = False
    hidden_until: datetime | None = None
