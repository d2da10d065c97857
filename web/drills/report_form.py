"""The report form of a drill: what stands in it, and what it says."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import request
from flask_babel import gettext as _

from inspections.drills.report import DrillReport, ReportGiven, Shortcoming
from inspections.drills.year import DrillView
from web.authentication import OFFICERS
from web.database import now
from web.drills.blueprint import blueprint
from web.formatting import local
from web.manage.fields import FormReader

REPORTERS = OFFICERS | {"team-lead", "responsible-person", "inspector"}
# Empty lines for what the drill showed, beside those that are filled in.
MORE_LINES = 3
_MOST = 1_000_000
_SPENT = re.compile(r"(?:(\d{1,3})\s*(?:[:\uff1a]|分|min)\s*)?(\d{1,5})\s*(?:秒|s)?")


def report_values(drill: DrillView, report: DrillReport | None) -> dict[str, str]:
    """Return what stands in the form: the report so far, else what was planned."""
    began = local(report.started_at if report else drill.starts_at)
    ended = local(report.ended_at if report else drill.ends_at)
    values = {
        "held": began.date().isoformat(),
        "began": f"{began:%H:%M}",
        "ended": f"{ended:%H:%M}",
        "expected": str(report.expected) if report else "",
        "present": str(report.present) if report else "",
        "taken": spent(report.seconds) if report and report.seconds else "",
        "summary": (report.summary or "") if report else "",
    }
    known = report.shortcomings if report else ()
    for number in range(len(known) + MORE_LINES):
        one = known[number] if number < len(known) else None
        values[f"short-{number}"] = one.text if one else ""
        values[f"standard-{number}"] = (one.standard or "") if one else ""
    return values


@blueprint.app_template_filter("spent")
def spent(seconds: int) -> str:
    """Return `3:25` for 205 seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def lines_of(values: Mapping[str, str]) -> list[int]:
    """Return the numbers of the lines for shortcomings."""
    found = (re.fullmatch(r"short-(\d{1,2})", name) for name in values)
    return sorted(int(one[1]) for one in found if one)


def report_given() -> tuple[ReportGiven | None, dict[str, str]]:
    """Return what the form says, without photos, or what is wrong with it by field."""
    reader = FormReader(request.form)
    held = reader.day("held", _("Day"))
    began, ended = reader.clock("began", _("Signal given")), reader.clock("ended", _("All over"))
    expected = reader.whole("expected", _("People expected"), (1, _MOST))
    present = reader.whole("present", _("People who took part"), (0, _MOST))
    seconds = _seconds(reader)
    if reader.faults or not (held and began and ended) or expected is None or present is None:
        return None, reader.faults
    zone = local(now()).tzinfo
    start = datetime.combine(held, began, zone)
    end = datetime.combine(held, ended, zone)
    given = ReportGiven(
        started_at=start,
        # A night drill may end on the next day.
        ended_at=end if end >= start else end + timedelta(days=1),
        expected=expected,
        present=present,
        seconds=seconds,
        summary=request.form.get("summary", ""),
        shortcomings=_shortcomings(),
    )
    return given, {}


def _seconds(reader: FormReader) -> int | None:
    """Return the time taken in seconds; it may be left out where nobody took it."""
    raw = request.form.get("taken", "").strip()
    if not raw:
        return None
    parts = _SPENT.fullmatch(raw)
    if parts is None:
        reader.faults["taken"] = _(
            "Time taken: enter minutes and seconds such as 3:25, or seconds such as 205."
        )
        return None
    return int(parts[1] or 0) * 60 + int(parts[2])


def _shortcomings() -> tuple[Shortcoming, ...]:
    return tuple(
        Shortcoming(text, request.form.get(f"standard-{number}", "").strip() or None)
        for number in lines_of(request.form)
        if (text := request.form.get(f"short-{number}", "").strip())
    )
