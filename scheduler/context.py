"""What an expansion must know beside the rule version and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """Something that happened or is announced, for example a weather warning; `at` is aware."""

    id: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExpansionContext:
    """
    What is particular to one duty.

    Attributes:
        start: Day from which gaps are counted where nothing was performed yet; the version's
            first day if not given.
        performed: Last day on which the duty was done; used where the anchor is completion.
        events: Recorded events of the site; only the kinds a cadence names are used.
        seed: Seed of random draws, with `rule` and `target`, so that a draw can be repeated.
    """

    start: date | None = None
    performed: date | None = None
    events: tuple[RecordedEvent, ...] = ()
    seed: str = ""
    rule: str = ""
    target: str = ""
