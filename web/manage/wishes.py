"""Edit which places a person would rather check than others."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspections.one_piece import site_names
from inspections.queries.place_choices import place_choices
from inspections.round_edits import Wishes
from rules.organisation.model import Person
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, nothing_new, preview_page, returning
from web.manage.people import person_in_scope
from web.preferences import words

Choices = list[tuple[str, list[tuple[str, str]]]]


@blueprint.route("/people/<person>/wishes", methods=["GET", "POST"])
@roles(*OFFICERS)
def person_wishes(person: str) -> Page:
    """Choose places of a person's sites."""
    shown = person_in_scope(person)
    choices = _choices(shown)
    if request.method != "POST":
        return _form(shown, choices, shown.prefers)
    reader = FormReader(request.form)
    offered = [place for _site, places in choices for place, _name in places]
    chosen = reader.many("prefers", _("Wishes"), offered)
    if returning():
        return _form(shown, choices, chosen)
    # What stands in sites out of scope is not in the form and stays.
    kept = [place for place in shown.prefers if place in chosen or place not in offered]
    wanted = (*kept, *(place for place in chosen if place not in kept))
    faults = reader.faults or (nothing_new("prefers") if wanted == shown.prefers else {})
    if faults:
        return _form(shown, choices, chosen, faults), 422
    name = words(shown.name)
    asked = Proposed(
        [Wishes(person, wanted)],
        _("Wishes of %(name)s", name=name),
        url_for("manage.person", person=person),
        _("The wishes of %(name)s are saved and the plan follows them.", name=name),
    )
    return preview_page(asked)


def _choices(person: Person) -> Choices:
    """Return the places by site; a key that two sites use is offered once and means both."""
    here = viewer()
    sites = [site for site in person.sites if here.sees(site)]
    names = site_names(session(), here.organisation)
    found = place_choices(session(), here.organisation, sites)
    first: dict[str, str] = {}
    for site in sites:
        first |= {key: site for key, _name in found[site] if key not in first}
    return [
        (
            words(names[site]),
            [(key, words(name)) for key, name in found[site] if first[key] == site],
        )
        for site in sites
        if found[site]
    ]


def _form(
    shown: Person,
    choices: Choices,
    chosen: tuple[str, ...],
    faults: dict[str, str] | None = None,
) -> str:
    return render_template(
        "manage/wishes.html", shown=shown, choices=choices, chosen=chosen, faults=faults or {}
    )
