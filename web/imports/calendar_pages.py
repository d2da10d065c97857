"""Bring in a term calendar: read the file, show what becomes of each entry, preview the plan."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, current_app, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import TypeAdapter

from inspections.calendars.edit import (
    ImportedCalendar,
    every_fault,
    try_calendar,
    with_known_kinds,
)
from inspections.calendars.entries import KIND_NAMES, CalendarFile, EntryKind, PartlyRead
from inspections.exchange.calendar_reader import read_calendar_workbook
from inspections.importing import load_from_record
from rules.faults import InputInvalid
from rules.organisation.model import Organisation
from web.authentication import OFFICERS, roles, viewer
from web.database import session
from web.formatting import today
from web.imports.blueprint import blueprint
from web.imports.calendar_lines import calendar_lines, counts_of
from web.imports.ics_calendar import read_calendar_ics
from web.imports.start import Upload, read_upload, sites_in_scope, start_page
from web.manage.flow import Page, Proposed, editor, preview_page, returning

_FILES = TypeAdapter(CalendarFile)


@blueprint.post("/calendar")
@roles(*OFFICERS)
def calendar() -> Page:
    """Read the file and show what becomes of each entry."""
    upload, problems = read_upload()
    if upload is None:
        return start_page("calendar", problems), 422
    present = load_from_record(session(), viewer().organisation)
    try:
        file = _read(upload, present)
        file = _with_known_kinds(file, present, upload.chosen)
        try_calendar(present, _edit(file, upload.chosen), editor=editor())
    except PartlyRead as partly:
        faults = every_fault(present, partly, upload.chosen, editor=editor())
        return start_page("calendar", {}, faults), 422
    except InputInvalid as invalid:
        return start_page("calendar", {}, invalid.faults), 422
    return _entries_page(present, file, upload.chosen)


@blueprint.post("/calendar/check")
@roles(*OFFICERS)
def calendar_check() -> Page:
    """Show what changes in the plan, with the kinds that the form chose."""
    present = load_from_record(session(), viewer().organisation)
    file, chosen = _opened(request.form.get("entries", ""))
    file = _with_chosen_kinds(file)
    if returning():
        return _entries_page(present, file, chosen)
    edit = _edit(file, chosen)
    try:
        edited = try_calendar(present, edit, editor=editor())
        if edited == present:
            return _entries_page(present, file, chosen)
        return preview_page(
            Proposed(
                [edit],
                _("Calendar “%(name)s”", name=file.name),
                url_for("manage.sites"),
                _("The calendar “%(name)s” is imported and the plan follows it.", name=file.name),
            )
        )
    except InputInvalid as invalid:
        return start_page("calendar", {}, invalid.faults), 422


def _read(upload: Upload, present: Organisation) -> CalendarFile:
    if upload.is_calendar_text:
        zone = ZoneInfo(present.time_zone)
        return read_calendar_ics(
            upload.data, file=upload.file, zone=zone, today=today(), name=upload.name
        )
    return read_calendar_workbook(
        upload.data, file=upload.file, sites=sites_in_scope(), name=upload.name
    )


def _edit(file: CalendarFile, chosen: tuple[str, ...]) -> ImportedCalendar:
    return ImportedCalendar(file.name, chosen, file.entries)


def _with_known_kinds(
    file: CalendarFile, present: Organisation, chosen: tuple[str, ...]
) -> CalendarFile:
    return with_known_kinds(file, [site.calendar for site in present.sites if site.id in chosen])


def _with_chosen_kinds(file: CalendarFile) -> CalendarFile:
    """Return *file* with the kinds that the form chose; what it does not name stays."""
    kinds: dict[str, EntryKind | None] = {**{kind: kind for kind in KIND_NAMES}, "": None}
    entries = [
        replace(entry, kind=kinds.get(request.form.get(f"kind-{number}", ""), entry.kind))
        if f"kind-{number}" in request.form
        else entry
        for number, entry in enumerate(file.entries)
    ]
    return replace(file, entries=tuple(entries))


def _entries_page(present: Organisation, file: CalendarFile, chosen: tuple[str, ...]) -> str:
    edit = _edit(file, chosen)
    lines = calendar_lines(present, edit)
    return render_template(
        "imports/calendar.html",
        file=file,
        lines=lines,
        counts=counts_of(lines),
        changes=edit.applied(present) != present,
        kinds=[("", _("leave out")), *((kind, name) for kind, name in KIND_NAMES.items())],
        token=_signer().dumps(
            {
                "file": _FILES.dump_python(file, mode="json"),
                "sites": chosen,
                "account": viewer().id,
            }
        ),
    )


def _opened(token: str) -> tuple[CalendarFile, tuple[str, ...]]:
    try:
        carried: dict[str, Any] = _signer().loads(token)
    except BadSignature:
        abort(400, _("This file cannot be read any more. Nothing was saved. Import it again."))
    if carried["account"] != viewer().id:
        abort(403)
    return _FILES.validate_python(carried["file"]), tuple(carried["sites"])


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="calendar-import")
