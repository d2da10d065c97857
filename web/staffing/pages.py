"""The page of staffing truths: choose the days, wait where it takes long, see who is needed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.importing import load_from_record
from inspections.last_performed import with_last_performed
from inspections.staffing import DEMANDS, Question, Term, span_of_term, terms
from inspections.whatif import within
from rules.organisation.model import Organisation
from web.authentication import READERS, roles, viewer
from web.database import session
from web.formatting import today
from web.preferences import words
from web.rulebook import rulebook
from web.sites_shown import SitesShown, sites_shown
from web.staffing.blueprint import blueprint
from web.staffing.jobs import Asked, asked, is_too_long
from web.staffing.posts_shown import WHENS
from web.staffing.shown import Shown
from web.staffing.tables import when_words
from web.typed_days import typed_day

SECONDS_AT_MOST = 1.0
LONGEST = timedelta(days=366)
Page = str | tuple[str, int] | Response


@blueprint.get("/")
@roles(*READERS)
def truths() -> Page:
    """Show the truths about the staff over the days asked for."""
    sites = sites_shown(request.args)
    organisation = _seen(sites)
    faults: dict[str, str] = {}
    question = _question(request.args, organisation, faults)
    form = {**_form(organisation, question, faults), "sites": sites, "page_url": _page_of(sites)}
    if faults:
        return render_template("staffing/truths.html", shown=None, **form), 422
    job = asked(str(viewer().id), rulebook(), organisation, question)
    if not job.finished.wait(SECONDS_AT_MOST):
        return _waiting(job, form)
    if job.broken or job.truths is None:
        abort(500)
    shown = Shown(job.truths, organisation, rulebook())
    told_as = {"when_words": when_words(), "whens": WHENS}
    return render_template("staffing/truths.html", shown=shown, **told_as, **form)


def answered() -> Shown | None:
    """Return the truths that the address asks for, where they are worked out."""
    organisation = _seen(sites_shown(request.args))
    faults: dict[str, str] = {}
    question = _question(request.args, organisation, faults)
    if faults:
        return None
    job = asked(str(viewer().id), rulebook(), organisation, question)
    if not job.finished.wait(SECONDS_AT_MOST) or job.truths is None:
        return None
    return Shown(job.truths, organisation, rulebook())


def _seen(sites: SitesShown) -> Organisation:
    """Return the organisation with the sites that are shown alone."""
    here = viewer()
    keys = sites.keys if sites.is_large else here.sites
    part = within(load_from_record(session(), here.organisation, sites=keys), keys)
    return with_last_performed(session(), part, rulebook())


def _page_of(sites: SitesShown) -> Callable[[int], str]:
    names = ("since", "until", "demand")
    kept: dict[str, Any] = {name: request.args.get(name) for name in names}
    return lambda number: url_for("staffing.truths", **kept, **sites.query(number))


def _question(
    values: Mapping[str, str], organisation: Organisation, faults: dict[str, str]
) -> Question:
    first, last = span_of_term(organisation, today())
    since = typed_day(values, "since", faults) or first
    until = typed_day(values, "until", faults) or max(last, since)
    demand = values.get("demand", "law")
    if demand not in DEMANDS:
        faults["demand"] = _("Choose one from the list.")
    if not faults and is_too_long(since, until):
        faults["until"] = _("The last day lies within a year of the first.")
    return Question(since, until, demand if demand in DEMANDS else "law")


def _form(
    organisation: Organisation, question: Question, faults: dict[str, str]
) -> dict[str, object]:
    return {
        "question": question,
        "faults": faults,
        "terms": [_term(each) for each in terms(organisation) if each.until >= today()],
        "demands": [
            ("law", _("what law demands")),
            ("recommended", _("what law recommends, too")),
            ("house", _("rules of the house besides")),
        ],
    }


def _term(term: Term) -> tuple[str, date, date]:
    return (words(term.name), max(term.since, today()), term.until)


def _waiting(job: Asked, form: dict[str, object]) -> Page:
    told = {"shown": None, "done": job.done, "steps": job.steps}
    html = render_template("staffing/waiting.html", **told, **form)
    response = Response(html, mimetype="text/html")
    response.headers["Refresh"] = "1"
    return response
