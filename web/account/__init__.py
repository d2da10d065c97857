"""Signing in and out, and the page where a person sets language and theme."""

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from inspections import accounts
from inspections.demo_accounts import PASSWORD, demo_accounts
from inspections.errors import Refused
from web import authentication, database
from web.access import public
from web.authentication import OFFICERS
from web.errors import status_of
from web.preferences import local_path, words

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")


def init_app(app: Flask) -> None:
    """Register the pages and the start page, which leads everybody to their own."""
    app.register_blueprint(blueprint)
    app.add_url_rule("/", "home", public(home))


def home() -> Response:
    """Lead inspectors to Today, officers to the coverage map, strangers to the sign-in page."""
    if not current_user.is_authenticated:
        return redirect(url_for("account.sign_in"))
    if current_user.role in OFFICERS and "officer.coverage" in current_app.view_functions:
        return redirect(url_for("officer.coverage"))
    return redirect(url_for("inspector.today"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int] | str:
    """Show the form; take name and password."""
    if request.method == "GET":
        return _form(request.args.get("next", "/"))
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    target = request.form.get("next", "/")
    faults = {
        **({} if name else {"name": _("Enter your account")}),
        **({} if password else {"password": _("Enter your password")}),
    }
    if faults:
        return _form(target, name, faults), 422
    try:
        found = authentication.sign_in(name, password)
    except Refused as refusal:
        return _form(target, name, {"password": words(refusal.text)}), status_of(refusal)
    login_user(found, remember=False)
    return redirect(local_path(target))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    logout_user()
    return redirect(url_for("account.sign_in"))


@blueprint.get("/")
def show() -> str:
    """Show who is signed in, and the switches."""
    names = accounts.site_names(database.session(), authentication.viewer().account)
    return render_template("account/show.html", sites=_(", ").join(map(words, names)))


def _form(target: str, name: str = "", faults: dict[str, str] | None = None) -> str:
    demo = demo_accounts(database.session()) if current_app.config["DEMO"] else ()
    shown = {"target": target, "name": name, "faults": faults or {}, "demo": demo}
    return render_template("account/sign_in.html", **shown, demo_password=PASSWORD)
