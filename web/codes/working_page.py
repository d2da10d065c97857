"""The page behind a label for people of the organisation: the checklist, and the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from inspections.codes.behind import Behind
from inspections.codes.due_here import due_here, targets_at
from inspections.codes.history import MOST, Happened, history
from inspections.codes.short_code import shown
from inspections.codes.standing import standing
from inspections.reactions.stops import active_stops, stops_on
from inspections.ticket_desk import TICKET_ROLES
from web.authentication import OFFICERS, READERS, viewer
from web.codes.code_words import kind_of
from web.database import now, session
from web.inspector.bands import Job, jobs
from web.inspector.run import RECORDERS
from web.preferences import words
from web.rulebook import rulebook

_SIGNS = {
    "checked": ("occurrence-done", "ok"),
    "missed": ("occurrence-missed", "bad"),
    "finding": ("finding-open", "bad"),
    "closed": ("finding-closed", "ok"),
    "ticket": ("swap", "ink2"),
    "report": ("mail", "ink2"),
}
_TITLES: Mapping[str, LazyString] = {
    "checked": _("Checked: %(title)s"),
    "missed": _("Missed: %(title)s"),
    "finding": _("Finding %(number)s: %(title)s"),
    "closed": _("Closed %(number)s: %(title)s"),
    "ticket": _("Ticket %(number)s: %(title)s"),
    "report": _("Report %(number)s: %(title)s"),
}


@dataclass(frozen=True)
class Line:
    """One entry of the history as it is shown."""

    at: datetime
    title: str
    icon: str
    tone: str
    detail: str
    href: str | None


def working_page(found: Behind) -> str:
    """Return the page of *found* for the signed-in person."""
    mine, others = _checks(found)
    return render_template(
        "codes/thing.html",
        on=found,
        code=shown(found.code),
        kind=kind_of(found),
        place_code=shown(found.place_code) if found.place_code else None,
        mine=mine,
        others=others,
        standing=_standing(found),
        stops=stops_on(active_stops(session(), found.organisation, sites=[found.site]), found.on),
        history=_history(found),
        **_doors(found),
    )


def _checks(found: Behind) -> tuple[tuple[Job, ...], tuple[Job, ...]]:
    here, book, instant = viewer(), rulebook(), now()
    if here.role not in RECORDERS or found.ended_on is not None:
        return (), ()
    open_ = due_here(session(), targets_at(session(), found.on), person=here.person, now=instant)
    return jobs(open_.mine, book, now=instant), jobs(open_.others, book, now=instant)


def _standing(found: Behind) -> Any:
    return standing(session(), found.on, organisation=found.organisation, results=True, now=now())


def _doors(found: Behind) -> dict[str, Any]:
    """Return where people go on from here, each as far as the role opens it."""
    _site, kind, key = found.on
    doors: dict[str, Any] = {"facts_url": None, "label_url": None, "finding_url": None}
    if viewer().role in RECORDERS and found.ended_on is None:
        spot = f"{found.site}|{kind}|{key}"
        doors["finding_url"] = url_for("inspector.new_finding", spot=spot)
    if viewer().role not in OFFICERS:
        return doors
    facts_url = url_for("manage.site_piece", site=found.site, kind=kind, key=key)
    if kind == "site":
        facts_url = url_for("manage.site", site=found.site)
    label_url = url_for("codes.sheet", code=shown(found.code))
    return {**doors, "facts_url": facts_url, "label_url": label_url}


def _history(found: Behind) -> dict[str, Any] | None:
    """Return what happened, for those who read records; nothing for others."""
    here = viewer()
    if here.role not in READERS:
        return None
    before = _instant(request.args.get("before"))
    entries = history(
        session(),
        found.on,
        organisation=here.organisation,
        code=found.code,
        before=before,
    )
    older = entries[-1].at.isoformat() if len(entries) == MOST else None
    return {
        "lines": [_line(each) for each in entries],
        "older": older and url_for("codes.thing", code=shown(found.code), before=older),
        "newest": before is None,
    }


def _line(each: Happened) -> Line:
    icon, tone = _SIGNS[each.kind]
    by = words(each.by) if each.by else ""
    return Line(each.at, _title(each), icon, tone, by, _href(each))


def _title(each: Happened) -> str:
    said = each.words if isinstance(each.words, str) else words(each.words)
    values = {"number": each.number, "title": said or _rule(each)}
    return str(_TITLES[each.kind] % values)


def _rule(each: Happened) -> str:
    found = rulebook().rules.get(each.rule or "")
    return words(found.title) if found else each.rule or ""


def _href(each: Happened) -> str | None:
    role = viewer().role
    if each.kind == "ticket":
        return url_for("tickets.ticket", ticket_id=each.ref) if role in TICKET_ROLES else None
    if each.kind == "report":
        return url_for("codes.one_report", report_id=each.ref) if role in OFFICERS else None
    if each.kind == "checked" and isinstance(each.ref, str):
        return url_for("inspector.inspection", inspection_id=each.ref)
    if each.kind in {"checked", "missed"}:
        return url_for("inspector.occurrence", occurrence_id=each.ref)
    return url_for("inspector.finding", finding_id=each.ref)


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None
