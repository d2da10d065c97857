"""The page where people make, copy, rotate and revoke their calendar links."""

from typing import Any

import segno
from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from inspections import subscriptions as links
from inspections.errors import Refused
from inspections.queries.coverage import site_choices
from inspections.subscriptions import NewLink
from rules.text import Text
from web.authentication import READERS, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import length
from web.navigation import Entry
from web.preferences import language, words
from web.public.blueprint import blueprint

ENTRIES = [Entry("calendar.subscriptions", lazy_gettext("Calendar"), "calendar", 80)]
# Minutes before the start.
ALARMS = (0, 15, 60, 24 * 60)
_FRESH = "fresh_link"


class NobodysAccount(Refused):
    """An account without a person has no tasks of its own."""

    code = "feed.nobody"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="此账号没有关联人员，请选择一个场所。",
                en="This account belongs to no person. Please choose a site.",
            )
        )


@blueprint.get("/calendar")
def subscriptions() -> str:
    """List the links; one that was just made is shown once, with its code."""
    return _page(cookie.pop(_FRESH, None))


@blueprint.post("/calendar")
def create() -> Response | tuple[str, int]:
    """Make a link from the form."""
    try:
        new = _wanted()
        with transaction() as writing:
            number, token = links.create_link(writing, new, now=now())
    except Refused as refusal:
        return _page(None, {"alarm-0": words(refusal.text)}), status_of(refusal)
    return _fresh(number, token, _("The link is ready. Copy it now: it is shown only once."))


@blueprint.post("/calendar/<int:link_id>/rotate")
def rotate(link_id: int) -> Response:
    """Replace a link by a new one."""
    here = viewer()
    with transaction() as writing:
        number, token = links.rotate_link(
            writing, link_id, organisation=here.organisation, by=here.name, now=now()
        )
    return _fresh(number, token, _("The new link is ready; the old one says that it was stopped."))


@blueprint.post("/calendar/<int:link_id>/revoke")
def revoke(link_id: int) -> Response:
    """Stop a link."""
    here = viewer()
    with transaction() as writing:
        links.revoke_link(writing, link_id, organisation=here.organisation, by=here.name, now=now())
    flash(_("The link was stopped. Calendars show that for 14 days."), "ok")
    return redirect(url_for("calendar.subscriptions"))


def _fresh(number: int, token: str, sentence: str) -> Response:
    cookie[_FRESH] = {"id": number, "token": token}
    flash(sentence, "ok")
    return redirect(url_for("calendar.subscriptions"))


def _wanted() -> NewLink:
    """Read the form; what is not offered to this person is taken as their own calendar."""
    here = viewer()
    site = request.form.get("of", "")
    names = dict(_sites())
    alarms = [int(value) for value in request.form.getlist("alarm") if value.isdecimal()]
    person = here.account.person
    default = words(names[site]) if site in names else words(here.person_name)
    if site not in names and person is None:
        raise NobodysAccount
    return NewLink(
        organisation=here.organisation,
        by=here.name,
        label=request.form.get("label", "").strip()[:60] or default,
        language="en" if request.form.get("language") == "en" else "zh",
        alarms=tuple(one for one in alarms if one in ALARMS),
        person=None if site in names else person,
        site=site if site in names else None,
    )


def _sites() -> list[tuple[str, Any]]:
    """Return the sites whose calendar this person may have."""
    here = viewer()
    if here.role not in READERS:
        return []
    return site_choices(session(), here.organisation, here.sites)


def _page(fresh: dict[str, Any] | None, faults: dict[str, str] | None = None) -> str:
    here, sites = viewer(), _sites()
    mine = links.links_of(session(), here.organisation, here.name)
    own = [("", _("My own tasks, deadlines and shifts"))] if here.account.person else []
    return render_template(
        "public/calendar.html",
        mine=mine,
        fresh=_shown(fresh) if fresh else None,
        faults=faults or {},
        choices=own + [(key, words(name)) for key, name in sites],
        site_names=dict(sites),
        alarms=[(minutes, alarm_word(minutes)) for minutes in ALARMS],
        alarm_word=alarm_word,
        chosen_language=language(),
    )


def alarm_word(minutes: int) -> str:
    """Return when an alarm rings."""
    if minutes == 0:
        return str(_("at the start"))
    if minutes == 24 * 60:
        return str(_("a day before"))
    return str(_("%(span)s before", span=length(minutes)))


def _shown(fresh: dict[str, Any]) -> dict[str, Any]:
    url = url_for("calendar.feed", token=fresh["token"], _external=True)
    webcal = "webcal://" + url.partition("://")[2]
    code = segno.make(webcal, error="m").svg_inline(scale=1, border=0, omitsize=True)
    return {"id": fresh["id"], "url": url, "webcal": webcal, "code": Markup(code)}  # noqa: S704 - made here
