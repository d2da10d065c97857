"""Certificates of a person."""

import re
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from inspections.edits import Certificates
from rules.organisation.model import Certificate, Person
from rules.vocabulary import load_vocabulary
from web.authentication import OFFICERS, roles
from web.manage.blueprint import blueprint
from web.manage.fields import FormReader
from web.manage.flow import Page
from web.manage.listed import Entry, Listing, listed_page
from web.manage.people import person_in_scope
from web.manage.value_words import certificate
from web.preferences import words
from web.rulebook import rulebook

_KIND = re.compile(r"[a-z0-9][a-z0-9-]*")


@blueprint.route("/people/<person>/certificates/<which>", methods=["GET", "POST"])
@roles(*OFFICERS)
def person_certificate(person: str, which: str) -> Page:
    """Add, change or remove a certificate."""
    shown = person_in_scope(person)
    name = words(shown.name)
    listing = Listing(
        owner=shown.name,
        back=url_for("manage.person", person=person),
        title=_("Certificate of %(name)s", name=name),
        said=_("The certificate of %(name)s is saved and the plan follows it.", name=name),
        pieces=shown.qualifications,
        entries=_entries(shown),
        read=_read,
        values=_values,
        edit=lambda pieces: Certificates(person, pieces),
    )
    return listed_page(listing, which)


def _entries(shown: Person) -> list[Entry]:
    return [
        Entry("kind", _("Kind"), "choice", options=_kinds(shown)),
        Entry("number", _("Number"), required=False),
        Entry("since", _("Valid from"), "date"),
        Entry("until", _("Valid until"), "date", _("Empty: without end."), required=False),
    ]


def _kinds(shown: Person) -> list[tuple[str, str]]:
    """Return the kinds that rules ask for, the known ones, and those the person holds."""
    wanted = {
        kind
        for rule in rulebook().rules.values()
        for version in rule.versions
        for kind in version.people.qualifications
    }
    held = {each.kind for each in shown.qualifications}
    known = [choice.value for choice in load_vocabulary()["person.qualifications"].choices]
    kinds = [*known, *sorted((wanted | held) - {*known})]
    return [("", _("choose one")), *((kind, certificate(kind)) for kind in kinds)]


def _read(reader: FormReader, _before: Any) -> Certificate | None:
    kind = reader.form.get("kind", "")
    if not _KIND.fullmatch(kind):
        reader.faults["kind"] = _("Kind: choose one.")
    number = reader.text("number", _("Number"), required=False)
    since, until = reader.span(_("Valid from"), _("Valid until"), open_end=True)
    if since is None:
        return None
    return Certificate.model_construct(
        kind=kind or "unknown", number=number, since=since, until=until
    )


def _values(piece: Certificate) -> dict[str, str]:
    until = piece.until.isoformat() if piece.until else ""
    return {
        "kind": piece.kind,
        "number": piece.number or "",
        "since": piece.since.isoformat(),
        "until": until,
    }
