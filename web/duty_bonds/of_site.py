"""The pairings and separations of a site: what holds, entering another one, ending one."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.duty_bonds.entering import KINDS, AskedBond, end_bond, enter_bond
from inspections.duty_bonds.listing import bonds_at
from inspections.duty_wishes.shifts_offered import people_to_stand
from inspections.lookup import site_by_key
from inspections.queries.roster_week import staffed_sites
from rules.faults import InputInvalid
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.duty_bonds.blueprint import blueprint
from web.duty_wishes.form import PLANNERS, by_field, day_sent, editor
from web.formatting import today
from web.preferences import words


@blueprint.get("/<site>", endpoint="of_site")
@roles(*PLANNERS)
def show(site: str) -> str:
    """Show what holds today or later."""
    return _draw(site)


@blueprint.post("/<site>")
@roles(*OFFICERS)
def enter(site: str) -> Response | tuple[str, int]:
    """Keep a pairing or a separation."""
    site_in_scope(site)
    kind = request.form.get("kind", "")
    asked = AskedBond(
        site=site,
        kind=next((one for one in KINDS if one == kind), None),
        person=request.form.get("person", ""),
        others=tuple(dict.fromkeys(request.form.getlist("others"))),
        reason=request.form.get("reason", "").strip(),
        since=day_sent("since"),
        until=day_sent("until"),
        until_given=bool(request.form.get("until", "").strip()),
    )
    try:
        with transaction() as opened:
            enter_bond(opened, asked, editor=editor(), now=now())
    except InputInvalid as invalid:
        return _draw(site, by_field(invalid)), 422
    flash(_("It is kept. Rosters are made by it from now on; those made already stay."), "ok")
    return redirect(url_for("duty_bonds.of_site", site=site))


@blueprint.post("/<int:bond_id>/end")
@roles(*OFFICERS)
def end(bond_id: int) -> Response:
    """Let a pairing or separation bind nobody any more."""
    with transaction() as opened:
        site = end_bond(opened, bond_id, editor=editor(), now=now())
    flash(_("It is ended. Rosters made already stay as they are."), "ok")
    return redirect(url_for("duty_bonds.of_site", site=site))


def _draw(site: str, faults: Mapping[str, str] | None = None) -> str:
    site_in_scope(site)
    here = viewer()
    row = site_by_key(session(), here.organisation, site)
    people = people_to_stand(session(), here.organisation, site)
    return render_template(
        "duty_bonds/of_site.html",
        site=site,
        site_name=row.name,
        sites=staffed_sites(session(), here.organisation, here.sites),
        lines=bonds_at(session(), row, today()),
        people=[(key, words(name)) for key, name in people],
        may_enter=here.role in OFFICERS,
        kinds=_kind_words(),
        faults=faults or {},
        typed=request.form,
    )


def _kind_words() -> list[tuple[str, str]]:
    return [("with", _("Only beside one of the others")), ("apart", _("Kept apart"))]
