"""What kind of days an entry is, by its category or the words of its name."""

import re
from collections.abc import Iterable
from datetime import timedelta

from inspections.calendars.entries import KIND_NAMES, EntryKind

# A term lasts; a day with "term" in its name is a meeting about it.
SHORTEST_TERM = timedelta(days=14)
_NAMED: dict[str, EntryKind] = {
    **{name: kind for kind, text in KIND_NAMES.items() for name in (kind, text.zh, text.en)},
    **dict.fromkeys(("terms", "semester", "学段"), "term"),
    **dict.fromkeys(("holiday", "holidays", "closed", "假期", "闭馆", "停课", "休息"), "closed"),
    **dict.fromkeys(("make-up", "make-up day", "workday", "补班", "补课", "加开"), "extra"),
    **dict.fromkeys(("exams", "examination", "test", "测验"), "exam"),
}
_WORDS: tuple[tuple[EntryKind, str], ...] = (
    ("exam", r"考试|统考|联考|会考|中考|高考|模考|\bexams?\b|\bexaminations?\b"),
    ("extra", r"补班|补课|补上|上班|上课|加开|\bmake-?up\b|\bworking (sat|sun)"),
    (
        "closed",
        (
            r"放假|寒假|暑假|假期|停课|闭园|闭馆|闭店|停业|休业|春节|国庆|元旦|清明|端午|中秋|劳动节"
            r"|\bholidays?\b|\bbreak\b|\bvacation\b|\bclosed\b|\bhalf[- ]term\b|\brecess\b"
        ),
    ),
)
_TERM = r"学期|\bterm\b|\bsemester\b|\btrimester\b"


def kind_named(name: str) -> EntryKind | None:
    """Return the kind that is called *name* in either language; nothing where none is."""
    return _NAMED.get(name.strip().lower())


def kind_by_words(categories: Iterable[str], summary: str, lasting: timedelta) -> EntryKind | None:
    """
    Return the kind that the categories name or the summary speaks of; nothing where unclear.

    *lasting* is from the first day to the end of the last.
    """
    for category in categories:
        named = kind_named(category)
        if named:
            return named
    for kind, pattern in _WORDS:
        if re.search(pattern, summary, re.IGNORECASE):
            return kind
    is_term = re.search(_TERM, summary, re.IGNORECASE)
    return "term" if is_term and lasting >= SHORTEST_TERM else None
