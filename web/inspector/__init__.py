"""Pages of the round: Today, an occurrence, running a checklist, findings."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.inspector import (
    finding,
    findings,
    inspection,
    new_finding,
    occurrence,
    photos,
    route_sheet,
    run,
    today,
)
from web.inspector.blueprint import blueprint
from web.navigation import Entry

__all__ = [
    "finding",
    "findings",
    "inspection",
    "new_finding",
    "occurrence",
    "photos",
    "route_sheet",
    "run",
    "today",
]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    rounds = ("inspector.today", "inspector.occurrence", "inspector.run", "inspector.inspection")
    entries = [
        Entry("inspector.today", _("Today"), "today", 5, section=rounds),
        # Officers come to findings by their register.
        Entry(
            "inspector.findings",
            _("Findings"),
            "finding-open",
            30,
            frozenset({"inspector", "contractor"}),
            section=("inspector.finding", "inspector.new_finding"),
        ),
    ]
    navigation.add(app, entries)
