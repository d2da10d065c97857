"""The list of people, and one person with certificates and absences."""

from collections.abc import Collection

from flask import abort, render_template, request, url_for

from inspections.one_piece import person_now, site_names
from inspections.queries.organisation_lists import people_page
from inspections.queries.place_choices import place_choices
from rules.organisation.model import Person
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.formatting import today
from web.manage.blueprint import blueprint
from web.manage.fact_fields import definitions
from web.manage.value_words import certificate, value_words
from web.preferences import words


@blueprint.get("/people")
@roles(*OFFICERS)
def people() -> str:
    """Show the people of the sites in scope."""
    search, number = request.args.get("q", ""), request.args.get("page", 1, int)
    here = viewer()
    found = people_page(
        session(), here.organisation, search=search, number=number, on=today(), scope=here.sites
    )
    return render_template(
        "manage/people.html",
        found=found,
        search=search,
        url=lambda page: url_for("manage.people", q=search, page=page),
        names=site_names(session(), here.organisation),
        value_words=value_words,
    )


@blueprint.get("/people/<person>")
@roles(*OFFICERS)
def person(person: str) -> str:
    """Show one person."""
    shown = person_in_scope(person)
    facts = [
        (words(each.title), value_words(each.name, shown.facts[each.name]))
        for each in definitions("person")
        if each.name in shown.facts
    ]
    return render_template(
        "manage/person.html",
        shown=shown,
        facts=facts,
        names=site_names(session(), viewer().organisation),
        certificate=certificate,
        value_words=value_words,
        place_names=place_names(shown.sites),
    )


def place_names(sites: Collection[str]) -> dict[str, str]:
    """Return the names of the places of *sites* by key."""
    found = place_choices(session(), viewer().organisation, sites)
    return {key: words(name) for places in found.values() for key, name in places}


def person_in_scope(key: str) -> Person:
    """Return the person; answers 404 where none of their sites is in scope."""
    shown = person_now(session(), viewer().organisation, key)
    if not any(map(viewer().sees, shown.sites)):
        abort(404)
    return shown
