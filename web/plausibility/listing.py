"""The flags of a month: figures, the records behind each, and what looking into it came to."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.one_piece import site_names
from inspections.plausibility.flag import KINDS
from inspections.plausibility.flags import (
    LookedFlag,
    Wanted,
    counts,
    flags_of,
    look_into,
    month_of,
)
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import today
from web.manage.fields import FormReader
from web.manage.flow import editor
from web.plausibility.blueprint import blueprint
from web.plausibility.naming import Names
from web.preferences import words

_ON_A_PAGE = 20
_SHOWN = ("open", "looked")


@blueprint.get("/")
@roles(*OFFICERS)
def flags() -> str:
    """Show the flags that were asked for."""
    return _page()


@blueprint.post("/<flag>/look")
@roles(*OFFICERS)
def look(flag: str) -> Response | tuple[str, int]:
    """Write down what looking into a flag came to."""
    reader = FormReader(request.form)
    note = reader.text("note", _("What it came to"))
    wanted = _wanted()
    if note is None or "note" in reader.faults:
        if flag not in {one.flag.key for one in flags_of(session(), wanted)}:
            abort(404)
        return _page({flag: reader.faults["note"]}), 422
    try:
        with transaction() as opened:
            look_into(
                opened,
                wanted,
                key=flag,
                digest=request.form.get("digest", ""),
                note=note,
                editor=editor(),
                now=now(),
            )
    except Refused as refusal:
        if status_of(refusal) == 404:
            raise
        return _page({flag: words(refusal.text)}), status_of(refusal)
    flash(_("Written down. The records stay as they are."), "ok")
    return redirect(url_for("plausibility.flags", **_asked()))


def _wanted() -> Wanted:
    here, site = viewer(), request.values.get("site") or None
    if site:
        site_in_scope(site)
    month = month_of(request.values.get("month", ""), today())
    return Wanted(here.organisation, (site,) if site else here.sites, month)


def _asked() -> dict[str, Any]:
    """Return the choices that the page was asked with, to come back to the same list."""
    names = ("month", "show", "kind", "site")
    return {name: value for name in names if (value := request.values.get(name, ""))}


def _page(faults: dict[str, str] | None = None) -> str:
    wanted, asked = _wanted(), _asked()
    show = asked.get("show") if asked.get("show") in _SHOWN else "open"
    kind = asked.get("kind") if asked.get("kind") in KINDS else None
    found = flags_of(session(), wanted)
    counted = counts(found)
    listed = [one for one in found if one.is_open is (show == "open")]
    listed = [one for one in listed if kind is None or one.flag.kind == kind]
    number, pages, shown = _part(listed, request.args.get("page", 1, int))
    return render_template(
        "plausibility/flags.html",
        shown=shown,
        names=Names(session(), wanted.organisation, [one.flag for one in shown]),
        kinds=kind_words(),
        counts=_counts(counted, is_open=show == "open"),
        totals={"open": _total(counted, is_open=True), "looked": _total(counted, is_open=False)},
        show=show,
        kind=kind,
        month=wanted.month,
        months=_around(wanted.month),
        site=asked.get("site", ""),
        sites=_sites(),
        number=number,
        pages_count=pages,
        faults=faults or {},
        typed=request.form,
        url=_url,
        page_url=lambda page: _url(page=page),
    )


def kind_words() -> dict[str, str]:
    """Return what each kind of flag is called."""
    return {
        "identical": _("The same reading for days"),
        "walking": _("Too far for the time between"),
        "burst": _("Many checks at the end of the month"),
        "haste": _("Faster than its items"),
        "photo": _("A photo seen before"),
    }


def _url(**changes: Any) -> str:
    return url_for("plausibility.flags", **{**_asked(), **changes})


def _counts(counted: Mapping[tuple[str, bool], int], *, is_open: bool) -> dict[str, int]:
    return {kind: counted.get((kind, is_open), 0) for kind in KINDS}


def _total(counted: Mapping[tuple[str, bool], int], *, is_open: bool) -> int:
    return sum(count for (_kind, one), count in counted.items() if one is is_open)


def _part(listed: list[LookedFlag], number: int) -> tuple[int, int, list[LookedFlag]]:
    pages = max(1, -(-len(listed) // _ON_A_PAGE))
    number = min(max(1, number), pages)
    return number, pages, listed[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]


def _around(month: date) -> tuple[date, date | None]:
    """Return the month before, and the one after where it has begun."""
    after = (month + timedelta(days=32)).replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    return before, after if after <= today() else None


def _sites() -> list[tuple[str, str]]:
    names = site_names(session(), viewer().organisation)
    mine = [(key, words(name)) for key, name in names.items() if viewer().sees(key)]
    return [("", _("All sites")), *mine]
