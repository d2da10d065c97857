"""Where imports begin: choose a file and the sites, or download a template."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, request
from flask_babel import gettext as _

from inspections.one_piece import site_names
from rules.faults import Fault
from rules.text import Text
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.imports.blueprint import blueprint

MOST_FAULTS = 100
MOST_NAME = 80


@dataclass(frozen=True)
class Upload:
    """
    A file that somebody sent, with what they chose beside it.

    Attributes:
        file: Its name.
        name: What the calendar is called; empty where the file may tell.
        chosen: Ids of the sites that rows without a site are for.
    """

    data: bytes
    file: str
    name: str
    chosen: tuple[str, ...]

    @property
    def is_calendar_text(self) -> bool:
        """Tell whether it is an iCalendar file, by its name or how it begins."""
        begins = self.data[:64].lstrip(b"\xef\xbb\xbf \r\n").upper()
        return self.file.lower().endswith((".ics", ".ical")) or begins.startswith(b"BEGIN:VCAL")


@blueprint.get("")
@roles(*OFFICERS)
def start() -> str:
    """Ask for a file."""
    return start_page()


def start_page(
    kind: str = "calendar",
    problems: Mapping[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> str:
    """Show the forms again, with what is wrong with the file of the form *kind*."""
    return render_template(
        "imports/start.html",
        kind=kind,
        problems=problems or {},
        faults=faults[:MOST_FAULTS],
        further=len(faults[MOST_FAULTS:]),
        sites=sites_in_scope(),
        form=request.form,
    )


def read_upload() -> tuple[Upload | None, dict[str, str]]:
    """Return what was sent, or what is wrong with the form, by field."""
    sent = request.files.get("file")
    known = sites_in_scope()
    site = request.form.get("site", "")
    if site and site not in known:
        abort(404)
    problems: dict[str, str] = {}
    if sent is None or not sent.filename:
        problems["file"] = _("File: choose an .xlsx or .ics file.")
        return None, problems
    name = request.form.get("name", "").strip().replace("#", " ")
    if len(name) > MOST_NAME:
        problems["name"] = _("Name: at most %(count)s characters.", count=MOST_NAME)
        return None, problems
    chosen = (site,) if site else tuple(known)
    return Upload(sent.read(), sent.filename, name, chosen), {}


def sites_in_scope() -> dict[str, Text]:
    """Return the names of the sites that the viewer may edit, by id."""
    here = viewer()
    names = site_names(session(), here.organisation)
    return {key: name for key, name in names.items() if here.sees(key)}
