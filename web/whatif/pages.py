"""The pages of a trial: choose a change, wait where it takes long, see what it would come to."""

from collections import defaultdict

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.importing import load_from_record
from inspections.whatif import WhatIf
from rules.organisation.model import Organisation
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, sessions
from web.formatting import today
from web.preferences import words
from web.rulebook import rulebook
from web.whatif.blueprint import blueprint
from web.whatif.form import KINDS, UNITS, Asked, asked, options
from web.whatif.jobs import Trial, begin, trial_of
from web.whatif.shown import Shown

SECONDS_AT_MOST = 1.0
Page = str | tuple[str, int] | Response


@blueprint.get("/")
@roles(*OFFICERS)
def choose() -> Page:
    """Show the form: first the kind of change, then its fields."""
    again = trial_of(request.args.get("again", ""), str(viewer().id))
    values = dict(again.values) if again else {}
    if request.args.get("kind") in KINDS:
        values["kind"] = request.args["kind"]
    return _form(values, {})


@blueprint.post("/")
@roles(*OFFICERS)
def ask() -> Page:
    """Begin the trial that the form asks for."""
    values = {key: value for key, value in request.form.items() if key != "csrf_token"}
    found = asked(values, today())
    if found.faults:
        return _form(values, dict(found.faults)), 422
    trial = _trial(found)
    begin(trial, rulebook(), sessions(), now())
    trial.finished.wait(SECONDS_AT_MOST)
    return redirect(url_for("whatif.result", key=trial.key))


@blueprint.get("/<key>")
@roles(*OFFICERS)
def result(key: str) -> Page:
    """Show what the changes would come to, or how far the trial is."""
    trial = trial_of(key, str(viewer().id))
    if trial is None:
        return render_template("whatif/gone.html"), 404
    if not trial.finished.wait(SECONDS_AT_MOST / 2):
        return _waiting(trial)
    if trial.broken:
        abort(500)
    if trial.effect is None:
        told = "; ".join(f"{words(each.message)} {words(each.remedy)}" for each in trial.faults)
        return _form(dict(trial.values), {_faulty(trial): told}), 422
    shown = Shown(trial.effect, trial.organisations, rulebook())
    number = request.args.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    page = min(max(1, page), shown.pages)
    return render_template(
        "whatif/result.html",
        effect=trial.effect,
        shown=shown,
        key=key,
        kind=KINDS[trial.values["kind"]],
        number=page,
        page_url=lambda each: url_for("whatif.result", key=key, page=each) + "#dates",
    )


def _waiting(trial: Trial) -> Page:
    html = render_template("whatif/waiting.html", done=trial.done, steps=trial.steps)
    response = Response(html, mimetype="text/html")
    response.headers["Refresh"] = "1"
    return response


def _faulty(trial: Trial) -> str:
    """Return the field of the form beside which the fault of a trial is told."""
    kind = trial.values.get("kind", "")
    return {"file": "text", "add-site": "copy", "lose-person": "person"}.get(kind, "rule")


def _trial(found: Asked) -> Trial:
    here = viewer()
    question = WhatIf(found.changes, found.since, found.until, here.sites)
    return Trial(str(here.id), here.organisation, question, found.values)


def _form(values: dict[str, str], faults: dict[str, str]) -> str:
    organisation = load_from_record(session(), viewer().organisation)
    return render_template(
        "whatif/form.html",
        kinds=KINDS,
        kind=values.get("kind", "") if values.get("kind") in KINDS else "",
        values=defaultdict(str, values),
        faults=faults,
        options=options(rulebook(), _seen(organisation)),
        units=[(unit, _unit(unit)) for unit in UNITS],
    )


def _seen(organisation: Organisation) -> Organisation:
    """Return the organisation as far as the viewer sees it."""
    here = viewer()
    sites = tuple(site for site in organisation.sites if here.sees(site.id))
    people = tuple(each for each in organisation.people if any(map(here.sees, each.sites)))
    return organisation.model_copy(update={"sites": sites, "people": people})


def _unit(unit: str) -> str:
    named = {
        "day": _("a day"),
        "week": _("a week"),
        "half-month": _("in half a month"),
        "month": _("a month"),
        "quarter": _("a quarter"),
        "half-year": _("in half a year"),
        "year": _("a year"),
    }
    return str(named[unit])
