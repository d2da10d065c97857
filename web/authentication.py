"""Who is looking: sign-in state, roles and the sites in scope."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from inspections import accounts
from inspections.accounts import Account
from inspections.audit import come_from, origin
from inspections.signing_in.sessions import NOTED_EVERY, OpenSession, note_use, session_with
from rules.text import Text
from web.database import now, session, transaction

P = ParamSpec("P")
R = TypeVar("R")

ADMINISTRATOR = "administrator"
CONTRACTOR = "contractor"
OFFICERS = frozenset({ADMINISTRATOR, "safety-officer"})
READERS = OFFICERS | {"team-lead", "responsible-person", "viewer"}

ROLE_WORDS: dict[str, LazyString] = {
    ADMINISTRATOR: lazy_pgettext("role", "Administrator"),
    "safety-officer": lazy_pgettext("role", "Safety officer"),
    "inspector": lazy_pgettext("role", "Inspector"),
    "team-lead": lazy_pgettext("role", "Team lead"),
    "responsible-person": lazy_pgettext("role", "Responsible person"),
    "viewer": lazy_pgettext("role", "Viewer"),
    CONTRACTOR: lazy_pgettext("role", "Outside contractor"),
}


class Viewer(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The signed-in person: an account, as Flask-Login wants to see it."""

    def __init__(self, account: Account, secret: str) -> None:
        self.account = account
        self._secret = secret
        self.id = account.id
        self.name = account.name
        self.role = account.role
        self.person_name: Text = account.person_name
        self.organisation = account.organisation
        self.organisation_name: Text = account.organisation_name
        self.time_zone = account.time_zone
        self.sites = account.sites
        self.language = account.language
        self.theme = account.theme

    @property
    def person(self) -> str:
        """Key of the person, or the account's name where it is nobody's; written into logs."""
        return self.account.person or self.account.name

    def get_id(self) -> str:
        """Return what the session cookie holds: the secret of a session of the record."""
        return self._secret

    def sees(self, site: str) -> bool:
        """Return whether the site with this key is in scope."""
        return not self.sites or site in self.sites


class Stranger(AnonymousUserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """Somebody who has not signed in."""

    role = None


def init_app(app: Flask) -> None:
    """Load the viewer of each request and send strangers to the sign-in page."""
    manager = LoginManager(app)
    manager.anonymous_user = Stranger
    # It would sign a tablet out whenever it moves from one network to another; a session of the
    # record is told by its secret, and can be ended there.
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_require_sign_in)
    app.jinja_env.globals["role_word"] = ROLE_WORDS.__getitem__


def viewer() -> Viewer:
    """Return the signed-in person; answers 403 where nobody is."""
    here = current_user._get_current_object()  # noqa: SLF001 - the documented way to unwrap
    if not isinstance(here, Viewer):
        abort(403)
    return here


def roles(*allowed: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open a view to these roles only; others are told that it is not part of their duties."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if viewer().role not in allowed:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate


def site_in_scope(site: str) -> None:
    """Answer 404 where the site with this key is out of the viewer's scope."""
    if not viewer().sees(site):
        abort(404)


def sign_in(name: str, password: str) -> Account:
    """
    Return the account where name and password belong together; a failure is kept.

    Raises:
        Refused: If they do not, or if too many wrong passwords came before.
    """
    opened = session()
    try:
        return accounts.sign_in(opened, name, password, now=now())
    finally:
        opened.commit()


def open_session() -> OpenSession:
    """Return the session of the record that this request came with; 403 where it has none."""
    viewer()
    found: OpenSession = g.open_session
    return found


def _load(secret: str) -> Viewer | None:
    found = session_with(session(), secret, now=now())
    if found is None:
        return None
    g.open_session = found
    if found.tablet is not None:
        come_from(replace(origin(), device=found.tablet))
    return Viewer(found.account, secret)


def _note_use() -> None:
    found = open_session()
    if now() - found.seen_at >= NOTED_EVERY:
        with transaction() as opened:
            note_use(opened, found.id, now=now())


def _open_to_contractors(marks: Mapping[str, object]) -> bool:
    return "is_public" in marks or "is_for_contractors" in marks


def _require_sign_in() -> Response | None:
    endpoint = request.endpoint
    if endpoint is not None and endpoint.endswith("static"):
        return None
    marks = current_app.view_functions[endpoint].__dict__ if endpoint else {}
    if current_user.is_authenticated:
        g.zone = ZoneInfo(current_user.time_zone)
        _note_use()
        if endpoint and current_user.role == CONTRACTOR and not _open_to_contractors(marks):
            abort(403)
        return None
    if endpoint is None or "is_public" in marks:
        return None
    if "is_for_programs" in marks:
        abort(401)
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
