"""From when on a pattern is listed, and how long ways take: figures of the house, each dated."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.plausibility.gathering import sites_in_scope
from inspections.plausibility.house import (
    places_of,
    set_threshold,
    set_way,
    thresholds,
    ways_of,
)
from inspections.plausibility.limits import house_limits
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import today
from web.manage.fields import FormReader
from web.manage.flow import editor
from web.plausibility.blueprint import blueprint
from web.preferences import words


@blueprint.get("/figures")
@roles(*OFFICERS)
def figures() -> str:
    """Show the figures that hold today, and the measured ways."""
    return _page()


@blueprint.post("/figures")
@roles(*OFFICERS)
def figures_set() -> Response | tuple[str, int]:
    """Let a figure hold from a day on."""
    reader = FormReader(request.form)
    name = reader.one("name", _("Figure"), [one.name for one in thresholds()])
    value = reader.number("value", _("New value"))
    since = reader.day("since", _("Holds from"))
    if name is None or value is None or since is None:
        return _page(reader.faults), 422
    try:
        with transaction() as opened:
            set_threshold(opened, name, value=value, since=since, editor=editor(), now=now())
    except Refused as refusal:
        return _page({"value": words(refusal.text)}), status_of(refusal)
    flash(_("The figure holds from that day on."), "ok")
    return redirect(url_for("plausibility.figures"))


@blueprint.post("/ways")
@roles(*OFFICERS)
def ways_set() -> Response | tuple[str, int]:
    """Keep how long a way takes."""
    reader = FormReader(request.form)
    known = dict(_places())
    one = reader.one("place", _("From place"), known)
    other = reader.one("other", _("To place"), known)
    minutes = reader.number("minutes", _("Minutes"))
    if one is None or other is None or minutes is None:
        return _page(reader.faults), 422
    (site, here), (elsewhere, there) = one.split("/", 1), other.split("/", 1)
    if site != elsewhere:
        return _page({"other": _("Choose two places of one site.")}), 422
    try:
        with transaction() as opened:
            set_way(opened, site, places=(here, there), minutes=minutes, editor=editor(), now=now())
    except Refused as refusal:
        return _page({"minutes": words(refusal.text)}), status_of(refusal)
    flash(_("The way is kept."), "ok")
    return redirect(url_for("plausibility.figures"))


def _places() -> list[tuple[str, str]]:
    here = viewer()
    sites = sites_in_scope(session(), here.organisation, here.sites)
    return [
        (f"{site.key}/{key}", f"{words(site.name)} · {words(name)}")
        for id_, site in sites.items()
        for key, name in places_of(session(), id_)
    ]


def _page(faults: dict[str, str] | None = None) -> str:
    here = viewer()
    sites = sites_in_scope(session(), here.organisation, here.sites)
    return render_template(
        "plausibility/figures.html",
        figures=thresholds(),
        limits=house_limits(session(), here.organisation, today()),
        ways=ways_of(session(), sites),
        places=[("", _("choose one")), *_places()],
        may_set=not here.sites,
        faults=faults or {},
        typed=request.form,
        today=today().isoformat(),
    )
