"""Week and load for the notice board, as Excel and as PDF; checks that are drawn stay out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from inspections.board.week import Cell, board_week
from inspections.board.workbook import PRIORITIES, BoardBook, write_board, write_load
from web.authentication import READERS, roles, viewer
from web.board.asked import Asked, asked
from web.board.blueprint import blueprint
from web.board.load import WEEKS
from web.database import now, session
from web.formatting import day, short_day, weekday
from web.missed.listing import rule_title
from web.pdf import NoChineseFont, NoPdf, as_pdf, chinese_font
from web.preferences import html_lang, language, words
from web.rulebook import rulebook
from web.translations import zone

_SOURCES = {"rounds": "board.typ", "load": "load.typ"}
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/week.xlsx")
@roles(*READERS)
def workbook() -> Response:
    """Send the week as a workbook."""
    shown = asked()
    return _file(write_board(_book(shown, _day)), _EXCEL, f"{_name(shown, 'rounds')}.xlsx")


@blueprint.get("/load.xlsx")
@roles(*READERS)
def load_workbook() -> Response:
    """Send the load of four weeks as a workbook."""
    shown = asked(WEEKS)
    return _file(write_load(_book(shown, short_day)), _EXCEL, f"{_name(shown, 'load')}.xlsx")


@blueprint.get("/week.pdf")
@roles(*READERS)
def pdf() -> AnyResponse:
    """Send the week as PDF."""
    shown = asked()
    return _printed(shown, "rounds", "board.board", lambda: _week_parts(shown))


@blueprint.get("/load.pdf")
@roles(*READERS)
def load_pdf() -> AnyResponse:
    """Send the load of four weeks as PDF."""
    shown = asked(WEEKS)
    return _printed(shown, "load", "board.load", lambda: _load_parts(shown))


def _printed(
    shown: Asked, name: str, endpoint: str, parts: Callable[[], dict[str, Any]]
) -> AnyResponse:
    """Send a PDF; where this server cannot make one, say so and show the page."""
    try:
        common = {"font": chinese_font(), "lang": html_lang()[:2]}
        content = as_pdf(_SOURCES[name], {**common, **parts()})
    except (NoPdf, NoChineseFont) as missing:
        flash(words(missing.text), "warn")
        return redirect(shown.address(endpoint))
    return _file(content, "application/pdf", f"{_name(shown, name)}.pdf")


def _day(on: date) -> str:
    return f"{weekday(on)} {short_day(on)}"


def _book(shown: Asked, day_words: Callable[[date], str]) -> BoardBook:
    # What hangs on a wall is read by those who are checked.
    days = replace(shown.days, hidden=False)
    week = board_week(session(), rulebook(), viewer().organisation, days, now=now())
    return BoardBook(week, rule_title, day_words, language(), zone(), now())


def _heading(title: str, shown: Asked, book: BoardBook) -> dict[str, str]:
    place = shown.shown.name or words(viewer().organisation_name)
    if shown.shown.pages > 1:
        sheet = {"number": shown.shown.page, "count": shown.shown.pages}
        place = f"{place} ({_('Page %(number)s of %(count)s', **sheet)})"
    days = book.week.days
    return {
        "title": title,
        "under": f"{place} · {day(days[0])} – {day(days[-1])}",
        "foot": book.as_of(),
    }


def _load_parts(shown: Asked) -> dict[str, Any]:
    """Return every word of the PDF of four weeks; a cell says how full it is and its minutes."""
    book = _book(shown, _short_head)
    week = book.week
    return {
        **_heading(_("Load of four weeks"), shown, book),
        "heads": [_("People"), *(book.day_words(on) for on in week.days), _("Part of the limit")],
        "rows": [
            {
                "name": words(row.name),
                "cells": [
                    {"heat": cell.heat, "text": str(cell.minutes) if cell.minutes else _free(cell)}
                    for cell in row.cells
                ],
                "part": f"{round(100 * row.minutes / row.room) if row.room else 0} %",
            }
            for row in week.people
        ],
        "legend": [
            _("up to a quarter of the day's minutes"),
            _("up to half"),
            _("up to three quarters"),
            _("up to the limit"),
            _("beyond the limit"),
        ],
        "none": _("Nobody to plan with"),
    }


def _short_head(on: date) -> str:
    """Return weekday and day for a narrow column."""
    name = weekday(on)
    return f"{name[-1] if language() == 'zh' else name[0]}\n{on.day}"


def _free(cell: Cell) -> str:
    return words(cell.away) if cell.away else "" if cell.off else "·"


def _week_parts(shown: Asked) -> dict[str, Any]:
    """Return every word of the PDF of a week."""
    book = _book(shown, _day)
    week = book.week
    return {
        **_heading(_("Week board"), shown, book),
        "heads": [_("People"), *(book.day_words(on) for on in week.days)],
        "rows": [
            [[words(row.name)], *([book.told(one) for one in cell.checks] for cell in row.cells)]
            for row in week.people
            if row.minutes
        ],
        "gaps_title": _("Everything uncovered, law first") if week.gaps else "",
        "gap_heads": [_("Day"), _("Check"), _("Layer"), _("Reason")],
        "gaps": [
            [
                book.day_words(one.day),
                f"{words(rule_title(one.rule))} · {words(one.place)}",
                words(PRIORITIES[one.priority]),
                words(one.uncovered.reason if one.uncovered else None),
            ]
            for one in week.gaps
        ],
        "none": _("No check is planned for these days."),
    }


def _name(shown: Asked, what: str) -> str:
    which = shown.shown.site or ("part" if shown.shown.chosen else "all")
    page = f"-{shown.shown.page}" if shown.shown.pages > 1 else ""
    return f"{what}-{which}{page}-{shown.monday.isoformat()}"


def _file(content: bytes, kind: str, name: str) -> Response:
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name, max_age=0)
