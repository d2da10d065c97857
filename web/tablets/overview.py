"""Every tablet of the organisation: when it was last here, and what it still holds."""

from datetime import timedelta

from flask import render_template

from inspections.sync.kept_items import kept_counts
from inspections.sync.tablets import tablets
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session
from web.tablets.blueprint import blueprint
from web.tablets.items import labels

# A clock that is this far off is worth a word; what it says is corrected anyway.
FAR_OFF_SECONDS = 120
# A tablet that holds items and was not here for this long may be lost.
LONG_AWAY = timedelta(days=1)


@blueprint.get("/", endpoint="tablets")
@roles(*OFFICERS)
def show() -> str:
    """List the tablets."""
    here = viewer()
    return render_template(
        "tablets/list.html",
        tablets=tablets(session(), here.organisation),
        labels=labels(),
        counts=kept_counts(session(), here.organisation, sites=here.sites),
        far_off=FAR_OFF_SECONDS,
        away_since=now() - LONG_AWAY,
    )
