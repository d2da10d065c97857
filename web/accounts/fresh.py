"""A link that was just made: shown once, as text to copy and as a code to scan."""

import segno
from flask import render_template, request, url_for
from markupsafe import Markup

from inspections.signing_in.account_entry import AccountEntry, EntryWrong
from inspections.signing_in.desk import invite, new_link
from inspections.signing_in.listing import one_account
from web.accounts.blueprint import blueprint
from web.accounts.form import entry_sent, offered
from web.authentication import ADMINISTRATOR, roles, viewer
from web.database import now, session, transaction
from web.preferences import words
from web.proxies import public_address

_EMPTY = AccountEntry("", "inspector", None, (), None)


@blueprint.route("/new", methods=["GET", "POST"])
@roles(ADMINISTRATOR)
def new() -> tuple[str, int] | str:
    """Invite somebody: make the account and the link that opens it."""
    if request.method != "POST":
        return _form(_EMPTY, {})
    entry = entry_sent()
    try:
        with transaction() as opened:
            account, secret = invite(opened, entry, by=viewer().account, now=now())
    except EntryWrong as refusal:
        return _form(entry, {name: words(text) for name, text in refusal.faults.items()}), 422
    return shown(account, secret)


@blueprint.post("/<int:account>/link")
@roles(ADMINISTRATOR)
def link(account: int) -> str:
    """Make a link to choose a password: the invitation anew, or a reset."""
    with transaction() as opened:
        secret = new_link(opened, account, by=viewer().account, now=now())
    return shown(account, secret)


def shown(account: int, secret: str) -> str:
    """Return the page with the link; nothing keeps the secret but what is on it."""
    path = url_for("account.link", secret=secret).removeprefix(request.root_path)
    url = public_address() + path
    code = segno.make(url, error="m").svg_inline(scale=1, border=0, omitsize=True)
    return render_template(
        "accounts/fresh.html",
        line=one_account(session(), account, by=viewer().account, now=now()),
        url=url,
        code=Markup(code),  # noqa: S704 - made here
    )


def _form(entry: AccountEntry, faults: dict[str, str]) -> str:
    return render_template("accounts/new.html", entry=entry, faults=faults, **offered())
