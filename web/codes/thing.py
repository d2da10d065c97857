"""The page behind a label: what it is for anyone, what to do for those who work here."""

from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from inspections.codes.behind import Behind, behind
from inspections.codes.short_code import CodeMistyped, read_code, shown
from inspections.codes.standing import standing
from inspections.errors import NotFound
from web.access import public
from web.authentication import Viewer
from web.codes.blueprint import blueprint
from web.codes.code_words import kind_of, mistyped, unknown_words
from web.codes.working_page import working_page
from web.database import now, session
from web.limits import count

Page = str | tuple[str, int] | Response


@blueprint.get("/a/")
@public
def enter() -> Page:
    """Take a code that cannot be scanned."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("codes/enter.html", typed="", fault="", near=())
    return lead(typed)


@blueprint.get("/a/<code>")
@public
def thing(code: str) -> Page:
    """Show what is behind a code, in any spelling of it."""
    found = _find(code)
    if not isinstance(found, Behind):
        return found
    if code != shown(found.code):
        return redirect(url_for("codes.thing", code=shown(found.code)))
    here = current_user._get_current_object()  # noqa: SLF001 - the documented way to unwrap
    if isinstance(here, Viewer) and works_here(here, found):
        return working_page(found)
    return open_page(found)


def lead(typed: str) -> Page:
    """Lead to the page of a typed code, or say what is wrong with it."""
    found = _find(typed)
    if isinstance(found, Behind):
        return redirect(url_for("codes.thing", code=shown(found.code)))
    return found


def _find(typed: str) -> Behind | Page:
    """Return what the code is on, else the answer that says what is wrong with it."""
    try:
        return behind(session(), read_code(typed))
    except CodeMistyped as mistake:
        wrong = mistyped(mistake)
        return _not_found(typed, wrong.words, wrong.near)
    except NotFound:
        count("UNKNOWN_CODE_LIMIT", "codes", f"address/{request.remote_addr}")
        return _not_found(typed, unknown_words())


def works_here(here: Viewer, found: Behind) -> bool:
    """Tell whether the signed-in person may see more than a stranger; contractors do not."""
    inside = here.organisation == found.organisation and here.role != "contractor"
    return inside and here.sees(found.site)


def open_page(
    found: Behind,
    typed: MultiDict[str, str] | None = None,
    faults: dict[str, str] | None = None,
) -> str:
    """Return the page for strangers, with the form to report a problem."""
    g.zone = ZoneInfo(found.time_zone)
    given: Any = typed if typed is not None else {}
    shown_standing = standing(
        session(),
        found.on,
        organisation=found.organisation,
        results=found.shows_results,
        now=now(),
    )
    return render_template(
        "codes/open.html",
        on=found,
        code=shown(found.code),
        kind=kind_of(found),
        standing=shown_standing,
        place_code=shown(found.place_code) if found.place_code else None,
        typed=given,
        faults=faults or {},
        client_id=given.get("client_id") or str(uuid4()),
    )


def _not_found(typed: str, words: str, near: tuple[str, ...] = ()) -> tuple[str, int]:
    html = render_template("codes/enter.html", typed=typed[:40], fault=words, near=near)
    return html, 404
