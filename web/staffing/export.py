"""Staffing truths on paper and as Excel, once they are worked out."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from flask import flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from openpyxl import Workbook
from werkzeug.wrappers import Response

from inspections.board.workbook import Value, add_sheet, as_of_words, saved
from rules.text import Language, Text
from web.authentication import READERS, roles, viewer
from web.database import now
from web.formatting import month_day
from web.pdf import NoChineseFont, NoPdf, as_pdf, chinese_font
from web.preferences import html_lang, language, words
from web.staffing.blueprint import blueprint
from web.staffing.pages import answered
from web.staffing.shown import Shown
from web.staffing.tables import lines, tables
from web.translations import zone

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 18


@dataclass(frozen=True)
class _Book:
    language: Language
    at: str

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def as_of(self) -> str:
        return self.at


@blueprint.get("/staffing.xlsx")
@roles(*READERS)
def workbook() -> Response:
    """Send the truths as a workbook, a sheet for each table."""
    shown = answered()
    if shown is None:
        return _not_yet()
    book, file = _Book(language(), _as_of()), Workbook(write_only=True)
    for one in tables(shown):
        title = Text(zh=one.title, en=one.title)
        rows: Iterator[list[Value]] = ([*row] for row in one.rows)
        add_sheet(file, book, title, [(head, _WIDTH) for head in one.heads], rows)
    return _file(saved(file), _EXCEL, f"{_name(shown)}.xlsx")


@blueprint.get("/staffing.pdf")
@roles(*READERS)
def pdf() -> Response:
    """Send the truths as PDF; where this server cannot make one, say so and show the page."""
    shown = answered()
    if shown is None:
        return _not_yet()
    try:
        content = as_pdf("tables.typ", {"font": chinese_font(), **_parts(shown)})
    except (NoPdf, NoChineseFont) as missing:
        flash(words(missing.text), "warn")
        return _page()
    return _file(content, "application/pdf", f"{_name(shown)}.pdf")


def _parts(shown: Shown) -> dict[str, Any]:
    question = shown.truths.question
    span = f"{month_day(question.since)} – {month_day(question.until)}"
    made = [asdict(one) for one in tables(shown)]
    for one in made:
        one["rows"] = [[str(cell) for cell in row] for row in one["rows"]]
    return {
        "lang": html_lang()[:2],
        "title": _("Staffing"),
        "under": f"{words(viewer().organisation_name)} · {span}",
        "foot": _as_of(),
        "lines": list(lines(shown)),
        "tables": made,
    }


def _not_yet() -> Response:
    flash(_("It is still being worked out. Choose the file again when the page shows it."), "warn")
    return _page()


def _page() -> Response:
    asked: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("staffing.truths", **asked))


def _as_of() -> str:
    return words(as_of_words(now().astimezone(zone())))


def _name(shown: Shown) -> str:
    question = shown.truths.question
    return f"staffing-{question.since.isoformat()}-{question.until.isoformat()}"


def _file(content: bytes, kind: str, name: str) -> Response:
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name, max_age=0)
