"""Write the script of a scenario: a new version each time, and earlier ones can be put back."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.drills.programme import drill_of
from inspections.drills.script_steps import steps_of
from inspections.drills.scripts import (
    Script,
    ScriptChanged,
    ScriptOfAll,
    restore_script,
    save_script,
    script_in_force,
)
from inspections.drills.year import DrillView
from inspections.rounds.names import people_names, person_text
from rules.faults import InputInvalid
from rules.text import Text
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.drills.blueprint import blueprint
from web.drills.script_form import script_lines, steps_given
from web.errors import status_of
from web.manage.flow import editor
from web.preferences import words
from web.rulebook import rulebook

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:drill_id>/script", endpoint="script")
@roles(*OFFICERS)
def show(drill_id: int) -> str:
    """Show the script of the drill's scenario to be written, with its versions."""
    drill = _drill(drill_id)
    script = _script(drill)
    return _page(drill, script, script_lines(script.steps))


@blueprint.post("/<int:drill_id>/script", endpoint="script_save")
@roles(*OFFICERS)
def save(drill_id: int) -> Page:
    """Save the steps as a new version."""
    drill = _drill(drill_id)
    script = _script(drill)
    known = (*steps_of(drill.scenario), *script.steps)
    steps, faults = steps_given(known)
    if faults:
        return _page(drill, script, request.form, faults), 422
    try:
        with transaction() as opened:
            save_script(opened, drill.scenario, steps, seen=_seen(), by=editor(), now=now())
    except InputInvalid as invalid:
        told = {one.field: words(one.message) for one in invalid.faults}
        return _page(drill, script, request.form, told), 422
    except (ScriptChanged, ScriptOfAll) as refusal:
        shown = _page(drill, script, request.form, refusal=words(refusal.text))
        return shown, status_of(refusal)
    flash(_("The script is saved; it counts for every drill of this scenario."), "ok")
    return redirect(url_for("drills.drill", drill_id=drill_id))


@blueprint.post("/<int:drill_id>/script/back", endpoint="script_back")
@roles(*OFFICERS)
def put_back(drill_id: int) -> Page:
    """Let an earlier version count again."""
    drill = _drill(drill_id)
    number = request.form.get("number", 0, int)
    try:
        with transaction() as opened:
            restore_script(opened, drill.scenario, number, seen=_seen(), by=editor(), now=now())
    except (ScriptChanged, ScriptOfAll) as refusal:
        script = _script(drill)
        shown = _page(drill, script, script_lines(script.steps), refusal=words(refusal.text))
        return shown, status_of(refusal)
    flash(_("The earlier script counts again."), "ok")
    return redirect(url_for("drills.script", drill_id=drill_id))


def _drill(drill_id: int) -> DrillView:
    return drill_of(session(), rulebook(), drill_id, by=editor(), now=now())


def _script(drill: DrillView) -> Script:
    return script_in_force(session(), viewer().organisation, drill.scenario)


def _seen() -> int:
    return request.form.get("seen", -1, int)


def _page(
    drill: DrillView,
    script: Script,
    typed: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
) -> str:
    return render_template(
        "drills/script_edit.html",
        drill=drill,
        script=script,
        typed=typed,
        faults=faults or {},
        refusal=refusal,
        writers=_writers(script),
        may_write=not editor().sites,
    )


def _writers(script: Script) -> dict[str, Text]:
    names = people_names(session(), viewer().organisation)
    return {one.by: person_text(names, one.by) for one in script.versions}
