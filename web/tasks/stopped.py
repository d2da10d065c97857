"""What may not be used: until when it is verified, and by which rule."""

from flask import render_template

from inspections.reactions.stops import Stop, active_stops
from web.authentication import viewer
from web.database import session
from web.rulebook import rulebook
from web.tasks.blueprint import blueprint


def stops_here(site: str = "") -> tuple[Stop, ...]:
    """Return what may not be used at a site, or at every site in scope."""
    here = viewer()
    return active_stops(session(), here.organisation, sites=(site,) if site else here.sites)


@blueprint.get("/stopped", endpoint="stopped")
def show() -> str:
    """Show everything in scope that is taken out of use."""
    found = stops_here()
    book = rulebook()
    titles = {stop.rule: book.rules[stop.rule].title for stop in found if stop.rule in book.rules}
    return render_template("tasks/stopped.html", stops=found, titles=titles)
