"""What needs an officer's eye now, on one page."""

from flask import Blueprint, Flask, render_template
from flask_babel import gettext, lazy_gettext

from inspections.alerts import Alert, AlertCode, alerts
from inspections.one_piece import site_names
from web import navigation
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session
from web.missed.listing import rule_clause
from web.navigation import Entry
from web.rulebook import rulebook

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts", template_folder="templates")

# In the order of how much is lost already.
_ORDER: tuple[AlertCode, ...] = (
    "short",
    "gate-closed",
    "default-due",
    "no-report",
    "period-ending",
)


def init_app(app: Flask) -> None:
    """Register the page and its navigation."""
    app.register_blueprint(blueprint)
    label = lazy_gettext("Alerts")
    navigation.add(app, [Entry("alerts.page", label, "bell", 15, OFFICERS, ("alerts.",))])


@blueprint.get("/")
@roles(*OFFICERS)
def page() -> str:
    """Show the alerts of the sites in scope, by kind, the most urgent first."""
    here = viewer()
    found = alerts(session(), rulebook(), organisation_id=here.organisation, now=now())
    mine = [one for one in found if not here.sites or one.site in here.sites]
    return render_template(
        "alerts/list.html",
        groups=[(code, *_words(code), _of(mine, code)) for code in _ORDER],
        total=len(mine),
        site=site_names(session(), here.organisation),
        clause=rule_clause,
    )


def _of(found: list[Alert], code: AlertCode) -> list[Alert]:
    return sorted((one for one in found if one.code == code), key=lambda one: one.at)


def _words(code: AlertCode) -> tuple[str, str]:
    """Return the heading of a kind of alert, and what it means."""
    return {
        "short": (
            gettext("Fewer done than the rule asks for"),
            gettext("The period is over or leaves no time. It stays on record; say why."),
        ),
        "gate-closed": (
            gettext("On duty without the check that is needed first"),
            gettext("Have the check done, or give the work to somebody else."),
        ),
        "default-due": (
            gettext("Deadline missed: what the rule provides for now applies"),
            gettext("Do what the rule says happens after the deadline."),
        ),
        "no-report": (
            gettext("Begun and never reported"),
            gettext("Finish the record, or say why it cannot be finished."),
        ),
        "period-ending": (
            gettext("The period ends soon and more is needed"),
            gettext("Plan the rest before the period ends."),
        ),
    }[code]
