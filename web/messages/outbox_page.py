"""The outbox for officers: what went, what waits, what failed and why; send it again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.messages.listing import (
    SHOWS,
    Seen,
    Show,
    outbox_counts,
    outbox_page,
    send_again,
    unreached,
)
from inspections.messages.smtp_settings import MailSettings
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.messages.blueprint import blueprint
from web.messages.setup import read_setup
from web.preferences import words


@blueprint.get("/outbox/")
@roles(*OFFICERS)
def outbox() -> str:
    """Show one list of the outbox; what failed comes first."""
    here = viewer()
    show: Show = next((one for one in SHOWS if one == request.args.get("show")), "trouble")
    seen = Seen(here.organisation, here.sites)
    found = outbox_page(session(), seen, show=show, page=request.args.get("page", 1, int))
    return render_template(
        "messages/outbox.html",
        found=found,
        show=show,
        counts=outbox_counts(session(), seen),
        labels={
            "trouble": _("Not delivered"),
            "waiting": _("Waiting"),
            "sent": _("Sent"),
            "withdrawn": _("Not needed"),
        },
        kinds=kind_words(),
        unreached=unreached(session(), seen),
        setup=_setup(),
        url=lambda page: url_for("messages.outbox", show=show, page=page),
    )


@blueprint.post("/outbox/<int:message>/again")
@roles(*OFFICERS)
def outbox_again(message: int) -> Response:
    """Put a message that failed or is in doubt back among those that wait."""
    here = viewer()
    with transaction() as opened:
        seen = Seen(here.organisation, here.sites)
        send_again(opened, message, seen=seen, by=here.person, now=now())
    flash(_("It waits again and goes out within a minute."), "ok")
    return redirect(url_for("messages.outbox", show="waiting"))


def kind_words() -> dict[str, str]:
    """Return what each kind of message is called."""
    return {
        "before": _("Reminder before"),
        "due": _("Reminder on the day"),
        "overdue": _("Reminder overdue"),
        "escalated": _("Escalation"),
        "notice": _("Notice"),
        "chase": _("Chase letter"),
        "digest": _("Digest"),
        "invitation": _("Drill invitation"),
        "cancelled": _("Drill cancelled"),
        "overview": _("Overview"),
        "test": _("Test message"),
    }


def _setup() -> dict[str, str]:
    """Return what is said of the mail server; never its user or password."""
    try:
        setup = read_setup(session())
    except MailSettings as refused:
        return {"tone": "bad", "text": words(refused.text)}
    if setup.smtp is None:
        return {
            "tone": "warn",
            "text": _("No mail server is set up: set XUNJIAN_SMTP_URL where the service starts."),
        }
    server = f"{setup.smtp.host}:{setup.smtp.port}"
    return {
        "tone": "",
        "text": _(
            "Mail goes out by %(server)s as %(sender)s; links lead to %(address)s.",
            server=server,
            sender=setup.smtp.sender,
            address=setup.address,
        ),
    }
