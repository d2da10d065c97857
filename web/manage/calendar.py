"""Terms, closed days and exams of a site."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from inspections.calendars.pieces import free_term_key
from inspections.edits import ClosedDays, Exams, Terms
from inspections.one_piece import site_now
from rules.organisation.model import CalendarSpan, Site, Term
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.manage.absences import read_span, span_entries, span_values
from web.manage.blueprint import blueprint
from web.manage.fields import FormReader
from web.manage.flow import Page
from web.manage.listed import FILLER, Entry, Listing, listed_page
from web.preferences import words


@blueprint.route("/sites/<site>/closed/<which>", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_closed(site: str, which: str) -> Page:
    """Add, change or remove closed days."""
    shown = _site(site)
    name = words(shown.name)
    listing = Listing(
        owner=shown.name,
        back=url_for("manage.site", site=site),
        title=_("Closed days of %(name)s", name=name),
        said=_("The closed days of %(name)s are saved and the plan follows them.", name=name),
        pieces=shown.calendar.closed,
        entries=span_entries(_("Reason"), _("For example a holiday or building works.")),
        read=_read_days,
        values=span_values,
        edit=lambda pieces: ClosedDays(site, pieces),
    )
    return listed_page(listing, which)


@blueprint.route("/sites/<site>/terms/<which>", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_term(site: str, which: str) -> Page:
    """Add, change or remove a term."""
    shown = _site(site)
    name = words(shown.name)
    listing = Listing(
        owner=shown.name,
        back=url_for("manage.site", site=site),
        title=_("Term of %(name)s", name=name),
        said=_("The terms of %(name)s are saved and the plan follows them.", name=name),
        pieces=shown.calendar.terms,
        entries=[
            Entry("name", _("Name"), hint=_("For example Spring term 2027.")),
            Entry("since", _("First day"), "date"),
            Entry("until", _("Last day"), "date"),
        ],
        read=lambda reader, before: _read(reader, before, shown.calendar.terms),
        values=_values,
        edit=lambda pieces: Terms(site, pieces),
    )
    return listed_page(listing, which)


@blueprint.route("/sites/<site>/exams/<which>", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_exam(site: str, which: str) -> Page:
    """Add, change or remove days of examinations."""
    shown = _site(site)
    name = words(shown.name)
    listing = Listing(
        owner=shown.name,
        back=url_for("manage.site", site=site),
        title=_("Exams of %(name)s", name=name),
        said=_("The exams of %(name)s are saved and the plan follows them.", name=name),
        pieces=shown.calendar.exams,
        entries=span_entries(
            _("Name"), _("For example final exams. No drill falls on these days.")
        ),
        read=_read_days,
        values=span_values,
        edit=lambda pieces: Exams(site, pieces),
    )
    return listed_page(listing, which)


def _site(key: str) -> Site:
    site_in_scope(key)
    return site_now(session(), viewer().organisation, key)


def _read_days(reader: FormReader, before: Any) -> CalendarSpan | None:
    """What was imported keeps its origin, so that a later version of the calendar finds it."""
    span = read_span(reader, before)
    if span is None:
        return None
    origin = before.origin if before else None
    return CalendarSpan(since=span.since, until=span.until, reason=span.reason, origin=origin)


def _read(reader: FormReader, before: Any, terms: tuple[Term, ...]) -> Term | None:
    old = before.name if before else None
    name = reader.words("name", _("Name"), old, words(old))
    since, until = reader.span(_("First day"), _("Last day"))
    if since is None or until is None:
        return None
    key = before.id if before else free_term_key(since, terms)
    origin = before.origin if before else None
    return Term(id=key, name=name or FILLER, since=since, until=until, origin=origin)


def _values(term: Term) -> dict[str, str]:
    since, until = term.since.isoformat(), term.until.isoformat()
    return {"name": words(term.name), "since": since, "until": until}
