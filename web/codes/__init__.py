"""Codes on labels: the page behind one, scanner and keypad, label sheets, what strangers report."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.codes import inbox, labels, one_report, reported, scan, thing
from web.codes.blueprint import blueprint
from web.navigation import FIELD_ROLES, Entry

__all__ = ["inbox", "labels", "one_report", "reported", "scan", "thing"]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    # Labels are reached from the facts of sites, reports from the alerts: the rail has no room.
    section = ("codes.thing", "codes.enter")
    navigation.add(app, [Entry("codes.scan", _("Scan"), "scan", 10, FIELD_ROLES, section)])
