"""Change one's own password."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.signing_in.one_time_links import OldPasswordWrong, change_password
from inspections.signing_in.passwords import LEAST, PasswordsDiffer
from web.access import for_contractors
from web.account.blueprint import blueprint
from web.account.signing_in import begin
from web.authentication import viewer
from web.database import now, transaction
from web.errors import status_of
from web.limits import check, count
from web.preferences import words


@blueprint.route("/password", methods=["GET", "POST"])
@for_contractors
def password() -> Response | tuple[str, int] | str:
    """Show the form; take the present password and a new one."""
    if request.method != "POST":
        return _form()
    account = viewer().account
    who = f"account/{account.id}"
    check("SIGN_IN_LIMIT", "password", who)
    given = {name: request.form.get(name, "") for name in ("old", "password", "repeated")}
    try:
        with transaction() as opened:
            change_password(opened, account, **given, now=now())
    except Refused as refusal:
        if isinstance(refusal, OldPasswordWrong):
            count("SIGN_IN_LIMIT", "password", who)
        return _form({field_of(refusal): words(refusal.text)}), status_of(refusal)
    begin(account, how="password")
    flash(_("Your password is changed. Everywhere else you are signed out."), "ok")
    return redirect(url_for("account.show"))


def field_of(refusal: Refused) -> str:
    """Return the field of a form for a new password that a refusal is about."""
    if isinstance(refusal, OldPasswordWrong):
        return "old"
    return "repeated" if isinstance(refusal, PasswordsDiffer) else "password"


def _form(faults: dict[str, str] | None = None) -> str:
    return render_template("account/password.html", faults=faults or {}, least=LEAST)
