"""Publish the week that is shown."""

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.board.publishing import publish_week
from inspections.board.refusals import PLANNING_ROLES
from inspections.board.week import board_week
from web.authentication import roles, viewer
from web.board.asked import asked, planner
from web.board.blueprint import blueprint
from web.database import now, transaction
from web.rulebook import rulebook


@blueprint.post("/publish")
@roles(*PLANNING_ROLES)
def publish() -> Response:
    """Publish the plan of the sites and days shown, as it stands."""
    shown = asked()
    with transaction() as opened:
        week = board_week(opened, rulebook(), viewer().organisation, shown.days, now=now())
        publish_week(planner(), week, shown.sites)
    if week.gaps:
        said = _("The week is published; %(count)s checks stay uncovered.", count=len(week.gaps))
        flash(said, "warn")
    else:
        flash(_("The week is published; every check has somebody."), "ok")
    return redirect(shown.address())
