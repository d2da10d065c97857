"""The list of sites, and one site with its facts, calendar and what stands in it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for

from inspections.one_piece import site_now
from inspections.queries.open_questions import open_questions
from inspections.queries.organisation_lists import matching, sites_page
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.fact_fields import definitions
from web.manage.value_words import value_words
from web.preferences import words
from web.tasks.stopped import stops_here

_LONG = 12


@blueprint.get("/")
@blueprint.get("/sites")
@roles(*OFFICERS)
def sites() -> str:
    """Show the sites in scope."""
    search, number = request.args.get("q", ""), request.args.get("page", 1, int)
    here = viewer()
    found = sites_page(session(), here.organisation, search=search, number=number, scope=here.sites)
    return render_template(
        "manage/sites.html",
        found=found,
        search=search,
        url=lambda page: url_for("manage.sites", q=search, page=page),
        kind=lambda value: value_words("site.kind", value) if value else "",
    )


@blueprint.get("/sites/<site>")
@roles(*OFFICERS)
def site(site: str) -> str:
    """Show one site."""
    site_in_scope(site)
    here = viewer()
    shown = site_now(session(), here.organisation, site)
    search = request.args.get("q", "")
    fits = matching(search)
    waiting = open_questions(session(), here.organisation, scope=(site,))
    return render_template(
        "manage/site.html",
        shown=shown,
        search=search,
        searchable=len(shown.places) + len(shown.assets) > _LONG,
        places=[each for each in shown.places if fits(each.id, each.name)],
        assets=[each for each in shown.assets if fits(each.id, each.name)],
        posts=[each for each in shown.posts if fits(each.id, each.name)],
        known=_known("site", shown.facts),
        unknown=[words(each.title) for each in definitions("site") if each.name not in shown.facts],
        questions=len({(each.fact, each.rule) for each in waiting}),
        stopped={(kind, key) for stop in stops_here(site) for _, kind, key in stop.covers},
        opening=_opening(shown),
        place_names={each.id: each.name for each in shown.places},
        facts=lambda piece: _brief(piece.facts),
        value_words=value_words,
    )


def _known(target: str, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (words(each.title), value_words(each.name, facts[each.name]))
        for each in definitions(target)
        if each.name in facts
    ]


def _brief(facts: Mapping[str, Any]) -> str:
    shown = [value_words(name, value) for name, value in facts.items() if name.endswith(".kind")]
    return shown[0] if shown else ""


def _opening(shown: Any) -> list[str]:
    data = shown.calendar.model_dump(mode="json", by_alias=True)
    return [value_words("calendar.opening", [span]) for span in data["opening"]]
