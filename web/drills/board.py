"""The year for the notice board, as PDF and as Excel."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import flash, redirect, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.drills.notice_board import BoardRow, NoticeBoard, notice_board
from inspections.drills.year import DrillView
from inspections.exchange.drill_workbook import write_drills
from web.authentication import READERS, roles, viewer
from web.database import now
from web.drills.asked import asked, looked_at
from web.drills.blueprint import blueprint
from web.drills.report_form import spent
from web.drills.year import month_name
from web.formatting import clock, moment, weekday
from web.grammar import sign
from web.pdf import NoChineseFont, NoPdf, as_pdf, chinese_font
from web.preferences import html_lang, language, words
from web.translations import zone

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/year.pdf")
@roles(*READERS)
def pdf() -> Response:
    """Send the year as PDF; where this server cannot make one, say so and show the page."""
    board = _board()
    try:
        font = chinese_font()
        data = {"font": font, "lang": html_lang()[:2], **_parts(board)}
        content = as_pdf("drill_year.typ", data)
    except (NoPdf, NoChineseFont) as missing:
        flash(words(missing.text), "warn")
        return redirect(url_for("drills.year", year=board.year))
    return _file(content, "application/pdf", f"drills-{board.year}.pdf")


@blueprint.get("/year.xlsx")
@roles(*READERS)
def workbook() -> Response:
    """Send the year as an Excel workbook."""
    board = _board()
    content = write_drills(board, language=language(), zone=zone())
    return _file(content, _EXCEL, f"drills-{board.year}.xlsx")


def _board() -> NoticeBoard:
    return notice_board(looked_at(asked(), whole=True), now=now())


def _file(content: bytes, kind: str, name: str) -> Response:
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name, max_age=0)


def _parts(board: NoticeBoard) -> dict[str, Any]:
    """Return every sentence of the sheet."""
    return {
        "title": _("Drills %(year)s", year=board.year),
        "organisation": words(viewer().organisation_name),
        "as_of": _("as of %(when)s", when=moment(board.at)),
        "note": _("Days of the month for each site and drill. Unannounced drills are not listed."),
        "heads": [_("Site"), _("Drill"), *(month_name(month) for month in range(1, 13))],
        "rows": [_row(one) for one in board.rows],
        "list_title": _("Each drill"),
        "list_heads": [
            *(_("Day"), _("Starts"), _("Site"), _("Drill"), _("Scenario"), _("Led by")),
            _("How it stands"),
        ],
        "list": [_line(one) for one in board.drills],
    }


def _row(one: BoardRow) -> list[str]:
    days = [_(", ").join(map(str, month)) for month in one.days]
    return [words(one.site), words(one.kind), *days]


def _line(one: DrillView) -> list[str]:
    return [
        f"{one.on:%m-%d} {weekday(one.on)}",
        clock(one.starts_at),
        _where(one),
        words(one.title),
        words(one.scenario),
        words(one.leader_name),
        " ".join(_standing(one)),
    ]


def _where(one: DrillView) -> str:
    more = len(one.sites) - 1
    name = words(one.site_name)
    return f"{name} {_('with %(count)s more', count=more)}" if more else name


def _standing(one: DrillView) -> Iterable[str]:
    yield str(sign("occurrence", one.state).word)
    if one.reported and one.seconds:
        yield spent(one.seconds)
