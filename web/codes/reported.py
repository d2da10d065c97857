"""Report a problem without an account, and see later what became of it."""

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from inspections.codes.behind import Behind, behind
from inspections.codes.reports import MOST_PHOTOS, NewReport, receive_report, report_progress
from inspections.codes.short_code import CodeMistyped, read_code, shown
from inspections.errors import FormUsedAlready, NotFound, Refused
from web.access import public
from web.codes.blueprint import blueprint
from web.codes.thing import open_page
from web.database import now, session, transaction
from web.errors import status_of
from web.inspector.photos import store
from web.limits import count
from web.manage.fields import FormReader
from web.preferences import words

Answer = Response | tuple[str, int] | tuple[str, int, dict[str, str]]
# Shown to nobody: only what fills in every field of a form fills it in.
TRAP = "website"


@blueprint.post("/a/<code>")
@public
def report(code: str) -> Answer:
    """Take a problem that somebody reports; whatever is refused, what was typed stays."""
    found = _behind(code)
    reader = FormReader(request.form)
    new = _read(found, reader)
    if request.form.get(TRAP):
        reader.faults[TRAP] = _("Leave the last field empty. Only programs fill it in.")
    if reader.faults:
        return open_page(found, request.form, reader.faults), 422
    try:
        _count(found)
        with transaction() as opened:
            receive_report(opened, store(), new, now=now())
    except TooManyRequests as error:
        return _too_often(found, error)
    except FormUsedAlready as refusal:
        again = MultiDict(one for one in request.form.items() if one[0] != "client_id")
        return open_page(found, again, {"what": words(refusal.text)}), status_of(refusal)
    except Refused as refusal:
        fault = {"photos": words(refusal.text)}
        return open_page(found, request.form, fault), status_of(refusal)
    return redirect(url_for("codes.reported", code=shown(found.code), client_id=new.client_id))


@blueprint.get("/a/<code>/reported/<uuid:client_id>")
@public
def reported(code: str, client_id: UUID) -> str:
    """Confirm a report with its number, and say what became of it."""
    found = _behind(code)
    progress = report_progress(session(), str(client_id))
    if progress.code != found.code:
        abort(404)
    g.zone = ZoneInfo(found.time_zone)
    return render_template("codes/reported.html", on=found, code=shown(found.code), shown=progress)


def _behind(code: str) -> Behind:
    try:
        return behind(session(), read_code(code))
    except (CodeMistyped, NotFound):
        count("UNKNOWN_CODE_LIMIT", "codes", f"address/{request.remote_addr}")
        abort(404)


def _read(found: Behind, reader: FormReader) -> NewReport:
    what = reader.text("what", _("What is the problem?"))
    contact = reader.text("contact", _("How to reach you"), required=False)
    files = [one for one in request.files.getlist("photos") if one.filename]
    if len(files) > MOST_PHOTOS:
        reader.faults["photos"] = _(
            "Photos: at most %(count)s. Please choose fewer.", count=MOST_PHOTOS
        )
    return NewReport(
        code=found.code,
        client_id=_client_id(),
        what=what or "",
        contact=contact,
        photos=[one.read() for one in files[:MOST_PHOTOS]],
    )


def _client_id() -> str:
    """Return the form's id; a made-up one counts as none."""
    try:
        return str(UUID(request.form.get("client_id", "")))
    except ValueError:
        return str(uuid4())


def _count(found: Behind) -> None:
    count("REPORT_LIMIT", "reports", f"address/{request.remote_addr}")
    count("REPORTS_OF_LABEL_LIMIT", "reports", f"label/{found.code}")


def _too_often(found: Behind, error: TooManyRequests) -> Answer:
    sentence = _(
        "Too many reports came from here. Nothing is lost: wait an hour, then send it again, "
        "or tell the people on the spot."
    )
    page = open_page(found, request.form, {"what": sentence})
    return page, 429, {"Retry-After": str(error.retry_after)}
