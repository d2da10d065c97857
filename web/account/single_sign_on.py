"""
Single sign-on over OpenID Connect.

Authlib keeps state, nonce and the PKCE verifier in the session and checks them at the return; who
comes back is matched with an account that an administrator made, and none is ever made here.
"""

from typing import Any

from flask import current_app, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.signing_in.single_sign_on import Identity, account_of_identity
from web.access import public
from web.account import oidc
from web.account.blueprint import blueprint
from web.account.signing_in import begin, form
from web.database import now, transaction
from web.errors import status_of
from web.preferences import local_path, words
from web.proxies import public_address

_NEXT = "sign_on_next"


@blueprint.get("/sign-on")
@public
def sign_on() -> Response | tuple[str, int]:
    """Lead to the provider."""
    client = oidc.client()
    target = cookie[_NEXT] = local_path(request.args.get("next", "/"))
    try:
        away: Response = client.authorize_redirect(_return_address())
    except oidc.faults() as error:
        return _failed(target, error, 503)
    return away


@blueprint.get("/sign-on/back")
@public
def sign_on_back() -> Response | tuple[str, int]:
    """Take who comes back, and sign in the account that was made for them."""
    client = oidc.client()
    target = local_path(cookie.get(_NEXT, "/"))
    try:
        token: dict[str, Any] = client.authorize_access_token()
    except oidc.faults() as error:
        return _failed(target, error, 401)
    try:
        with transaction() as opened:
            account = account_of_identity(opened, _identity(token), now=now())
    except Refused as refusal:
        return form(target, faults={"name": words(refusal.text)}), status_of(refusal)
    begin(account, how="single-sign-on")
    return redirect(target)


def _failed(target: str, error: Exception, status: int) -> tuple[str, int]:
    current_app.logger.warning("A sign-on did not work: %s", error)
    sentence = _("The sign-on did not work. Please try again, or use your password.")
    return form(target, faults={"name": sentence}), status


def _return_address() -> str:
    return public_address() + url_for("account.sign_on_back").removeprefix(request.root_path)


def _identity(token: dict[str, Any]) -> Identity:
    claims = token["userinfo"]
    return Identity(
        issuer=claims["iss"],
        subject=claims["sub"],
        email=claims.get("email"),
        email_verified=claims.get("email_verified") is True,
    )
