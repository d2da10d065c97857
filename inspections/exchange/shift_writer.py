"""Write shift patterns as Excel workbooks: an empty one with examples, or what a site has now."""

from collections.abc import Iterable
from datetime import time

from inspections.exchange.shift_sheet import SHIFT_NOTES, SHIFTS
from inspections.exchange.template_file import Row, TemplateFile
from rules.organisation.model import Site


def shift_template() -> bytes:
    """Return a workbook to fill in, with examples and notes on sheets of their own."""
    return _TEMPLATE.filled()


def shift_workbook(sites: Iterable[Site]) -> bytes:
    """Return the shifts of all posts of *sites*, to change and import."""
    return _TEMPLATE.filled(row for site in sites for row in _rows(site))


def _rows(site: Site) -> Iterable[Row]:
    for post in site.posts:
        for shift in post.shifts:
            yield {
                "site": site.id,
                "post": post.id,
                "code": shift.code,
                "name.zh": shift.name.zh,
                "name.en": shift.name.en,
                "since": shift.since,
                "until": shift.until,
                "minimum": shift.minimum,
                "preferred": shift.preferred,
                "maximum": shift.maximum,
                "working_minutes": shift.working_minutes,
            }


_TEMPLATE = TemplateFile(
    SHIFTS,
    (
        {
            "post": "门岗", "code": "D", "name.zh": "白班", "name.en": "Day",
            "since": time(7), "until": time(19), "minimum": 1, "preferred": 2,
        },
        {
            "post": "门岗", "code": "N", "name.zh": "夜班", "name.en": "Night",
            "since": time(19), "until": time(7), "minimum": 1, "working_minutes": 600,
        },
    ),
    SHIFT_NOTES,
    {},
)  # fmt: skip
