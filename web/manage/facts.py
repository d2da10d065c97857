"""Edit the facts of a site, place, asset or post."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from inspections.edits import Edit
from inspections.errors import NotFound
from inspections.fact_edits import PieceFacts, SiteFacts
from inspections.one_piece import site_now
from inspections.queries.open_questions import open_questions
from rules.faults import InputInvalid
from rules.text import Text
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.fact_fields import FactField, definitions, fact_field, read_facts
from web.manage.faults import faults_by_field
from web.manage.flow import Page, Proposed, nothing_new, preview_page, returning
from web.preferences import words

_PIECES = frozenset({"place", "asset", "post"})
_WORD = Text(zh="部位或设备", en="place or asset")


@dataclass(frozen=True)
class Subject:
    """
    What facts speak of.

    Attributes:
        kind: `site`, `place`, `asset` or `post`.
    """

    site: str
    kind: str
    key: str
    name: Text
    site_name: Text
    facts: Mapping[str, Any]

    def edit(self, changed: Mapping[str, Any]) -> Edit:
        """Return the edit that sets the *changed* facts."""
        if self.kind == "site":
            return SiteFacts(self.site, changed)
        return PieceFacts(self.site, self.kind, self.key, changed)


def subject_of(site: str, kind: str, key: str) -> Subject:
    """
    Return the thing called *key* at a site in scope.

    Raises:
        NotFound: If the site has nothing of that kind and key.
    """
    site_in_scope(site)
    found = site_now(session(), viewer().organisation, site)
    if kind == "site":
        return Subject(site, kind, site, found.name, found.name, found.facts)
    pieces = getattr(found, f"{kind}s") if kind in _PIECES else ()
    piece = next((each for each in pieces if each.id == key), None)
    if piece is None:
        raise NotFound(_WORD, key)
    return Subject(site, kind, key, piece.name, found.name, piece.facts)


@blueprint.route("/sites/<site>/facts", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_facts(site: str) -> Page:
    """Edit the facts of a site."""
    return _facts(subject_of(site, "site", site))


@blueprint.route("/sites/<site>/<any(place, asset, post):kind>/<key>", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_piece(site: str, kind: str, key: str) -> Page:
    """Edit the facts of a place, asset or post."""
    return _facts(subject_of(site, kind, key))


def _facts(subject: Subject) -> Page:
    if request.method != "POST":
        return _form(subject)
    if returning():
        return _form(subject, request.form)
    wanted = definitions(subject.kind)
    read = read_facts(wanted, request.form, subject.facts)
    if read.faults:
        return _form(subject, request.form, read.faults), 422
    if not read.changed:
        return _form(subject, request.form, nothing_new(wanted[0].name)), 422
    asked = Proposed(
        [subject.edit(read.changed)],
        _("Facts of %(name)s", name=words(subject.name)),
        url_for("manage.site", site=subject.site),
        _("The facts of %(name)s are saved and the plan follows them.", name=words(subject.name)),
    )
    try:
        return preview_page(asked)
    except InputInvalid as invalid:
        fields = {each.name: each.name for each in wanted}
        names = {each.rsplit(".", 1)[-1]: each for each in fields}
        faults = faults_by_field(invalid, names, other=wanted[0].name)
        return _form(subject, request.form, faults), 422


def _form(
    subject: Subject,
    form: MultiDict[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> str:
    asked = _asked_for(subject)
    groups: dict[str, list[FactField]] = {"asked": [], "figures": [], "yes-no": []}
    for definition in definitions(subject.kind):
        field = fact_field(definition, subject.facts, form, faults)
        fallback = "yes-no" if field.kind == "boolean" else "figures"
        groups["asked" if definition.name in asked else fallback].append(field)
    return render_template("manage/facts.html", subject=subject, groups=groups, faults=faults or {})


def _asked_for(subject: Subject) -> set[str]:
    waiting = open_questions(session(), viewer().organisation, scope=(subject.site,))
    return {each.fact for each in waiting if each.fact and each.target == subject.key}
