"""The roster of a site and week as Excel, for the wall of the guard room."""

from datetime import date
from io import BytesIO

from flask import request, send_file
from werkzeug.wrappers import Response

from inspections.queries.roster_week import roster_week
from inspections.queries.roster_workbook import RosterBook, write_roster
from web.authentication import READERS, roles, site_in_scope, viewer
from web.database import now, session
from web.formatting import short_day, weekday
from web.officer.blueprint import blueprint
from web.officer.roster import asked_monday, to_roster
from web.preferences import language
from web.rulebook import rulebook
from web.translations import zone

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/roster.xlsx")
@roles(*READERS)
def roster_workbook() -> Response:
    """Send the week as a workbook, as the page shows it."""
    site = request.args.get("site", "")
    if not site:
        return to_roster()
    site_in_scope(site)
    monday = asked_monday(request.args.get("week", ""))
    week = roster_week(session(), rulebook(), viewer().organisation, site=site, monday=monday)
    book = RosterBook(week, _day, language(), zone(), now())
    name = f"roster-{site}-{monday.isoformat()}.xlsx"
    content = BytesIO(write_roster(book))
    return send_file(content, mimetype=_EXCEL, as_attachment=True, download_name=name)


def _day(on: date) -> str:
    return f"{weekday(on)} {short_day(on)}"
