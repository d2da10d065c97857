"""Bring in shift patterns: read the file, then preview and apply like any other edit."""

from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _

from inspections.exchange.shift_reader import read_shift_workbook
from inspections.importing import load_from_record
from inspections.shift_patterns.entries import ShiftPatterns, try_shifts
from inspections.shift_patterns.posts import known_posts
from rules.faults import InputInvalid
from rules.organisation.model import Organisation
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.formatting import today
from web.imports.blueprint import blueprint
from web.imports.ics_shifts import read_shift_ics
from web.imports.start import Upload, read_upload, start_page
from web.manage.flow import Page, Proposed, editor, preview_page, returning


@blueprint.post("/shifts")
@roles(*OFFICERS)
def shifts() -> Page:
    """Read the file and show what changes."""
    if returning():
        return start_page("shifts")
    upload, problems = read_upload()
    if upload is None:
        return start_page("shifts", problems), 422
    present = load_from_record(session(), viewer().organisation)
    try:
        edit = _read(upload, present)
        edited = try_shifts(present, edit, editor=editor())
        if edited == present:
            return start_page("shifts", {"same": upload.file})
        return preview_page(
            Proposed(
                [edit],
                _("Shift patterns of %(file)s", file=upload.file),
                url_for("manage.sites"),
                _("The shift patterns of %(file)s are imported.", file=upload.file),
            )
        )
    except InputInvalid as invalid:
        return start_page("shifts", {}, invalid.faults), 422


def _read(upload: Upload, present: Organisation) -> ShiftPatterns:
    posts = known_posts(present, upload.chosen)
    if upload.is_calendar_text:
        zone = ZoneInfo(present.time_zone)
        return read_shift_ics(upload.data, file=upload.file, posts=posts, zone=zone, today=today())
    return read_shift_workbook(upload.data, file=upload.file, posts=posts)
