"""Hand in the report of a drill with its photos, or correct it."""

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.drills.programme import drill_of
from inspections.drills.reporting import DrillNotBegun, save_report
from rules.faults import InputInvalid
from web.authentication import roles
from web.database import now, session, transaction
from web.drills.blueprint import blueprint
from web.drills.drill import EVERYBODY, drill_page
from web.drills.report_form import lines_of, report_given
from web.errors import status_of
from web.inspector.finding_photos import keep_proof, sent_proof
from web.manage.flow import editor
from web.preferences import words
from web.rulebook import rulebook

# Fields of the record that the form names otherwise.
_FIELDS = {"started_at": "began", "ended_at": "ended", "seconds": "taken", "photos": "proof"}


@blueprint.post("/<int:drill_id>/report", endpoint="report")
@roles(*EVERYBODY)
def save(drill_id: int) -> Response | tuple[str, int]:
    """Save the report; each shortcoming starts a task that changes a standard."""
    drill = drill_of(session(), rulebook(), drill_id, by=editor(), now=now())
    photos, wrong = sent_proof()
    given, faults = report_given()
    if wrong:
        faults["proof"] = wrong
    if given is None or faults:
        return drill_page(drill, faults=faults), 422
    try:
        with transaction() as opened:
            # Photos are stored with the report or not at all.
            kept = replace(given, photos=keep_proof(opened, photos))
            save_report(opened, rulebook(), drill_id, kept, by=editor(), now=now())
    except InputInvalid as invalid:
        return drill_page(drill, faults=_by_field(invalid)), 422
    except DrillNotBegun as refusal:
        return drill_page(drill, refusal=words(refusal.text)), status_of(refusal)
    if kept.shortcomings:
        flash(_("The report is saved. What it found wanting stands in the next script."), "ok")
    else:
        flash(_("The report is saved."), "ok")
    return redirect(url_for("drills.drill", drill_id=drill_id))


def _by_field(invalid: InputInvalid) -> dict[str, str]:
    return {
        _field(one.field): f"{words(one.message)} {words(one.remedy)}" for one in invalid.faults
    }


def _field(name: str) -> str:
    if name.startswith("shortcomings"):
        filled = [one for one in lines_of(request.form) if request.form[f"short-{one}"].strip()]
        return f"short-{filled[int(name.partition('.')[2] or 0)]}"
    return _FIELDS.get(name, name)
