"""Withdraw a registered tablet."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.signing_in.tablets import withdraw_tablet
from web.accounts.blueprint import blueprint
from web.authentication import ADMINISTRATOR, roles, viewer
from web.database import now, transaction


@blueprint.post("/tablets/<int:tablet>/withdraw")
@roles(ADMINISTRATOR)
def tablet_withdraw(tablet: int) -> Response:
    """Withdraw it and sign out who is signed in on it."""
    with transaction() as opened:
        withdraw_tablet(opened, tablet, by=viewer().account, now=now())
    flash(_("The tablet is withdrawn; who was signed in on it is signed out."), "ok")
    return redirect(url_for("accounts.accounts"))
