"""What needs an officer's eye now, on one page."""

from flask import Blueprint, Flask, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from inspections.alerts import A_MONTH, Alert, AlertCode, alerts, most_missed
from inspections.codes.report_list import SiteCounts, report_counts
from inspections.one_piece import site_names
from web import navigation
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session
from web.missed.listing import rule_clause
from web.navigation import Entry
from web.rulebook import rulebook
from web.sites_shown import sites_shown

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts", template_folder="templates")

# In the order of how much is lost already.
_ORDER: tuple[AlertCode, ...] = (
    "stopped",
    "short",
    "gate-closed",
    "escalated",
    "default-due",
    "no-report",
    "period-ending",
)


def init_app(app: Flask) -> None:
    """Register the page and its navigation."""
    app.register_blueprint(blueprint)
    label = lazy_gettext("Alerts")
    # What was told by mail belongs to what needs an eye; the rail has no room for one more.
    reports = ("codes.inbox", "codes.one_report", "codes.decide")
    section = ("alerts.", "messages.outbox", "messages.robot", *reports)
    navigation.add(app, [Entry("alerts.page", label, "bell", 15, OFFICERS, section)])


@blueprint.get("/")
@roles(*OFFICERS)
def page() -> str:
    """Show the alerts of the sites chosen, by kind, the most urgent first."""
    here = viewer()
    shown = sites_shown(request.args)
    found = list(
        alerts(
            session(),
            rulebook(),
            organisation_id=here.organisation,
            now=now(),
            sites=shown.keys,
        )
    )
    since = now() - A_MONTH
    worst = most_missed(session(), here.organisation, since=since, scope=here.sites)
    return render_template(
        "alerts/list.html",
        groups=[(code, *_words(code), _of(found, code)) for code in _ORDER],
        total=len(found),
        shown=shown,
        page_url=lambda number: url_for("alerts.page", **shown.query(number)),
        worst=worst if shown.is_large else (),
        reports=sum(each.counts["waiting"] for each in _reports()),
        site=site_names(session(), here.organisation),
        clause=rule_clause,
    )


def _reports() -> tuple[SiteCounts, ...]:
    here = viewer()
    return report_counts(session(), here.organisation, sites=here.sites)


def _of(found: list[Alert], code: AlertCode) -> list[Alert]:
    return sorted((one for one in found if one.code == code), key=lambda one: one.at)


def _words(code: AlertCode) -> tuple[str, str]:
    """Return the heading of a kind of alert, and what it means."""
    return {
        "short": (
            gettext("Fewer done than the rule asks for"),
            gettext("The period is over or leaves no time. It stays on record; say why."),
        ),
        "stopped": (
            gettext("Not to be used until verified"),
            gettext("See to it that nobody uses it, have it put right, and verify it."),
        ),
        "escalated": (
            gettext("Overdue and escalated"),
            gettext("Each rung was told once. Put it right, or give more time with a reason."),
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
