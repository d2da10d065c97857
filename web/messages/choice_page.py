"""Where a person chooses how to be told."""

from datetime import time

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.messages.choice import MODES, MOST_DAYS_BEFORE, Choice, choice_of, keep_choice
from inspections.one_piece import person_now
from web.authentication import viewer
from web.database import now, session, transaction
from web.manage.fields import FormReader
from web.messages.blueprint import blueprint
from web.preferences import language


@blueprint.get("/account/messages")
def choice() -> str:
    """Show the choice of the signed-in person."""
    here = viewer()
    if here.account.person is None:
        return render_template("messages/nobody.html")
    return _form(choice_of(session(), here.organisation, here.account.person))


@blueprint.post("/account/messages")
def choose() -> Response | tuple[str, int] | str:
    """Keep what was chosen."""
    here = viewer()
    if here.account.person is None:
        return render_template("messages/nobody.html")
    reader = FormReader(request.form)
    wanted = _read(reader)
    if reader.faults:
        return _form(wanted, reader.faults), 422
    with transaction() as opened:
        keep_choice(opened, here.organisation, here.account.person, choice=wanted, now=now())
    flash(_("Saved. It counts from the next message on."), "ok")
    return redirect(url_for("messages.choice"))


def _read(reader: FormReader) -> Choice:
    mode = reader.one("mode", _("How you are told"), MODES)
    at = reader.clock("at", _("At what time"))
    days = reader.whole("days_before", _("Days before the due day"), (0, MOST_DAYS_BEFORE))
    quiet = _quiet(reader) if request.form.get("quiet") else None
    return Choice(
        mode=next((one for one in MODES if one == mode), "digest"),
        at=at or time(7, 30),
        quiet=quiet,
        days_before=1 if days is None else days,
        language="en" if request.form.get("language") == "en" else "zh",
    )


def _quiet(reader: FormReader) -> tuple[time, time] | None:
    since = reader.clock("quiet_from", _("Quiet from"))
    until = reader.clock("quiet_until", _("Quiet until"))
    if since is not None and since == until:
        reader.faults["quiet_until"] = _("Quiet until: choose another time than the start.")
    return (since, until) if since and until else None


def _form(shown: Choice, faults: dict[str, str] | None = None) -> str:
    here = viewer()
    person = person_now(session(), here.organisation, here.account.person or "")
    typed = request.form
    quiet = shown.quiet or (time(21, 0), time(6, 30))
    return render_template(
        "messages/choice.html",
        mailbox=person.email,
        shown=shown,
        faults=faults or {},
        at=typed.get("at", f"{shown.at:%H:%M}"),
        days_before=typed.get("days_before", str(shown.days_before)),
        quiet_on=bool(typed.get("quiet")) if typed else shown.quiet is not None,
        quiet_from=typed.get("quiet_from", f"{quiet[0]:%H:%M}"),
        quiet_until=typed.get("quiet_until", f"{quiet[1]:%H:%M}"),
        page_language=language(),
    )
