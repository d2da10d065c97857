"""The overdue wall: a full-screen page for a meeting room that refreshes itself."""

from datetime import datetime

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from inspections.queries.late import Late
from inspections.queries.overdue_wall import overdue_wall
from web.authentication import READERS, ROLE_WORDS, roles, viewer
from web.database import now, session
from web.desk.blueprint import blueprint
from web.formatting import clock, local, today, weekday
from web.formatting import month_day as day_of
from web.preferences import theme, words
from web.rulebook import rulebook


@blueprint.get("/wall")
@roles(*READERS)
def wall() -> str:
    """Show what is overdue now; dark unless the person chose light."""
    here = viewer()
    shown = overdue_wall(
        session(),
        rulebook(),
        organisation=here.organisation,
        scope=here.sites,
        page=request.args.get("page", 1, int),
        now=now(),
    )
    return render_template(
        "desk/wall.html",
        shown=shown,
        theme=lambda: "light" if theme() == "light" else "dark",
        late=_late,
        next_step=_next_step,
        minutes=local(now()).hour * 60 + local(now()).minute,
        url=lambda page: url_for(".wall", page=page),
    )


def _late(one: Late) -> tuple[str, str]:
    """Return how late, as a figure and its unit: days, or hours on the first day."""
    if one.days:
        return str(one.days), pgettext("wall", "d")
    hours = int((now() - one.due_at).total_seconds() // 3600)
    if hours:
        return str(hours), pgettext("wall", "h")
    minutes = max(1, int((now() - one.due_at).total_seconds() // 60))
    return str(minutes), pgettext("wall", "min")


def _next_step(one: Late) -> tuple[str, bool]:
    """Return the next step in words, and whether it comes today."""
    if one.kind == "inspection":
        if one.closes_at is not None and one.closes_at > now():
            when = _when(one.closes_at)
            return _("%(when)s → counts as missed", when=when), True
        return _("to be explained by the safety officer"), False
    if one.state == "awaiting_verification":
        return _("waits for verification"), False
    if one.next is None:
        return _("every rung is taken"), False
    # A pack may escalate to the owner, who has no role of their own.
    roles_of = {**{code: str(word) for code, word in ROLE_WORDS.items()}, "owner": _("Owner")}
    to = words(one.next_name) if one.next_name else _("nobody holds that role")
    role = roles_of.get(one.next.role, one.next.role)
    is_today = local(one.next.at).date() <= today()
    when = _("now") if one.next.at <= now() else _when(one.next.at)
    return _("%(when)s → %(role)s %(who)s", when=when, role=role, who=to), is_today


def _when(at: datetime) -> str:
    if local(at).date() == today():
        return clock(at)
    return f"{weekday(at)} {day_of(at)} {clock(at)}"
