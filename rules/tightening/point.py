"""One point in which a demand is stricter or looser than another."""

from dataclasses import dataclass

from rules.durations import Duration
from rules.text import Text
from rules.yaml_document import Location

# About how much calendar time a unit of working time takes, only to tell which of two is longer.
_WORKING = {"working-day": 7 / 5, "working-hour": 24 / 8 * 7 / 5}


@dataclass(frozen=True)
class Point:
    """
    A point that two demands have in common.

    Attributes:
        at: Where it stands in the version of the upper rule.
        what: Half a sentence, for example "it needs 1 person, not 2".
        looser: Whether the upper one asks for less; else it asks for more.
    """

    at: Location
    what: Text
    looser: bool = True


def about(duration: Duration | None) -> float:
    """Return about how many minutes of the calendar it takes; none is 0."""
    if duration is None:
        return 0
    return duration.about_minutes * _WORKING.get(duration.unit, 1)


def worded(duration: Duration | None) -> Text:
    """Return the length of time in words."""
    return Text(zh="无", en="none") if duration is None else duration.text


def named(texts: tuple[Text, ...]) -> Text:
    """Return several texts in one row."""
    return Text(zh="、".join(text.zh for text in texts), en=", ".join(text.en for text in texts))


def codes(values: tuple[str, ...]) -> Text:
    """Return several codes in one row, the same in both languages."""
    return Text(zh="、".join(values), en=", ".join(values))
