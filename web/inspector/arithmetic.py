"""The boxes that show how a deadline was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from rules.text import Text
from web.formatting import clock, local


@dataclass(frozen=True)
class CountedBox:
    """
    One day of the count.

    Attributes:
        kind: `from` the day found, `day` counted, `shut` closed and not counted, `end` the last.
        at: The hour it ends, on the last one.
    """

    on: date
    kind: Literal["from", "day", "shut", "end"]
    words: Text
    at: str = ""


def boxes(
    found_at: datetime, due_at: datetime, days: Sequence[Mapping[str, Any]]
) -> list[CountedBox]:
    """Return the stored *days* of a deadline as boxes, from the day it was found to the last."""
    shown = [CountedBox(local(found_at).date(), "from", Text(zh="发现", en="found"))]
    count = 0
    for index, one in enumerate(days):
        on = date.fromisoformat(one["day"])
        count += bool(one["counted"])
        if not one["counted"]:
            why = one["why"] or {"zh": "休", "en": "closed"}
            shown.append(CountedBox(on, "shut", Text(**why)))
        elif index == len(days) - 1:
            shown.append(CountedBox(on, "end", _nth(count), clock(due_at)))
        else:
            shown.append(CountedBox(on, "day", _nth(count)))
    if not days:
        end = Text(zh="期限", en="due")
        shown.append(CountedBox(local(due_at).date(), "end", end, clock(due_at)))
    return shown


def _nth(count: int) -> Text:
    return Text(zh=f"第 {count} 天", en=f"day {count}")
