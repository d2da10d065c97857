"""The page behind an invitation or a reset: choose a password, and be signed in."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.signing_in.one_time_links import LinkUseless, link_with, redeem_link
from inspections.signing_in.passwords import LEAST
from web.access import public
from web.account.blueprint import blueprint
from web.account.password import field_of
from web.account.signing_in import begin
from web.database import now, session, transaction
from web.errors import status_of
from web.limits import check, count
from web.preferences import words


@blueprint.route("/links/<secret>", methods=["GET", "POST"])
@public
def link(secret: str) -> Response | tuple[str, int] | str:
    """Show for whom the link is; take a password."""
    who = f"address/{request.remote_addr}"
    check("SIGN_IN_LIMIT", "links", who)
    try:
        pending = link_with(session(), secret, now=now())
    except LinkUseless as refusal:
        count("SIGN_IN_LIMIT", "links", who)
        return render_template("account/link_useless.html", sentence=words(refusal.text)), 410
    if request.method != "POST":
        return render_template("account/link.html", pending=pending, faults={}, least=LEAST)
    given = (request.form.get("password", ""), request.form.get("repeated", ""))
    try:
        with transaction() as opened:
            account = redeem_link(opened, secret, *given, now=now())
    except LinkUseless as refusal:
        return render_template("account/link_useless.html", sentence=words(refusal.text)), 410
    except Refused as refusal:
        faults = {field_of(refusal): words(refusal.text)}
        page = render_template("account/link.html", pending=pending, faults=faults, least=LEAST)
        return page, status_of(refusal)
    begin(account, how="link")
    return redirect(url_for("home"))
