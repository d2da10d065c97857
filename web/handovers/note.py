"""One change of shift: what is left to the next, who took over, and every version of the note."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from flask import abort, render_template, request

from inspections.errors import NotFound
from inspections.handovers.listing import lines_of
from inspections.handovers.open_items import open_items
from inspections.handovers.shift_changes import ShiftChange, shift_change
from inspections.lookup import site_by_key
from inspections.models import SiteRow
from rules.text import Text
from web.authentication import site_in_scope, viewer
from web.database import now, session
from web.handovers.blueprint import blueprint
from web.inspector.run import RECORDERS
from web.preferences import words


@blueprint.get("/<site>/<post>/<day>/<shift>", endpoint="note")
def show(site: str, post: str, day: str, shift: str) -> str:
    """Show the note with its countersign, or the form for it."""
    return draw(site_of(site), change_of(site, post, day, shift))


def draw(
    site: SiteRow,
    change: ShiftChange,
    *,
    faults: Mapping[str, str] | None = None,
    refusal: Text | None = None,
) -> str:
    """Return the page, with what was typed where something is wrong."""
    line = lines_of(session(), site, [change], now=now())[0]
    here = viewer()
    may_act = here.role in RECORDERS
    taken = line.state == "taken"
    wrote = line.note is not None and line.note.by == here.person
    goes = here.person in change.outgoing and here.person not in change.incoming
    comes = here.person in change.incoming and here.person not in change.outgoing
    return render_template(
        "handovers/note.html",
        site=site,
        line=line,
        change=change,
        open_now=open_items(session(), site, now=now()),
        may_write=may_act and not taken and not comes and now() >= change.since,
        may_take=may_act and line.state == "waiting" and not wrote and not goes,
        begins=now() < change.since,
        again="again" in request.args or request.endpoint == "handovers.write",
        faults=faults or {},
        refusal=refusal,
        typed=request.form,
        new_id=str(uuid4()),
        item_name=lambda item: words(Text(**item["title"])),
    )


def site_of(key: str) -> SiteRow:
    """Return a site of the viewer's scope."""
    site_in_scope(key)
    return site_by_key(session(), viewer().organisation, key)


def change_of(site: str, post: str, day: str, shift: str) -> ShiftChange:
    """Return the change of shift that an address names; 404 where the rosters hold none."""
    found = shift_change(session(), site_of(site), (post, _day(day), shift))
    if found is None:
        raise NotFound(Text(zh="换班", en="change of shifts"), f"{post} {day} {shift}")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)
