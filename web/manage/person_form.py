"""Edit a person, add one, or end their time here."""

import re
from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from inspections.edits import PersonEdit, PersonLeaves
from inspections.one_piece import site_names
from rules.faults import InputInvalid
from rules.organisation.model import Person
from rules.text import Text
from rules.vocabulary import load_vocabulary
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.fact_fields import definitions, fact_field, read_facts
from web.manage.faults import faults_by_field
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, nothing_new, preview_page, returning
from web.manage.people import person_in_scope, place_names
from web.manage.value_words import DAYS, label, weekday
from web.preferences import words

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_FILLER = Text(zh="–", en="–")
_FIELDS = {
    name: name for name in ("id", "name", "sites", "roles", "minutes_per_day", "works", "email")
} | {each.name.rsplit(".", 1)[-1]: each.name for each in definitions("person")}


@blueprint.route("/people/<person>/edit", methods=["GET", "POST"])
@roles(*OFFICERS)
def person_edit(person: str) -> Page:
    """Edit roles, sites, days, minutes and facts of a person."""
    return _page(person_in_scope(person))


@blueprint.route("/new-person", methods=["GET", "POST"])
@roles(*OFFICERS)
def person_new() -> Page:
    """Add a person."""
    return _page(None)


@blueprint.route("/people/<person>/leave", methods=["GET", "POST"])
@roles(*OFFICERS)
def person_leave(person: str) -> Page:
    """Ask whether a person leaves, then show what becomes uncovered."""
    shown = person_in_scope(person)
    if request.method != "POST" or returning():
        return render_template("manage/leave.html", shown=shown, faults={})
    name = words(shown.name)
    asked = Proposed(
        [PersonLeaves(person)],
        _("%(name)s leaves", name=name),
        url_for("manage.people"),
        _("%(name)s is no longer planned. Their records stay.", name=name),
    )
    try:
        return preview_page(asked)
    except InputInvalid as invalid:
        faults = faults_by_field(invalid, {}, other="leave")
        faults["leave"] = _(
            "%(name)s still keeps or maintains something. Name somebody else there first.",
            name=name,
        )
        return render_template("manage/leave.html", shown=shown, faults=faults), 422


def _page(before: Person | None) -> Page:
    if request.method != "POST":
        return _form(before)
    if returning():
        return _form(before, request.form)
    reader = FormReader(request.form)
    person, facts = _read(reader, before)
    faults = {**reader.faults, **facts}
    if not faults and person == before:
        faults = nothing_new("name")
    if faults:
        return _form(before, request.form, faults), 422
    name = words(person.name)
    asked = Proposed(
        [PersonEdit(person)],
        name if before else _("New: %(name)s", name=name),
        url_for("manage.person", person=person.id),
        _("%(name)s is saved and the plan follows.", name=name),
    )
    try:
        return preview_page(asked)
    except InputInvalid as invalid:
        found = faults_by_field(invalid, _FIELDS, other="name")
        return _form(before, request.form, found), 422


def _read(reader: FormReader, before: Person | None) -> tuple[Person, dict[str, str]]:
    shown = words(before.name) if before else ""
    name = reader.words("name", label("name"), before.name if before else None, shown)
    key = before.id if before else _new_key(reader)
    sites = reader.many("sites", label("sites"), _sites(), required=True)
    # Sites out of scope are not in the form and stay as they are.
    sites += tuple(site for site in (before.sites if before else ()) if site not in _sites())
    jobs = reader.many("roles", label("roles"), [value for value, _words in _roles()])
    minutes = reader.whole("minutes_per_day", label("minutes_per_day"), (0, 1440))
    works = reader.many("works", label("works"), DAYS)
    stored: Mapping[str, Any] = before.facts if before else {}
    facts = read_facts(definitions("person"), reader.form, stored)
    merged = {**stored, **facts.changed}
    update: dict[str, Any] = {
        "id": key,
        "name": name or _FILLER,
        "sites": _same_order(sites, before.sites if before else ()),
        "roles": _same_order(jobs, before.roles if before else ()),
        "minutes_per_day": minutes or 0,
        "works": works,
        "email": reader.mail("email", label("email")),
        "facts": {fact: value for fact, value in merged.items() if value is not None},
    }
    if before is not None:
        here = place_names(sites)
        update["prefers"] = tuple(place for place in before.prefers if place in here)
        return before.model_copy(update=update), facts.faults
    return Person.model_construct(**update), facts.faults


def _same_order(chosen: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """Return *chosen*, kept as they stood, so that an untouched list is no change."""
    kept = [one for one in before if one in chosen]
    return (*kept, *(one for one in chosen if one not in kept))


def _new_key(reader: FormReader) -> str:
    raw = reader.form.get("id", "").strip()
    if not _KEY.fullmatch(raw):
        reader.faults["id"] = _(
            "Short name: use small letters, digits and hyphens, for example li-ming."
        )
    return raw


def _sites() -> dict[str, str]:
    names = site_names(session(), viewer().organisation)
    return {key: words(name) for key, name in names.items() if viewer().sees(key)}


def _roles() -> list[tuple[str, str]]:
    choices = load_vocabulary()["person.roles"].choices
    return [(choice.value, words(choice.title)) for choice in choices]


def _form(
    before: Person | None,
    form: MultiDict[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> str:
    stored: Mapping[str, Any] = before.facts if before else {}
    return render_template(
        "manage/person_form.html",
        before=before,
        values=_typed(form) if form is not None else _stored(before),
        faults=faults or {},
        sites=list(_sites().items()),
        roles=_roles(),
        days=[(day, weekday(day)) for day in DAYS],
        facts=[fact_field(each, stored, form, faults) for each in definitions("person")],
        label=label,
    )


def _typed(form: MultiDict[str, str]) -> dict[str, Any]:
    lists = {name: form.getlist(name) for name in ("sites", "roles", "works")}
    return {**{n: form.get(n, "") for n in ("id", "name", "minutes_per_day", "email")}, **lists}


def _stored(before: Person | None) -> dict[str, Any]:
    if before is None:
        sites = list(_sites())
        return {
            "id": "",
            "name": "",
            "minutes_per_day": "240",
            "sites": sites if len(sites) == 1 else [],
            "roles": [],
            "works": DAYS[:5],
            "email": "",
        }
    return {
        "id": before.id,
        "name": words(before.name),
        "minutes_per_day": str(before.minutes_per_day),
        "sites": before.sites,
        "roles": before.roles,
        "works": before.works,
        "email": before.email or "",
    }
