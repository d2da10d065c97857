"""The route of a day on paper: as PDF and as Excel."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO

from flask import flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.exchange.route_workbook import write_route
from web.authentication import viewer
from web.database import now
from web.formatting import by, clock, day, length, moment, today
from web.inspector.blueprint import blueprint
from web.inspector.route import RouteStop, ShownRoute
from web.inspector.today import Looked, looked_at, round_of
from web.pdf import NoChineseFont, NoPdf, as_pdf, chinese_font
from web.preferences import html_lang, words

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/today/route.pdf")
def route_pdf() -> Response:
    """Send the route as PDF; where this server cannot make one, say so and show the page."""
    looked = looked_at()
    try:
        data = {"font": chinese_font(), "lang": html_lang()[:2], **asdict(_parts(looked))}
        content = as_pdf("route.typ", data)
    except (NoPdf, NoChineseFont) as missing:
        flash(words(missing.text), "warn")
        return redirect(url_for("inspector.today", person=request.args.get("person")))
    return _file(content, "application/pdf", "pdf")


@blueprint.get("/today/route.xlsx")
def route_workbook() -> Response:
    """Send the route as an Excel workbook."""
    parts = _parts(looked_at())
    content = write_route(f"{parts.title} · {parts.who}", parts.as_of, [parts.heads, *parts.rows])
    return _file(content, _EXCEL, "xlsx")


def _file(content: bytes, kind: str, ending: str) -> Response:
    name = f"route-{today().isoformat()}.{ending}"
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name, max_age=0)


@dataclass(frozen=True)
class _Parts:
    """Every sentence of the sheet; `none` says why there are no rows."""

    title: str
    who: str
    organisation: str
    as_of: str
    sums: list[str]
    none: str
    heads: list[str]
    rows: list[list[str]]


def _parts(looked: Looked) -> _Parts:
    route = round_of(looked)[0].route
    heads = (_("Walk"), _("Stop no."), _("Arrival"), _("Way there"), _("Place"), _("Effort"))
    return _Parts(
        title=_("Route of %(day)s", day=day(today())),
        who=looked.other or words(viewer().person_name),
        organisation=words(viewer().organisation_name),
        as_of=_("as of %(when)s", when=moment(now())),
        sums=list(_sums(route)) if route else [],
        none="" if route else _("What is left of this day is at one place: there is no route."),
        heads=[*heads, _("Checks")],
        rows=[_row(str(number), stop) for number, stop in _stops(route)] if route else [],
    )


def _stops(route: ShownRoute) -> Iterator[tuple[int, RouteStop]]:
    for number, walk in enumerate(route.walks, 1):
        yield from ((number, stop) for stop in walk.stops)


def _row(walk: str, stop: RouteStop) -> list[str]:
    checks = (f"{words(job.what)} ({by(job.due_at)})" for job in stop.jobs)
    return [
        walk,
        str(stop.number),
        clock(stop.starts_at),
        length(stop.way) if stop.way else "",
        words(stop.place),
        length(stop.minutes),
        _("; ").join(checks),
    ]


def _sums(route: ShownRoute) -> Iterator[str]:
    whole, way = length(route.minutes), length(route.way)
    if route.way:
        yield _("about %(length)s, %(way)s of it on the way", length=whole, way=way)
    else:
        yield _("about %(length)s", length=whole)
    if route.served:
        yield _("One check for several duties saves %(served)s.", served=length(route.served))
    if route.walked:
        yield _(
            "This order saves %(walked)s of way against going by due time.",
            walked=length(route.walked),
        )
