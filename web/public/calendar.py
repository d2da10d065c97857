"""The pages where people make, copy, change, rotate and revoke their calendar links."""

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
from inspections.feeds.choices import Choices
from inspections.feeds.link import NewLink
from web.authentication import viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.navigation import Entry
from web.preferences import language, words
from web.proxies import public_address
from web.public.blueprint import blueprint
from web.public.choices_form import alarm_word, chosen, options
from web.public.guides import GUIDES
from web.public.offers import offers, value_of
from web.public.preview import preview

ENTRIES = [
    Entry(
        "calendar.subscriptions",
        lazy_gettext("Calendar"),
        "calendar",
        80,
        section=("calendar.",),
        tab=False,
    )
]
DEFAULT_ALARMS = (15,)
_FRESH = "fresh_link"
_LABEL = 60


@blueprint.get("/calendar")
def subscriptions() -> str:
    """List the links; one that was just made is shown once, with its code."""
    return _page(cookie.pop(_FRESH, None))


@blueprint.post("/calendar")
def create() -> Response | tuple[str, int]:
    """Make a link from the form."""
    here = viewer()
    try:
        choices, title = chosen(offers())
        new = NewLink(here.organisation, here.name, _label(title), choices)
        with transaction() as writing:
            number, token = links.create_link(writing, new, now=now())
    except Refused as refusal:
        return _page(None, _fault(refusal)), status_of(refusal)
    return _fresh(number, token, _("The link is ready. Copy it now: it is shown only once."))


@blueprint.get("/calendar/<int:link_id>")
def edit(link_id: int) -> str:
    """Show what a link shows, to be changed."""
    return _edit_page(link_id, {})


@blueprint.post("/calendar/<int:link_id>")
def change(link_id: int) -> Response | tuple[str, int]:
    """Change what a link shows; its address stays."""
    here = viewer()
    mine = {"organisation": here.organisation, "by": here.name}
    before = links.own_link(session(), link_id, **mine)
    try:
        choices, _title = chosen(offers(), before.choices)
        label = _label(before.label)
        with transaction() as writing:
            links.change_link(writing, link_id, **mine, label=label, choices=choices, now=now())
    except Refused as refusal:
        return _edit_page(link_id, _fault(refusal)), status_of(refusal)
    flash(_("Saved. Calendars show it when they refresh; the link stays the same."), "ok")
    return redirect(url_for("calendar.subscriptions"))


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


def _label(title: str) -> str:
    return request.form.get("label", "").strip()[:_LABEL] or title[:_LABEL]


def _fault(refusal: Refused) -> dict[str, str]:
    if refusal.code == "feed.nobody":
        return {"of": words(refusal.text)}
    return {getattr(refusal, "field", "alarm-0"): words(refusal.text)}


def _page(fresh: dict[str, Any] | None, faults: dict[str, str] | None = None) -> str:
    here, offered = viewer(), offers()
    return render_template(
        "public/calendar.html",
        mine=links.links_of(session(), here.organisation, here.name),
        fresh=_shown(fresh) if fresh else None,
        faults=faults or {},
        offers=offered,
        titles={offer.value: offer.words for offer in offered},
        value_of=value_of,
        alarm_word=alarm_word,
        options=options(),
        choices=_sent() if faults else Choices(language=language(), alarms=DEFAULT_ALARMS),
        guides=GUIDES,
        preview=preview(),
    )


def _edit_page(link_id: int, faults: dict[str, str]) -> str:
    here, offered = viewer(), offers()
    link = links.own_link(session(), link_id, organisation=here.organisation, by=here.name)
    return render_template(
        "public/edit.html",
        link=link,
        faults=faults,
        offers=offered,
        options=options(),
        choices=link.choices,
        of=value_of(link.choices),
    )


def _sent() -> Choices:
    """Return what was filled in, so that a refused form keeps it."""
    alarms = [int(value) for value in request.form.getlist("alarm") if value.isdecimal()]
    return Choices(language=request.form.get("language", "zh"), alarms=tuple(alarms))


def _shown(fresh: dict[str, Any]) -> dict[str, Any]:
    path = url_for("calendar.feed", token=fresh["token"])
    url = public_address() + path.removeprefix(request.root_path)
    webcal = "webcal://" + url.partition("://")[2]
    code = segno.make(webcal, error="m").svg_inline(scale=1, border=0, omitsize=True)
    return {"id": fresh["id"], "url": url, "webcal": webcal, "code": Markup(code)}  # noqa: S704 - made here
