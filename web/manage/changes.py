"""Who changed what: the latest entries of the log, with values before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspections.edit_records import Difference, Flat, things_of
from inspections.importing import load_from_record
from inspections.queries.changes import Change, change_of_facts, changes_page
from inspections.rounds.names import people_names, person_text
from inspections.taking_back import TakenBack, is_undone
from rules.text import Text
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.change_words import ChangeLine, lines_of, subject_words
from web.manage.flow import Page, Proposed, preview_page, returning
from web.manage.names import Names, names_of


@dataclass(frozen=True)
class Shown:
    """
    An entry of the log in words.

    Attributes:
        undo: The entry's id, where what it changed may be taken back.
    """

    at: datetime
    by: Text
    title: str
    lines: list[ChangeLine]
    sentence: str
    undo: int | None = None


@blueprint.get("/changes")
@roles(*OFFICERS)
def changes() -> str:
    """Show the log."""
    here = viewer()
    found = changes_page(session(), here.organisation, number=request.args.get("page", 1, int))
    present = load_from_record(session(), here.organisation)
    names, things = names_of([present]), things_of(present)
    names.people = people_names(session(), here.organisation)
    visible = [each for each in found.rows if _in_scope(each, things)]
    return render_template(
        "manage/changes.html",
        found=found,
        shown=[_shown(each, names, things) for each in visible],
        url=lambda page: url_for("manage.changes", page=page),
    )


@blueprint.post("/changes/<int:entry>/back")
@roles(*OFFICERS)
def change_back(entry: int) -> Page:
    """Show what the plan becomes once a change of facts is taken back."""
    if returning():
        return redirect(url_for("manage.changes"))
    change = change_of_facts(session(), viewer().organisation, entry)
    asked = Proposed(
        [TakenBack(change.subject, change.before, change.after)],
        _("Take a change back"),
        url_for("manage.changes"),
        _("The change is taken back and the plan follows."),
    )
    return preview_page(asked)


def _in_scope(change: Change, things: Mapping[str, Flat]) -> bool:
    """Return whether somebody bound to some sites sees it; the plan concerns everybody."""
    kind, *keys = change.subject.split("/")
    if kind == "person":
        told = (things.get(change.subject, {}), change.before, change.after)
        return any(viewer().sees(site) for one in told for site in one.get("sites", ()))
    return kind not in {"site", "place", "asset", "post", "decision"} or viewer().sees(keys[0])


def _shown(change: Change, names: Names, things: Mapping[str, Flat]) -> Shown:
    by = person_text(names.people, change.by)
    if change.action == "facts.changed":
        each = Difference(change.subject, change.before, change.after)
        title = subject_words(change.subject, names)
        whole = change.subject.startswith("organisation/") and viewer().sites
        undo = None if whole or is_undone(each, things) else change.id
        return Shown(change.at, by, title, lines_of(each, names), "", undo)
    if change.action == "plan.applied":
        return Shown(change.at, by, _("Plan made anew"), [], _figures(change))
    return Shown(change.at, by, _("File imported"), [], _imported(change))


def _figures(change: Change) -> str:
    data = change.after
    said = _(
        "Duties: %(begun)s begun, %(ended)s ended. Checks: %(added)s added, %(moved)s moved, "
        "%(removed)s removed, %(reassigned)s changed hands, %(uncovered)s uncovered.",
        begun=data.get("duties_added", 0),
        ended=data.get("duties_ended", 0),
        added=data.get("added", 0),
        moved=data.get("moved", 0),
        removed=data.get("removed", 0),
        reassigned=data.get("reassigned", 0),
        uncovered=data.get("uncovered", 0),
    )
    return str(said)


def _imported(change: Change) -> str:
    counts = {
        name: sum(change.after.get(name, {}).values()) for name in ("added", "changed", "ended")
    }
    return str(_("%(added)s entries added, %(changed)s changed, %(ended)s ended.", **counts))
