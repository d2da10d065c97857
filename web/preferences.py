"""Language and theme: the person's choice, kept on the account, in the session and in a cookie."""

import re
from typing import Literal, cast

from flask import Blueprint, Flask, g, redirect, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from inspections.accounts import set_preferences
from inspections.security_log import note_refusal
from rules.text import Language, Text
from web.access import public
from web.database import transaction

Theme = Literal["light", "dark", "auto"]
LANGUAGE_COOKIE = "xj_language"
THEME_COOKIE = "xj_theme"
# Browsers drop tabs and line ends and take a backslash for a slash before they read an address.
_LOCAL = re.compile(r"/(?!/)[^\x00-\x20\\]*")
_YEAR = 365 * 24 * 60 * 60

blueprint = Blueprint("preferences", __name__, url_prefix="/preferences")


def init_app(app: Flask) -> None:
    """Register the switches and give templates the choices."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        language=language, theme=theme, html_lang=html_lang, other_language=other_language
    )
    app.jinja_env.filters["words"] = words


def language() -> Language:
    """Return the language of this request: `zh` or `en`."""
    if "language" not in g:
        g.language = _chosen_language()
    return cast("Language", g.language)


def _chosen_language() -> Language:
    account = getattr(current_user, "language", None)
    choices = (session.get("language"), request.cookies.get(LANGUAGE_COOKIE), account)
    for choice in choices:
        if choice in {"zh", "en"}:
            return cast("Language", choice)
    return "zh"


def other_language() -> Language:
    """Return the language that the switch offers."""
    return "en" if language() == "zh" else "zh"


def html_lang() -> str:
    """Return the value of the page's `lang` attribute; without it Chinese may be drawn wrong."""
    return "zh-CN" if language() == "zh" else "en"


def words(text: Text | None) -> str:
    """Return *text* in the language of this request; nothing for nothing."""
    return "" if text is None else text.in_language(language())


def theme() -> Theme:
    """Return the person's choice; `auto` follows the device."""
    choice = request.cookies.get(THEME_COOKIE) or getattr(current_user, "theme", "auto")
    return cast("Theme", choice) if choice in {"light", "dark"} else "auto"


@blueprint.post("/language")
@public
def set_language() -> Response:
    """Change the language and return to where the person was."""
    choice = request.form.get("language")
    response = redirect(_back())
    if choice in {"zh", "en"}:
        session["language"] = choice
        _keep(language=choice)
        response.set_cookie(LANGUAGE_COOKIE, choice, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


@blueprint.post("/theme")
@public
def set_theme() -> Response:
    """Change the theme and return to where the person was."""
    choice = request.form.get("theme", "auto")
    response = redirect(_back())
    if choice in {"light", "dark", "auto"}:
        _keep(theme=choice)
        response.set_cookie(THEME_COOKIE, choice, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


def _keep(**choice: str) -> None:
    """Keep the choice with the account of whoever is signed in."""
    if current_user.is_authenticated:
        with transaction() as opened:
            set_preferences(opened, current_user.id, **choice)


def _back() -> str:
    return local_path(request.form.get("next", "/"))


def local_path(target: str) -> str:
    """Return *target* where it is a path of ours, else the start page; the security log is told."""
    if _LOCAL.fullmatch(target):
        return target
    note_refusal("leads-elsewhere", target=target[:200])
    return "/"
