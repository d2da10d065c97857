"""The form of an account: what it offers, and what was sent."""

from typing import Any

from flask import request

from inspections.accounts import ROLES
from inspections.one_piece import site_names
from inspections.rounds.names import people_names
from inspections.signing_in.account_entry import AccountEntry
from inspections.signing_in.listing import AccountLine
from web.authentication import ROLE_WORDS, viewer
from web.database import session
from web.preferences import words


def entry_sent() -> AccountEntry:
    """Return what was filled in; the use case says what is wrong with it."""
    form = request.form
    return AccountEntry(
        name=form.get("name", ""),
        role=form.get("role", ""),
        person=form.get("person") or None,
        sites=tuple(form.getlist("sites")),
        email=form.get("email") or None,
    )


def entry_of(line: AccountLine) -> AccountEntry:
    """Return an account as the form shows it."""
    return AccountEntry(line.name, line.role, line.person, line.sites, line.email)


def offered() -> dict[str, Any]:
    """Return the choices of the form."""
    people = people_names(session(), viewer().organisation)
    named = sorted(((key, words(name)) for key, name in people.items()), key=lambda one: one[1])
    return {
        "roles": [(role, ROLE_WORDS[role]) for role in ROLES],
        "people": named,
        "sites": site_choices(),
    }


def site_choices() -> list[tuple[str, str]]:
    """Return the sites that the administrator looks after."""
    names = site_names(session(), viewer().organisation)
    return [(key, words(name)) for key, name in names.items() if viewer().sees(key)]
