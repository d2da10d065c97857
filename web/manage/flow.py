"""Form, preview, apply: nothing is saved before the officer has seen what changes in the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.editing import Editor, Outdated, carry_out, propose, try_edits
from inspections.edits import Edit, PacksNamed
from inspections.edits_as_data import as_data, from_data
from inspections.importing import load_from_record
from rules.faults import InputInvalid
from rules.rulebook import RuleBook
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.manage.blueprint import blueprint
from web.manage.change_words import change_lines
from web.manage.preview_view import plan_view
from web.preferences import local_path, words
from web.rulebook import every_rulebook, rulebook
from web.signed_preview import sealed, unsealed

_PURPOSE = "plan-preview"
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
    book = _book(asked.edits)
    proposal = propose(session(), book, asked.edits, editor=editor(), now=now())
    carried = {
        "edits": as_data(asked.edits),
        "before": proposal.before,
        "title": asked.title,
        "done": asked.done,
        "said": asked.said,
        **form,
    }
    return render_template(
        "manage/preview.html",
        title=asked.title,
        token=sealed(carried, purpose=_PURPOSE),
        form=form,
        changes=change_lines(proposal.present, proposal.organisation),
        plan=plan_view(session(), book, proposal),
        refusal=refusal,
    )


@blueprint.post("/apply")
@roles(*OFFICERS)
def apply() -> Page:
    """Save what a preview showed; show a new one where the facts changed meanwhile."""
    carried = unsealed(request.form.get("token", ""), purpose=_PURPOSE)
    asked = Proposed(
        from_data(carried["edits"]), carried["title"], carried["done"], carried["said"]
    )
    try:
        with transaction() as opened:
            carry_out(
                opened,
                _book(asked.edits),
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


def refused(edits: Sequence[Edit]) -> InputInvalid | None:
    """Return everything that would not be sound with *edits*, or nothing where all is."""
    present = load_from_record(session(), viewer().organisation)
    try:
        try_edits(present, edits, editor=editor())
    except InputInvalid as invalid:
        return invalid
    return None


def nothing_new(first_field: str) -> dict[str, str]:
    """Return the fault of a form that says what is stored already."""
    return {first_field: _("Nothing differs from what is stored. Change an entry, or go back.")}


def _book(edits: Sequence[Edit]) -> RuleBook:
    """A choice of packs is planned with all there are; anything else with those that bind."""
    chooses = any(isinstance(edit, PacksNamed) for edit in edits)
    return every_rulebook() if chooses else rulebook()
