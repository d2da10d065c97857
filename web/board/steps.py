"""Steps on the board: read the form, show what would change, save it."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.board.lines import lines_of
from inspections.board.refusals import PLANNING_ROLES, BoardOutdated
from inspections.board.steps import (
    Again,
    Away,
    Give,
    Release,
    Step,
    step_as_data,
    step_from_data,
)
from inspections.errors import NotFound
from inspections.rounds.names import people_names, person_text
from rules.text import Text
from web.authentication import roles, viewer
from web.board.asked import OPENED, Asked, asked, day_of
from web.board.blueprint import blueprint
from web.board.trials import Trial, Worker, begin_saving, begin_trying, trial_of
from web.board.week import board_html
from web.board.words import step_words
from web.database import now, release, session, sessions
from web.formatting import today
from web.manage.flow import editor
from web.missed.listing import rule_title
from web.preferences import words
from web.rulebook import rulebook
from web.signed_preview import sealed, unsealed

Page = str | tuple[str, int] | Response
_PURPOSE = "board-preview"
LONGEST_REASON = 200
SECONDS_AT_MOST = 1.0


@blueprint.post("/try")
@roles(*PLANNING_ROLES)
def try_out() -> Page:
    """Show what a step would change; nothing is saved."""
    step, faults = _step()
    if step is None:
        return board_html(asked(), faults), 422
    return _tried(step_as_data(step))


@blueprint.post("/apply")
@roles(*PLANNING_ROLES)
def apply() -> Page:
    """Save a step as it was shown; show it anew where the plan changed meanwhile."""
    carried = unsealed(request.form.get("token", ""), purpose=_PURPOSE)
    trial = Trial(str(viewer().id), carried["step"], _address())
    release()
    begin_saving(trial, _worker(), carried["seen"])
    return _answer(trial)


@blueprint.get("/trials/<key>")
@roles(*PLANNING_ROLES)
def trial(key: str) -> Page:
    """Show what a step comes to, or how far it is."""
    found = trial_of(key, str(viewer().id))
    if found is None:
        raise NotFound(Text(zh="预览", en="preview"), key)
    return _answer(found)


def _tried(step: Mapping[str, Any], said: str = "") -> Page:
    made = Trial(str(viewer().id), step, _address(), said)
    release()
    begin_trying(made, _worker())
    return _answer(made)


def _answer(found: Trial) -> Page:
    """Wait a moment; then show the result, or a page that looks again by itself."""
    if not found.finished.wait(SECONDS_AT_MOST):
        waiting = render_template("board/waiting.html", trial=found, title=step_words(found.step))
        response = Response(waiting, mimetype="text/html")
        response.headers["Refresh"] = f"1; url={url_for('.trial', key=found.key)}"
        return response
    if found.broken:
        abort(500)
    if isinstance(found.refusal, BoardOutdated):
        return _tried(found.step, words(found.refusal.text))
    if found.refusal is not None:
        raise found.refusal
    if found.change:
        flash(_("Saved. Calendars and the lists of today follow at once."), "ok")
        return redirect(asked(given=found.address).address("board.change", change=found.change))
    return _preview(found), 409 if found.said else 200


def _preview(found: Trial) -> str:
    outcome, desk, shown = found.outcome, editor(), asked(given=found.address)
    if outcome is None:
        abort(500)
    carried = {"step": found.step, "seen": outcome.digest}
    names = people_names(session(), desk.organisation)
    return render_template(
        "board/preview.html",
        asked=shown,
        title=step_words(found.step),
        outcome=outcome,
        found=lines_of(session(), outcome.moved, desk=desk, now=now()),
        token=sealed(carried, purpose=_PURPOSE),
        back=_back(step_from_data(found.step), shown),
        refusal=found.said,
        name=lambda key: person_text(names, key),
        rule_title=rule_title,
    )


def _address() -> dict[str, str]:
    """Return what the form says about the board that it was sent from."""
    given = ((name, request.form.get(name, "")) for name in ("week", "site", "page", *OPENED))
    return {name: value for name, value in given if value}


def _worker() -> Worker:
    return Worker(sessions(), rulebook(), editor(), now())


def _back(step: Step, shown: Asked) -> str:
    """Return the address of the cell or check that the step began from."""
    if isinstance(step, Away):
        return shown.address(person=step.person, day=step.since.isoformat()) + "#here"
    if shown.person and shown.day:
        return shown.address(person=shown.person, day=shown.day.isoformat()) + "#here"
    return shown.address(check=shown.check or None)


def _step() -> tuple[Step | None, dict[str, str]]:
    kind = request.form.get("kind", "")
    occurrence = request.form.get("occurrence", "")
    number = int(occurrence) if occurrence.isdecimal() and len(occurrence) < 12 else 0
    match kind:
        case "give":
            return _give(number)
        case "release":
            return Release(number), {}
        case "away":
            return _away()
        case "again":
            return Again(), {}
    return abort(400)


def _give(occurrence: int) -> tuple[Step | None, dict[str, str]]:
    people = tuple(one for one in request.form.getlist("people") if one)
    day = day_of(request.form.get("on", ""))
    if not people or day is None:
        # The panel that holds the form is the place to look at.
        return None, {"panel": _("Choose a person and a day.")}
    return Give(occurrence, people, day), {}


def _away() -> tuple[Step | None, dict[str, str]]:
    given = request.form
    since, until = day_of(given.get("since", "")), day_of(given.get("until", ""))
    reason = given.get("reason", "").strip()
    faults: dict[str, str] = {}
    if since is None or since < today():
        faults["since"] = _("Choose today or a later day.")
    if until is None or (since is not None and until < since):
        faults["until"] = _("Choose the first day or a later one.")
    if not reason or len(reason) > LONGEST_REASON:
        faults["reason"] = _("Say why in a few words, at most 200 characters.")
    if faults or since is None or until is None:
        return None, faults
    return Away(given.get("person", ""), since, until, reason), {}
