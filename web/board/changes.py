"""One step that was taken on the board: what it changed, and taking it back."""

from typing import Any

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.board.lines import lines_of
from inspections.board.recent import board_change
from inspections.board.refusals import PLANNING_ROLES
from inspections.board.stands import Moved, from_data
from inspections.board.undoing import is_undoable, undo_step
from inspections.models import BoardChangeRow
from inspections.rounds.names import people_names, person_text
from web.authentication import roles
from web.board.asked import asked
from web.board.blueprint import blueprint
from web.board.words import step_words
from web.database import now, session, transaction
from web.manage.flow import editor
from web.missed.listing import rule_title
from web.rulebook import rulebook


@blueprint.get("/changes/<uuid:change>")
@roles(*PLANNING_ROLES)
def change(change: Any) -> str:
    """Show what a step changed."""
    row = board_change(session(), str(change), desk=editor())
    names = people_names(session(), row.organisation_id)
    return render_template(
        "board/change.html",
        asked=asked(),
        row=row,
        title=step_words(row.step),
        found=lines_of(session(), _moved(row), desk=editor(), now=now()),
        undoable=is_undoable(row, now()),
        kept={one["id"] for one in row.kept or ()},
        name=lambda key: person_text(names, key),
        rule_title=rule_title,
    )


@blueprint.post("/changes/<uuid:change>/undo")
@roles(*PLANNING_ROLES)
def undo(change: Any) -> Response:
    """Take a step back where nothing has happened since."""
    with transaction() as opened:
        row = undo_step(opened, rulebook(), str(change), desk=editor(), now=now())
        kept = len(row.kept or ())
    if kept:
        flash(_("Taken back, except for %(count)s that changed since.", count=kept), "warn")
    else:
        flash(_("Taken back: everything stands as before."), "ok")
    return redirect(asked().address("board.change", change=change))


def _moved(row: BoardChangeRow) -> list[Moved]:
    return [
        Moved(one["id"], from_data(one["before"]), from_data(one["after"])) for one in row.results
    ]
