"""Signing in and out, and the pages on which a person looks after their own account."""

from flask import Flask, current_app, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from web.access import public
from web.account import oidc, one_time_link, own, password, sessions, signing_in, single_sign_on
from web.account.blueprint import blueprint
from web.authentication import CONTRACTOR, OFFICERS

__all__ = ["one_time_link", "own", "password", "sessions", "signing_in", "single_sign_on"]


def init_app(app: Flask) -> None:
    """Register the pages and the start page, which leads everybody to their own."""
    oidc.init_app(app)
    app.register_blueprint(blueprint)
    app.add_url_rule("/", "home", public(home))


def home() -> Response:
    """Lead inspectors to Today, officers to the coverage map, strangers to the sign-in page."""
    if not current_user.is_authenticated:
        return redirect(url_for("account.sign_in"))
    if current_user.role == CONTRACTOR:
        return redirect(url_for("inspector.findings"))
    if current_user.role in OFFICERS and "officer.coverage" in current_app.view_functions:
        return redirect(url_for("officer.coverage"))
    return redirect(url_for("inspector.today"))
