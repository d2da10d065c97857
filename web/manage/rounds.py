"""Edit what rounds go by: order of places and ways of a site, ways between sites, turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from inspections.one_piece import house_rounds_now, site_names, site_now
from inspections.round_edits import HouseRounds, SiteRounds
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, nothing_new, preview_page, refused, returning
from web.manage.value_words import label
from web.manage.way_rows import WayRow, WaysRead, read_ways, stored_rows, typed_rows
from web.preferences import words

_STOPS = (0.0, 9999.0)
_MOST_DAYS = (0, 366)


@dataclass(frozen=True)
class _Form:
    """
    A form with lines of ways.

    Attributes:
        names: Words of every end that a way may have, by key.
        first: Field beside which faults stand that belong to no other.
    """

    template: str
    shown: Mapping[str, Any]
    names: Mapping[str, str]
    first: str

    def page(
        self,
        rows: Sequence[WayRow],
        values: Mapping[str, str],
        faults: Mapping[str, str] | None = None,
    ) -> str:
        """Return the form as typed, with its faults."""
        given = {"rows": rows, "values": values, "faults": faults or {}, "names": self.names}
        return render_template(self.template, **self.shown, **given)

    def answer(self, asked: Proposed, reader: FormReader, read: WaysRead, *, same: bool) -> Page:
        """Return the preview of what is *asked*, or the form with all that is wrong in it."""
        faults = dict(reader.faults)
        clash = refused(asked.edits)
        if clash is not None:
            faults = {**read.faults(clash, other=self.first), **faults}
        if not faults and same:
            faults = nothing_new(self.first)
        if faults:
            return self.page(typed_rows(reader.form), reader.form, faults), 422
        return preview_page(asked)


@blueprint.route("/sites/<site>/rounds", methods=["GET", "POST"])
@roles(*OFFICERS)
def site_rounds(site: str) -> Page:
    """Edit the order of a site's places and the ways between them."""
    site_in_scope(site)
    shown = site_now(session(), viewer().organisation, site)
    names = {place.id: words(place.name) for place in shown.places}
    stops = {f"stop-{place}": str(at) for at, place in enumerate(shown.order, start=1)}
    listed = [*shown.order, *(place for place in names if place not in shown.order)]
    first = f"stop-{listed[0]}" if listed else "stops"
    form = _Form("manage/site_rounds.html", {"shown": shown, "listed": listed}, names, first)
    if request.method != "POST":
        return form.page(stored_rows(shown.travel, shown.order), stops)
    if _asks_for_the_form():
        return form.page(typed_rows(request.form), request.form)
    reader = FormReader(request.form)
    order = _order(reader, {place: names[place] for place in listed})
    read = read_ways(reader, typed_rows(request.form), names)
    asked = Proposed(
        [SiteRounds(site, order, read.ways)],
        _("Rounds of %(name)s", name=words(shown.name)),
        url_for("manage.site", site=site),
        _("The rounds of %(name)s are saved.", name=words(shown.name)),
    )
    return form.answer(asked, reader, read, same=(order, read.ways) == (shown.order, shown.travel))


@blueprint.route("/rounds", methods=["GET", "POST"])
@roles(*OFFICERS)
def rounds() -> Page:
    """Edit the ways between sites, and how long one person may go on checking the same place."""
    if viewer().sites:
        abort(403, _("This binds every site, so only those who look after all sites edit it."))
    stored = house_rounds_now(session(), viewer().organisation)
    every = site_names(session(), viewer().organisation)
    names = {key: words(name) for key, name in every.items()}
    form = _Form("manage/rounds.html", {}, names, "most_running")
    if request.method != "POST":
        return form.page(stored_rows(stored.travel), {"most_running": str(stored.most_running)})
    if _asks_for_the_form():
        return form.page(typed_rows(request.form), request.form)
    reader = FormReader(request.form)
    most = reader.whole("most_running", label("most_running"), _MOST_DAYS)
    read = read_ways(reader, typed_rows(request.form), names)
    asked = Proposed(
        [HouseRounds(read.ways, most or 0)],
        _("Rounds of all sites"),
        url_for("manage.sites"),
        _("The rounds of all sites are saved."),
    )
    return form.answer(
        asked, reader, read, same=(read.ways, most) == (stored.travel, stored.most_running)
    )


def _asks_for_the_form() -> bool:
    return returning() or request.form.get("step") == "more"


def _order(reader: FormReader, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the places that have a number, by their numbers; `2.5` stands between 2 and 3."""
    stops: dict[float, str] = {}
    for place, name in names.items():
        field = f"stop-{place}"
        number = reader.number(field, name, _STOPS) if reader.form.get(field, "").strip() else None
        if number in stops:
            reader.faults[field] = _(
                "%(name)s: %(other)s has this number too. Give each place its own.",
                name=name,
                other=names[stops[number]],
            )
        elif number is not None:
            stops[number] = place
    return tuple(stops[number] for number in sorted(stops))
