"""Choose labels and print them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask import stream_template as stream
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup
from werkzeug.wrappers import Response

from inspections.codes.behind import behind
from inspections.codes.labels import Choice, Label, label_of, labels_of
from inspections.codes.results_shown import results_shown, show_results
from inspections.codes.short_code import CodeMistyped, read_code
from inspections.errors import NotFound
from inspections.queries.coverage import site_choices
from inspections.queries.place_choices import place_choices
from rules.text import Text
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.codes.blueprint import blueprint
from web.codes.sheets import SIZES, sheets, square
from web.database import now, session, transaction
from web.formatting import local
from web.manage.fields import is_iso_day
from web.manage.flow import editor
from web.preferences import words
from web.proxies import public_address

KINDS: Mapping[str, LazyString] = {
    "place": lazy_gettext("Places"),
    "asset": lazy_gettext("Assets"),
    "site": lazy_gettext("The site itself"),
}
LANGUAGES: Mapping[str, LazyString] = {
    "both": lazy_gettext("Chinese and English"),
    "zh": lazy_gettext("Chinese"),
    "en": lazy_gettext("English"),
}
# In the language of the label, whoever prints it.
SAY = Text(zh="扫码检查、报修", en="Scan to check or report")


@blueprint.get("/labels")
@roles(*OFFICERS)
def labels() -> str:
    """Choose what to print."""
    here = viewer()
    sites = site_choices(session(), here.organisation, here.sites)
    site = request.args.get("site") or (sites[0][0] if len(sites) == 1 else "")
    if site:
        site_in_scope(site)
        if site not in dict(sites):
            abort(404)
    return render_template(
        "codes/labels.html",
        sites=[("", _("choose one")), *((key, words(name)) for key, name in sites)],
        site=site,
        places=_places(site) if site else [],
        kinds=list(KINDS.items()),
        sizes=[(key, str(size.words)) for key, size in SIZES.items()],
        languages=list(LANGUAGES.items()),
        shows_results=bool(site) and results_shown(session(), here.organisation, site),
        address=public_address(),
        address_set=bool(current_app.config["ADDRESS"]),
    )


@blueprint.get("/labels/sheet")
@roles(*OFFICERS)
def sheet() -> Any:
    """Show the labels as they will be printed; they come as they are drawn."""
    chosen = _chosen()
    size_name = request.args.get("size", "70x37")
    size = SIZES.get(size_name) or abort(404)
    language = request.args.get("language", "both")
    return stream(
        "codes/sheet.html",
        sheets=_drawn(sheets(chosen, size)),
        count=len(chosen),
        many=-(-len(chosen) // (size.columns * size.rows)),
        size=size_name,
        tall=size.tall,
        marks=request.args.get("marks") == "1",
        languages=("zh", "en") if language not in {"zh", "en"} else (language,),
        site=request.args.get("site", ""),
        address=public_address(),
        say={"zh": SAY.zh, "en": SAY.en},
    )


@blueprint.post("/labels/results/<site>")
@roles(*OFFICERS)
def results(site: str) -> Response:
    """Let strangers see results of a site, or no longer."""
    shown = request.form.get("shown") == "1"
    with transaction() as opened:
        show_results(opened, site, shown=shown, editor=editor(), now=now())
    if shown:
        flash(_("Saved. Whoever scans a label of this site now sees the last result."), "ok")
    else:
        flash(_("Saved. Strangers no longer see results of this site."), "ok")
    return redirect(url_for("codes.labels", site=site))


def _places(site: str) -> list[tuple[str, str]]:
    found = place_choices(session(), viewer().organisation, [site]).get(site, [])
    return [(key, words(name)) for key, name in found]


def _chosen() -> tuple[Label, ...]:
    code = request.args.get("code")
    if code is not None:
        return (_single(code),)
    site = request.args.get("site", "")
    site_in_scope(site)
    kinds = [kind for kind in request.args.getlist("kind") if kind in KINDS] or list(KINDS)
    choice = Choice(site, kinds, tuple(request.args.getlist("place")), _since())
    return labels_of(session(), viewer().organisation, choice)


def _single(typed: str) -> Label:
    try:
        found = behind(session(), read_code(typed))
    except (CodeMistyped, NotFound):
        abort(404)
    if found.organisation != viewer().organisation or not viewer().sees(found.site):
        abort(404)
    return label_of(found)


def _since() -> datetime | None:
    day = request.args.get("since", "")
    if not is_iso_day(day):
        return None
    return datetime.combine(date.fromisoformat(day), time(), local(now()).tzinfo)


def _drawn(cut: Sequence[Sequence[Label]]) -> Iterator[list[tuple[Label, Markup]]]:
    """Yield sheet by sheet with its squares, so that the first shows while others are drawn."""
    for one in cut:
        yield [(label, square(label.code)) for label in one]
