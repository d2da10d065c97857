"""The list of accounts, with when each was used last."""

from functools import partial

from flask import render_template, request

from inspections.rounds.names import people_names, person_text
from inspections.signing_in.listing import AccountLine, accounts_of
from inspections.signing_in.sessions import ON_A_TABLET
from inspections.signing_in.tablets import tablets_of
from web.accounts.blueprint import blueprint
from web.accounts.form import site_choices
from web.authentication import ADMINISTRATOR, roles, viewer
from web.database import now, session
from web.preferences import words


@blueprint.get("/")
@roles(ADMINISTRATOR)
def accounts() -> str:
    """List the accounts in scope; a part of a name narrows them down."""
    search = request.args.get("q", "").strip()
    found = accounts_of(session(), by=viewer().account, now=now())
    return render_template(
        "accounts/list.html",
        total=len(found),
        rows=[each for each in found if _fits(each, search.casefold())],
        search=search,
        sites=dict(site_choices()),
        tablets=tablets_of(session(), viewer().account, now=now()),
        by=partial(person_text, people_names(session(), viewer().organisation)),
        days=ON_A_TABLET.days,
    )


def _fits(line: AccountLine, search: str) -> bool:
    named = (line.name, words(line.person_name), line.email or "")
    return any(search in each.casefold() for each in named)
