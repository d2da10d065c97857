"""The boxes that show how a deadline was counted."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.text import Text


@dataclass(frozen=True)
class CountedBox:
    """
    One day of the count.

    Attributes:
        kind: `from` the day found, `day` counted, `shut` closed and not counted, `end` the last.
    """

    on: date
    kind: Literal["from", "day", "shut", "end"]
    words: Text
