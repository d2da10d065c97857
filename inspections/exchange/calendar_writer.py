"""Write term calendars as Excel workbooks: an empty one with examples, or what a site has now."""

from collections.abc import Iterable
from datetime import date, time

from inspections.calendars.entries import KIND_NAMES, EntryKind
from inspections.calendars.merging import LISTS
from inspections.calendars.pieces import days_of, hours_of, words_of
from inspections.exchange.calendar_sheet import CALENDAR, NOTES
from inspections.exchange.template_file import Row, TemplateFile
from rules.organisation.model import Site


def calendar_template() -> bytes:
    """Return a workbook to fill in, with examples and notes on sheets of their own."""
    return _TEMPLATE.filled()


def calendar_workbook(sites: Iterable[Site]) -> bytes:
    """Return the terms, closed days, make-up days and exams of *sites*, to change and import."""
    return _TEMPLATE.filled(row for site in sites for row in _rows(site))


def _kind(kind: EntryKind) -> str:
    name = KIND_NAMES[kind]
    return f"{name.zh} / {name.en}"


def _rows(site: Site) -> Iterable[Row]:
    for kind, name in LISTS.items():
        for piece in getattr(site.calendar, name):
            since, until = days_of(piece)
            words, hours = words_of(piece), hours_of(piece)
            yield {
                "kind": _kind(kind), "name.zh": words.zh, "name.en": words.en, "from": since,
                "until": until, "site": site.id, "id": piece.origin,
                **(dict(zip(("opens", "closes"), hours, strict=True)) if hours else {}),
            }  # fmt: skip


_EXAMPLES: tuple[Row, ...] = (
    {
        "kind": _kind("term"), "name.zh": "2027 年春季学期", "name.en": "Spring term 2027",
        "from": date(2027, 2, 22), "until": date(2027, 6, 30), "id": "spring-2027",
    },
    {
        "kind": _kind("closed"), "name.zh": "暑假", "name.en": "Summer holiday",
        "from": date(2027, 7, 1), "until": date(2027, 8, 31), "id": "summer-2027",
    },
    {
        "kind": _kind("extra"), "name.zh": "劳动节调休补课",
        "name.en": "Make-up day for Labour Day",
        "from": date(2027, 4, 24), "weekday": "周四 Thu", "id": "makeup-labour-2027",
    },
    {
        "kind": _kind("extra"), "name.zh": "家长开放日", "name.en": "Open day for parents",
        "from": date(2027, 5, 15), "opens": time(8), "closes": time(12),
    },
    {
        "kind": _kind("exam"), "name.zh": "期末考试", "name.en": "Final exams",
        "from": date(2027, 6, 21), "until": date(2027, 6, 23), "id": "final-2027",
    },
)  # fmt: skip
_TEMPLATE = TemplateFile(
    CALENDAR, _EXAMPLES, NOTES, {"kind": tuple(_kind(kind) for kind in KIND_NAMES)}
)
