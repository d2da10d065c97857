"""The samples of a site on a day."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from flask import abort, render_template, request

from inspections.samples.day import SampleDay, kitchens, sample_day
from inspections.samples.keeping import KEPT, WEIGHT
from rules.text import Text
from web.authentication import site_in_scope, viewer
from web.database import now, session
from web.formatting import today
from web.inspector.run import RECORDERS
from web.preferences import words
from web.rulebook import rulebook
from web.samples.blueprint import blueprint


@blueprint.get("/")
def show() -> str:
    """Show today's meals of a site, or of the first one in scope."""
    return draw(_asked())


def draw(
    day: SampleDay | None,
    *,
    faults: Mapping[str, str] | None = None,
    early: int | None = None,
    refusal: Text | None = None,
) -> str:
    """Return the page; *early* is the sample whose early discard waits for its reason."""
    return render_template(
        "samples/day.html",
        shown=day,
        sites=[(key, words(name)) for key, name in in_scope()],
        limits=_limits(day),
        faults=faults or {},
        early=early,
        refusal=refusal,
        typed=request.form,
        new_id=lambda: str(uuid4()),
        may_act=viewer().role in RECORDERS,
        today_is=day is not None and day.on == today(),
        now_is=now(),
    )


def day_of(site: str, on: date) -> SampleDay:
    """Return what the page shows of a site in scope."""
    site_in_scope(site)
    return sample_day(
        session(), rulebook(), organisation_id=viewer().organisation, site=site, on=on
    )


def in_scope() -> list[tuple[str, Text]]:
    """Return the sites with a kitchen that the person may see."""
    found = kitchens(session(), viewer().organisation)
    return [(key, name) for key, name in found if viewer().sees(key)]


def _asked() -> SampleDay | None:
    known = dict(in_scope())
    if not known:
        return None
    site = request.args.get("site") or next(iter(known))
    if site not in known:
        abort(404)
    return day_of(site, _day(request.args.get("on", "")))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        abort(400)


def _limits(day: SampleDay | None) -> dict[str, object]:
    found = day.limits if day else {}
    return {"kept": found.get(KEPT), "weight": found.get(WEIGHT)}
