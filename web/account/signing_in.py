"""Signing in and out: each sign-in begins a session of its own, whatever the browser held."""

from flask import current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from inspections.accounts import Account
from inspections.demo_accounts import PASSWORD, demo_accounts
from inspections.errors import Refused, WrongPassword
from inspections.signing_in.sessions import begin_session, leave
from web import authentication, database
from web.access import for_contractors, public
from web.account.blueprint import blueprint
from web.account.oidc import provider_name
from web.account.this_tablet import tablet_here
from web.authentication import Viewer, open_session
from web.database import now
from web.errors import status_of
from web.limits import check, count
from web.preferences import local_path, words

_LIMIT = "SIGN_IN_LIMIT"
_AREA = "sign-in"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int] | str:
    """Show the form; take name and password."""
    if request.method != "POST":
        return form(request.args.get("next", "/"))
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    target = request.form.get("next", "/")
    faults = {
        **({} if name else {"name": _("Enter your account")}),
        **({} if password else {"password": _("Enter your password")}),
    }
    if faults:
        return form(target, name, faults), 422
    try:
        found = _known(name, password)
    except Refused as refusal:
        return form(target, name, {"password": words(refusal.text)}), status_of(refusal)
    begin(found, how="password")
    return redirect(local_path(target))


@blueprint.post("/sign-out")
@for_contractors
def sign_out() -> Response:
    """End the session, here and in the record."""
    with database.transaction() as opened:
        leave(opened, open_session(), why="signed-out", now=now())
    logout_user()
    return redirect(url_for("account.sign_in"))


def begin(account: Account, *, how: str) -> None:
    """
    Sign the account in here.

    Nothing of the session before stays, so that who planted it has nothing; the one that the
    browser was signed in with ends in the record as well.
    """
    language = cookie.get("language")
    with database.transaction() as opened:
        if current_user.is_authenticated:
            leave(opened, open_session(), why="replaced", now=now())
        tablet = tablet_here(opened, account)
        secret = begin_session(opened, account, how=how, tablet=tablet, now=now())
    cookie.clear()
    if language:
        cookie["language"] = language
    # Elsewhere the cookie goes when the browser is closed.
    cookie.permanent = tablet is not None
    login_user(Viewer(account, secret))


def form(target: str, name: str = "", faults: dict[str, str] | None = None) -> str:
    """Return the page with the form."""
    demo = demo_accounts(database.session()) if current_app.config["DEMO"] else ()
    shown = {"target": target, "name": name, "faults": faults or {}, "demo": demo}
    sign_on = provider_name()
    return render_template("account/sign_in.html", **shown, demo_password=PASSWORD, sign_on=sign_on)


def _known(name: str, password: str) -> Account:
    """Return the account; only failures count for an address, since a school shares one."""
    who = f"address/{request.remote_addr}"
    check(_LIMIT, _AREA, who)
    try:
        return authentication.sign_in(name, password)
    except WrongPassword:
        count(_LIMIT, _AREA, who)
        raise
