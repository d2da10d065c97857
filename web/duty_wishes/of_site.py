"""The wishes of the people of a site for its rosters; officers enter those told to them."""

from collections.abc import Mapping
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.duty_wishes.listing import wishes_at
from inspections.duty_wishes.shifts_offered import people_to_stand, shifts_offered
from inspections.lookup import site_by_key
from inspections.queries.roster_week import monday_of, staffed_sites
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.duty_wishes.blueprint import blueprint
from web.duty_wishes.form import PLANNERS, entered, kind_words, shift_options, shift_words
from web.formatting import today
from web.preferences import words


@blueprint.get("/site/<site>", endpoint="of_site")
@roles(*PLANNERS)
def show(site: str) -> str:
    """Show the wishes from this week on, with what the newest roster makes of them."""
    return _draw(site)


@blueprint.post("/site/<site>")
@roles(*OFFICERS)
def enter_for(site: str) -> Response | tuple[str, int]:
    """Keep a wish that somebody of the site told."""
    site_in_scope(site)
    site_by_key(session(), viewer().organisation, site)
    person = request.form.get("person", "")
    if person not in {key for key, _name in _people(site)}:
        return _draw(site, {"person": _("Person: choose one.")}), 422
    faults = entered(person)
    if faults:
        return _draw(site, faults), 422
    flash(_("The wish is kept. The next roster meets it where that costs nobody else."), "ok")
    return redirect(url_for("duty_wishes.of_site", site=site))


def _draw(site: str, faults: Mapping[str, str] | None = None) -> str:
    site_in_scope(site)
    here = viewer()
    row = site_by_key(session(), here.organisation, site)
    sites = staffed_sites(session(), here.organisation, here.sites)
    return render_template(
        "duty_wishes/of_site.html",
        site=site,
        site_name=row.name,
        sites=sites,
        lines=wishes_at(session(), here.organisation, site, monday_of(today())),
        people=_people(site),
        may_enter=here.role in OFFICERS,
        shifts=shift_options(shifts_offered(session(), here.organisation, (site,))),
        kinds=kind_words(),
        shift_words=shift_words,
        faults=faults or {},
        typed=request.form,
        new_id=str(uuid4()),
    )


def _people(site: str) -> list[tuple[str, str]]:
    found = people_to_stand(session(), viewer().organisation, site)
    return [(key, words(name)) for key, name in found]
