"""The load of four weeks as a heat map: people by days, minutes against limits."""

from flask import render_template

from inspections.board.week import board_week
from inspections.queries.roster_week import ONE_WEEK
from web.authentication import READERS, roles, viewer
from web.board.asked import asked
from web.board.blueprint import blueprint
from web.database import now, session
from web.rulebook import rulebook

WEEKS = 4


@blueprint.get("/load")
@roles(*READERS)
def load() -> str:
    """Show how full the days of four weeks are."""
    shown = asked(WEEKS)
    return render_template(
        "board/load.html",
        asked=shown,
        week=board_week(session(), rulebook(), viewer().organisation, shown.days, now=now()),
        earlier=(shown.monday - ONE_WEEK).isoformat(),
        later=(shown.monday + ONE_WEEK).isoformat(),
        page_url=lambda number: shown.page(number, "board.load"),
    )
