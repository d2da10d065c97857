"""Absences of a person."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from inspections.edits import Absences
from rules.organisation.model import DateSpan
from web.authentication import OFFICERS, roles
from web.manage.blueprint import blueprint
from web.manage.fields import FormReader
from web.manage.flow import Page
from web.manage.listed import FILLER, Entry, Listing, listed_page
from web.manage.people import person_in_scope
from web.preferences import words


def span_entries(reason: str, hint: str) -> list[Entry]:
    """Return the fields of days with a reason."""
    return [
        Entry("since", _("First day"), "date"),
        Entry("until", _("Last day"), "date"),
        Entry("reason", reason, hint=hint),
    ]


def read_span(reader: FormReader, before: Any) -> DateSpan | None:
    """Return the days with their reason."""
    since, until = reader.span(_("First day"), _("Last day"))
    old = before.reason if before else None
    reason = reader.words("reason", _("Reason"), old, words(old))
    if since is None or until is None:
        return None
    return DateSpan(since=since, until=until, reason=reason or FILLER)


def span_values(span: DateSpan) -> dict[str, str]:
    """Return the fields of a span as typed."""
    since, until = span.since.isoformat(), span.until.isoformat()
    return {"since": since, "until": until, "reason": words(span.reason)}


@blueprint.route("/people/<person>/absences/<which>", methods=["GET", "POST"])
@roles(*OFFICERS)
def person_absence(person: str, which: str) -> Page:
    """Add, change or remove an absence."""
    shown = person_in_scope(person)
    name = words(shown.name)
    listing = Listing(
        owner=shown.name,
        back=url_for("manage.person", person=person),
        title=_("Absence of %(name)s", name=name),
        said=_("The absence of %(name)s is saved and the plan follows it.", name=name),
        pieces=shown.absences,
        entries=span_entries(_("Reason"), _("For example a course, holiday or illness.")),
        read=read_span,
        values=span_values,
        edit=lambda pieces: Absences(person, pieces),
    )
    return listed_page(listing, which)
