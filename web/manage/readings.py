"""Open readings: the site decides once, with a note, how an article reads for it."""

from collections.abc import Mapping

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from inspections.edits import Answer
from inspections.one_piece import site_now
from inspections.queries.open_questions import decisions, open_questions
from rules.faults import InputInvalid
from rules.organisation.happened import Decision
from rules.text import Text
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.formatting import today
from web.manage.blueprint import blueprint
from web.manage.faults import faults_by_field
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, preview_page, returning
from web.preferences import words
from web.rulebook import rulebook


@blueprint.route("/readings/<site>/<rule>", methods=["GET", "POST"])
@roles(*OFFICERS)
def reading(site: str, rule: str) -> Page:
    """Show the clause with its question; take yes or no and the reason."""
    site_in_scope(site)
    shown = site_now(session(), viewer().organisation, site)
    found = rulebook().rules.get(rule)
    taken = _taken(site, rule)
    if found is None or not (taken or _is_asked(site, rule)):
        abort(404)

    def form(faults: Mapping[str, str] | None = None) -> str:
        typed = request.form if request.method == "POST" else {}
        return render_template(
            "manage/reading.html",
            shown=shown,
            rule=found,
            book=rulebook(),
            taken=taken,
            values=typed,
            faults=faults or {},
        )

    if request.method != "POST" or returning():
        return form()
    reader = FormReader(request.form)
    applies = reader.one("applies", _("Does it apply?"), ("yes", "no"))
    note = reader.text("note", _("Reason"))
    if reader.faults or applies is None or note is None:
        return form(reader.faults), 422
    decision = Decision(
        rule=rule,
        site=site,
        applies=applies == "yes",
        note=Text(zh=note, en=note),
        by=viewer().person,
        on=today(),
    )
    asked = Proposed(
        [Answer(decision)],
        f"{words(found.title)} · {words(shown.name)}",
        url_for("manage.questions"),
        _("The decision is saved with your name and the plan follows it."),
    )
    try:
        return preview_page(asked)
    except InputInvalid as invalid:
        return form(faults_by_field(invalid, {}, other="applies")), 422


def _taken(site: str, rule: str) -> object:
    found = decisions(session(), viewer().organisation, scope=(site,))
    return next((each for each in found if each.rule == rule), None)


def _is_asked(site: str, rule: str) -> bool:
    waiting = open_questions(session(), viewer().organisation, scope=(site,))
    return any(each.rule == rule for each in waiting)
