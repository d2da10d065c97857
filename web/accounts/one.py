"""One account: what it may do, whether it may sign in, and where it is signed in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import NotFound, Refused
from inspections.signing_in import desk
from inspections.signing_in.account_entry import AccountEntry, EntryWrong
from inspections.signing_in.listing import AccountLine, one_account
from web.accounts.blueprint import blueprint
from web.accounts.form import entry_of, entry_sent, offered
from web.authentication import ADMINISTRATOR, roles, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.preferences import words


@blueprint.route("/<int:account>", methods=["GET", "POST"])
@roles(ADMINISTRATOR)
def one(account: int) -> Response | tuple[str, int] | str:
    """Show an account; take role, person, sites and e-mail."""
    line = _line(account)
    if request.method != "POST":
        return _page(line, entry_of(line))
    entry = entry_sent()
    try:
        with transaction() as opened:
            desk.change_account(opened, account, entry, by=viewer().account, now=now())
    except EntryWrong as refusal:
        faults = {name: words(text) for name, text in refusal.faults.items()}
        return _page(line, entry, faults), 422
    except NotFound:
        raise
    except Refused as refusal:
        return _page(line, entry, {"role": words(refusal.text)}), status_of(refusal)
    flash(_("Saved. It holds from the next page on."), "ok")
    return redirect(url_for("accounts.one", account=account))


@blueprint.post("/<int:account>/deactivate")
@roles(ADMINISTRATOR)
def deactivate(account: int) -> Response:
    """Let nobody sign in with it, and sign it out everywhere."""
    with transaction() as opened:
        desk.set_active(opened, account, active=False, by=viewer().account, now=now())
    flash(_("The account is deactivated and signed out everywhere."), "ok")
    return redirect(url_for("accounts.one", account=account))


@blueprint.post("/<int:account>/reactivate")
@roles(ADMINISTRATOR)
def reactivate(account: int) -> Response:
    """Let it in again."""
    with transaction() as opened:
        desk.set_active(opened, account, active=True, by=viewer().account, now=now())
    flash(_("The account may sign in again."), "ok")
    return redirect(url_for("accounts.one", account=account))


@blueprint.post("/<int:account>/sign-out")
@roles(ADMINISTRATOR)
def sign_out(account: int) -> Response:
    """Sign it out everywhere."""
    with transaction() as opened:
        desk.sign_out_everywhere(opened, account, by=viewer().account, now=now())
    flash(_("Signed out everywhere."), "ok")
    return redirect(url_for("accounts.one", account=account))


def _line(account: int) -> AccountLine:
    return one_account(session(), account, by=viewer().account, now=now())


def _page(line: AccountLine, entry: AccountEntry, faults: dict[str, str] | None = None) -> str:
    return render_template(
        "accounts/one.html", line=line, entry=entry, faults=faults or {}, **offered()
    )
