"""The cookie by which a registered tablet is known again, whoever signs in on it."""

from flask import current_app, request
from werkzeug.wrappers import Response

from inspections.accounts import Account
from inspections.database import Session
from inspections.signing_in.tablets import tablet_with

_COOKIE = "xj_tablet"
_YEARS = 2 * 365 * 24 * 60 * 60


def tablet_here(opened: Session, account: Account) -> int | None:
    """Return the number of the tablet this is, where the account's organisation registered it."""
    secret = request.cookies.get(_COOKIE)
    return tablet_with(opened, secret, organisation=account.organisation) if secret else None


def remember_tablet(response: Response, secret: str) -> None:
    """Let this browser be known as a registered tablet."""
    response.set_cookie(
        _COOKIE,
        secret,
        max_age=_YEARS,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
