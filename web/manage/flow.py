"""Form, preview, apply: nothing is saved before the officer has seen what changes in the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from inspections.editing import Editor, Outdated, carry_out, propose
from inspections.edits import Edit
from inspections.edits_as_data import as_data, from_data
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.manage.blueprint import blueprint
from web.manage.change_words import change_lines
from web.manage.preview_view import plan_view
from web.preferences import local_path, words
from web.rulebook import rulebook

_OWN = frozenset({"csrf_token", "step"})
Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Proposed:
    """
    What a form asks for.

    Attributes:
        title: What is edited, as a heading.
        done: Path of the page to show once it is saved.
        said: What to say then.
    """

    edits: Sequence[Edit]
    title: str
    done: str
    said: str


def editor() -> Editor:
    """Return the signed-in person as an editor."""
    here = viewer()
    return Editor(here.organisation, here.person, here.role, here.sites)


def returning() -> bool:
    """Return whether the form came back from its preview, to be filled in again."""
    return request.form.get("step") == "back"


def preview_page(asked: Proposed) -> Page:
    """
    Show what the plan would become.

    Raises:
        InputInvalid: If the result would not be sound; the form shows it beside its fields.
    """
    fields = [[k, v] for k, v in request.form.items(multi=True) if k not in _OWN]
    return _show(asked, {"form": request.path, "fields": fields}), 200


def _show(asked: Proposed, form: Mapping[str, Any], refusal: str = "") -> str:
    proposal = propose(session(), rulebook(), asked.edits, editor=editor(), now=now())
    carried = {
        "edits": as_data(asked.edits),
        "before": proposal.before,
        "title": asked.title,
        "done": asked.done,
        "said": asked.said,
        "account": viewer().id,
        **form,
    }
    return render_template(
        "manage/preview.html",
        title=asked.title,
        token=_signer().dumps(carried),
        form=form,
        changes=change_lines(proposal.present, proposal.organisation),
        plan=plan_view(session(), rulebook(), proposal),
        refusal=refusal,
    )


@blueprint.post("/apply")
@roles(*OFFICERS)
def apply() -> Page:
    """Save what a preview showed; show a new one where the facts changed meanwhile."""
    carried = _opened(request.form.get("token", ""))
    asked = Proposed(
        from_data(carried["edits"]), carried["title"], carried["done"], carried["said"]
    )
    try:
        with transaction() as opened:
            carry_out(
                opened,
                rulebook(),
                asked.edits,
                editor=editor(),
                before=carried["before"],
                now=now(),
            )
    except Outdated as refusal:
        form = {"form": carried["form"], "fields": carried["fields"]}
        return _show(asked, form, words(refusal.text)), 409
    flash(asked.said, "ok")
    return redirect(local_path(asked.done))


def nothing_new(first_field: str) -> dict[str, str]:
    """Return the fault of a form that says what is stored already."""
    return {first_field: _("Nothing differs from what is stored. Change an entry, or go back.")}


def _opened(token: str) -> dict[str, Any]:
    try:
        carried = _signer().loads(token)
    except BadSignature:
        abort(400, _("This preview cannot be read any more. Nothing was saved. Start again."))
    if carried["account"] != viewer().id:
        abort(403)
    return dict(carried)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="plan-preview")
