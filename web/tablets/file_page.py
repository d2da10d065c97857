"""Import the file that a tablet wrote."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from inspections.sync.device_file import read_device_file
from inspections.sync.file_import import Imported, import_device_file
from rules.faults import Fault, InputInvalid
from web.authentication import OFFICERS, roles, viewer
from web.database import now, release, sessions
from web.inspector.photos import store
from web.preferences import words
from web.rulebook import rulebook
from web.tablets.blueprint import blueprint

_MOST_FAULTS = 20


@blueprint.get("/import", endpoint="file")
@roles(*OFFICERS)
def ask() -> str:
    """Ask for the file."""
    return render_template("tablets/import.html", faults={}, damaged=False)


@blueprint.post("/import")
@roles(*OFFICERS)
def take() -> Response | tuple[str, int]:
    """Take it in; what is damaged is told, and left out only where somebody says so."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _refused({"file": _("File: choose the file that the tablet wrote.")})
    name = sent.filename
    here, book, kept = viewer(), rulebook(), store()
    try:
        file = read_device_file(sent.read(), name=name)
        if file.faults and not request.form.get("whole"):
            return _refused(_told(file.faults), damaged=True)
        release()
        done = import_device_file(
            sessions(),
            book,
            file,
            organisation=here.organisation,
            name=name,
            store=kept,
            by=here.person,
            now=now(),
        )
    except InputInvalid as invalid:
        return _refused(_told(invalid.faults))
    flash(summary(done), "warn" if done.problems else "ok")
    return redirect(url_for("tablets.tablets"))


def summary(done: Imported) -> str:
    """Return in words what an import came to."""
    new, known = done.statuses.get("stored", 0), done.statuses.get("replayed", 0)
    parts = [
        ngettext("%(num)s item recorded", "%(num)s items recorded", new),
        ngettext("%(num)s was there already", "%(num)s were there already", known),
        ngettext("%(num)s photo", "%(num)s photos", done.photos),
    ]
    if done.problems:
        left = len(done.problems)
        parts.append(ngettext("%(num)s needs a look", "%(num)s need a look", left))
    return str(_("Imported: %(parts)s.", parts=_(", ").join(parts)))


def _told(faults: tuple[Fault, ...] | list[Fault]) -> dict[str, str]:
    told = [f"{fault.field} {words(fault.message)} {words(fault.remedy)}" for fault in faults]
    shown = {"file": told[0]} if told else {}
    return shown | {f"file-{number}": said for number, said in enumerate(told[1:_MOST_FAULTS])}


def _refused(faults: dict[str, str], *, damaged: bool = False) -> tuple[str, int]:
    return render_template("tablets/import.html", faults=faults, damaged=damaged), 422
