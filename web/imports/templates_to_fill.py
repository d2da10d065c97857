"""Workbooks to fill in: empty with examples, or with what a site has now."""

from io import BytesIO

from flask import Response, request, send_file

from inspections.exchange.calendar_writer import calendar_template, calendar_workbook
from inspections.exchange.shift_writer import shift_template, shift_workbook
from inspections.one_piece import site_now
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.imports.blueprint import blueprint

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/calendar.xlsx")
@roles(*OFFICERS)
def calendar_file() -> Response:
    """Send the template, or the calendar of the site that the address names."""
    site = request.args.get("site")
    if not site:
        return _sent(calendar_template(), "calendar-template.xlsx")
    site_in_scope(site)
    shown = site_now(session(), viewer().organisation, site)
    return _sent(calendar_workbook([shown]), f"calendar-{site}.xlsx")


@blueprint.get("/shifts.xlsx")
@roles(*OFFICERS)
def shift_file() -> Response:
    """Send the template, or the shifts of the site that the address names."""
    site = request.args.get("site")
    if not site:
        return _sent(shift_template(), "shifts-template.xlsx")
    site_in_scope(site)
    shown = site_now(session(), viewer().organisation, site)
    return _sent(shift_workbook([shown]), f"shifts-{site}.xlsx")


def _sent(content: bytes, name: str) -> Response:
    return send_file(BytesIO(content), _EXCEL, as_attachment=True, download_name=name, max_age=0)
