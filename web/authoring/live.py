"""What the editor asks while somebody writes: faults, examples, the form, and what it would do."""

from typing import Any

from flask import abort, jsonify, render_template, request
from werkzeug.wrappers import Response
from yaml import YAMLError

from rules.authoring.form_edits import UnknownEdit, edited
from rules.authoring.text_edits import NoSuchPlace
from web.authentication import OFFICERS, roles
from web.authoring.blueprint import blueprint
from web.authoring.draft import draft_of_text, site_kind, view_of
from web.authoring.trying import tried
from web.formatting import today


@blueprint.post("/-/live")
@roles(*OFFICERS)
def live() -> Response:
    """Return the fragments of the editor for a text, after a change if one is asked for."""
    asked = _asked()
    read = draft_of_text(asked["text"])
    index = _index(asked)
    change = asked.get("change")
    if isinstance(change, dict):
        try:
            text, index = edited(read, change, kind=site_kind(), today=today())
        except (UnknownEdit, NoSuchPlace, YAMLError):
            abort(409)
        read = draft_of_text(text)
    view = view_of(read, index)
    return jsonify(
        text=read.text,
        rule=view.index,
        lines=sorted({fault.line for fault in view.faults}),
        form=render_template("authoring/form.html", view=view),
        faults=render_template("authoring/faults.html", view=view),
        examples=render_template("authoring/examples.html", view=view),
    )


@blueprint.post("/-/try")
@roles(*OFFICERS)
def try_out() -> Response:
    """Return what the text would do to the calendar; nothing is saved."""
    asked = _asked()
    read = draft_of_text(asked["text"])
    shown = tried(read, _index(asked))
    return jsonify(effect=render_template("authoring/effect.html", tried=shown))


def _asked() -> dict[str, Any]:
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        abort(400)
    return asked


def _index(asked: dict[str, Any]) -> int:
    index = asked.get("rule")
    return index if isinstance(index, int) else 0
