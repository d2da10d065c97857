"""Edit the weekly opening hours of a site, its holidays and its night."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import time
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspections.edits import CalendarEdit
from inspections.exchange.typed_values import clock_time
from inspections.one_piece import site_now
from rules.faults import InputInvalid
from rules.organisation.model import OpeningSpan, Site
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.faults import faults_by_field
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, nothing_new, preview_page, returning
from web.manage.value_words import DAYS, weekday
from web.preferences import words

_BETWEEN = re.compile("[,;\uff0c\uff1b\u3001]")
_DASH = re.compile("[-\u2013\u2014~\uff5e\u81f3]")


@blueprint.route("/sites/<site>/hours", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_hours(site: str) -> Page:
    """Edit when a site is open."""
    site_in_scope(site)
    shown = site_now(session(), viewer().organisation, site)
    if request.method != "POST":
        return _form(shown, _stored(shown))
    if returning():
        return _form(shown, request.form)
    reader = FormReader(request.form)
    opening = _opening(reader)
    holidays = reader.one("holidays", _("Public holidays"), ("closed", "open"))
    night = [reader.clock(name, label) for name, label in _nights()]
    if reader.faults:
        return _form(shown, request.form, reader.faults), 422
    update = {
        "opening": opening,
        "public_holidays": holidays,
        "night_from": night[0],
        "night_until": night[1],
    }
    calendar = shown.calendar.model_copy(update=update)
    if calendar == shown.calendar:
        return _form(shown, request.form, nothing_new("mon")), 422
    name = words(shown.name)
    asked = Proposed(
        [CalendarEdit(site, calendar)],
        _("Opening hours of %(name)s", name=name),
        url_for("manage.site", site=site),
        _("The opening hours of %(name)s are saved and the plan follows them.", name=name),
    )
    try:
        return preview_page(asked)
    except InputInvalid as invalid:
        return _form(shown, request.form, faults_by_field(invalid, {}, other="mon")), 422


def _nights() -> tuple[tuple[str, str], tuple[str, str]]:
    return ("night_from", _("Night begins")), ("night_until", _("Night ends"))


def _opening(reader: FormReader) -> tuple[OpeningSpan, ...]:
    """Return the spans, those of like hours together, in the order of the week."""
    days: defaultdict[tuple[time, time], list[Any]] = defaultdict(list)
    for day in DAYS:
        for part in filter(None, map(str.strip, _BETWEEN.split(reader.form.get(day, "")))):
            times = [clock_time(each) for each in _DASH.split(part)]
            if len(times) != 2 or None in times:
                reader.faults[day] = _(
                    "%(label)s: “%(raw)s” is not a span. Enter 08:00-17:30, or nothing if closed.",
                    label=weekday(day),
                    raw=part,
                )
                break
            days[times[0], times[1]].append(day)  # type: ignore[index]  # both are times here
    if not days and not reader.faults:
        reader.faults["mon"] = _("Enter the opening hours of at least one day.")
    return tuple(OpeningSpan(days=tuple(on), opens=a, closes=b) for (a, b), on in days.items())


def _stored(shown: Site) -> dict[str, str]:
    calendar = shown.calendar
    values = {
        day: ", ".join(
            f"{span.opens:%H:%M}-{span.closes:%H:%M}"
            for span in calendar.opening
            if day in span.days
        )
        for day in DAYS
    }
    return {
        **values,
        "holidays": calendar.public_holidays,
        "night_from": f"{calendar.night_from:%H:%M}",
        "night_until": f"{calendar.night_until:%H:%M}",
    }


def _form(shown: Site, values: Mapping[str, str], faults: Mapping[str, str] | None = None) -> str:
    return render_template(
        "manage/hours.html",
        shown=shown,
        values=values,
        faults=faults or {},
        days=[(day, weekday(day)) for day in DAYS],
    )
