"""Enter a leave with the roster that was previewed for it, in one step; and take both back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.editing import Editor
from inspections.lookup import person_name
from inspections.queries.roster_week import monday_of
from inspections.roster_leave_undo import take_leave_back
from inspections.roster_leaves import Leave, save_leave
from inspections.roster_looks import RosterLook
from inspections.rosters import site_of_roster
from rules.text import Text
from scheduler.roster.away import Away, CellChange
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.officer.blueprint import blueprint
from web.preferences import words
from web.rulebook import rulebook
from web.signed_preview import sealed, unsealed

LONGEST_REASON = 200
USUAL_REASON = Text(zh="请假", en="Leave of absence")
_PURPOSE = "roster-leave"


def carried(look: RosterLook, away: Away, person: str, span: tuple[date, date], site: str) -> str:
    """Return the preview as a token for the step that saves it."""
    changes = [{**asdict(one), "day": one.day.isoformat()} for one in away.changes]
    kept = {
        "site": site,
        "run": look.run,
        "person": person,
        "since": span[0].isoformat(),
        "until": span[1].isoformat(),
        "changes": changes,
    }
    return sealed(kept, purpose=_PURPOSE)


@blueprint.post("/roster/leave")
@roles(*OFFICERS)
def roster_leave() -> Response:
    """Save the leave and the changed roster that a preview showed."""
    given = unsealed(request.form.get("token", ""), purpose=_PURPOSE)
    site_in_scope(given["site"])
    leave = _leave(given, _reason(request.form.get("reason", "").strip()[:LONGEST_REASON]))
    with transaction() as writing:
        saved = save_leave(writing, rulebook(), leave, editor=_editor(), now=now())
    name = words(person_name(session(), viewer().organisation, leave.person))
    if saved.open:
        said = _(
            "The leave of %(name)s is entered. The changed roster is a draft, as something "
            "stands against publishing it.",
            name=name,
        )
        flash(said, "warn")
    else:
        flash(_("The leave of %(name)s is entered and the roster follows it.", name=name), "ok")
    return _to_week(leave.site, leave.span[0])


@blueprint.post("/roster/<int:run_id>/leave-back")
@roles(*OFFICERS)
def roster_leave_back(run_id: int) -> Response:
    """Take the leave back for which a roster was made; the one before holds again."""
    site = site_of_roster(session(), run_id, organisation_id=viewer().organisation)
    site_in_scope(site)
    with transaction() as writing:
        day = take_leave_back(writing, rulebook(), run_id, editor=_editor(), now=now())
    flash(_("The leave is taken back, and the roster from before holds again."), "ok")
    return _to_week(site, day)


def _reason(typed: str) -> Text:
    """Return the reason in both languages where it is the one that stood there."""
    usual = not typed or typed in {USUAL_REASON.zh, USUAL_REASON.en}
    return USUAL_REASON if usual else Text(zh=typed, en=typed)


def _editor() -> Editor:
    here = viewer()
    return Editor(here.organisation, here.person, here.role, here.sites)


def _to_week(site: str, day: date) -> Response:
    return redirect(url_for("officer.roster", site=site, week=monday_of(day).isoformat()))


def _leave(given: Mapping[str, Any], reason: Text) -> Leave:
    changes = tuple(
        CellChange(
            one["person"],
            date.fromisoformat(one["day"]),
            tuple(one["before"]) if one["before"] else None,
            tuple(one["after"]) if one["after"] else None,
        )
        for one in given["changes"]
    )
    span = date.fromisoformat(given["since"]), date.fromisoformat(given["until"])
    return Leave(given["site"], given["run"], given["person"], span, reason, changes)
