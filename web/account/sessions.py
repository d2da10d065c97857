"""Where one is signed in: listed, ended one by one or everywhere; and registering this tablet."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.signing_in import sessions as kept
from inspections.signing_in.tablets import REGISTER, register_tablet
from web.access import for_contractors
from web.account.blueprint import blueprint
from web.account.this_tablet import remember_tablet, tablet_here
from web.authentication import open_session, roles, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.preferences import words


@blueprint.get("/sessions")
@for_contractors
def sessions() -> str:
    """List where the person is signed in."""
    return _page()


@blueprint.post("/sessions/<int:which>/end")
@for_contractors
def session_end(which: int) -> Response:
    """Sign one browser out; this one is signed out by the button of its own."""
    with transaction() as opened:
        kept.end_session(opened, which, account=viewer().account, why="elsewhere", now=now())
    flash(_("Signed out there."), "ok")
    return redirect(url_for("account.sessions"))


@blueprint.post("/sessions/end-all")
@for_contractors
def sessions_end() -> Response:
    """Sign every browser out, this one too."""
    account = viewer().account
    with transaction() as opened:
        kept.end_sessions_of(opened, account, now=now())
    logout_user()
    return redirect(url_for("account.sign_in"))


@blueprint.post("/tablet")
@roles(*REGISTER)
def tablet() -> Response | tuple[str, int]:
    """Register this tablet: whoever signs in on it stays so for 30 days."""
    here = open_session()
    label = request.form.get("label", "")
    try:
        with transaction() as opened:
            number, secret = register_tablet(opened, label, by=here.account, now=now())
            kept.move_to_tablet(opened, here.id, number, now=now())
    except Refused as refusal:
        return _page({"label": words(refusal.text)}, label), status_of(refusal)
    cookie.permanent = True
    response = redirect(url_for("account.sessions"))
    remember_tablet(response, secret)
    flash(_("This tablet is registered: whoever signs in on it stays signed in for 30 days."), "ok")
    return response


def _page(faults: dict[str, str] | None = None, label: str = "") -> str:
    here = open_session()
    account = here.account
    may_register = account.role in REGISTER and tablet_here(session(), account) is None
    return render_template(
        "account/sessions.html",
        here=here.id,
        mine=kept.sessions_of(session(), account.id, now=now()),
        may_register=may_register,
        faults=faults or {},
        label=label,
        hours=int(kept.ELSEWHERE.total_seconds() // 3600),
        days=kept.ON_A_TABLET.days,
    )
