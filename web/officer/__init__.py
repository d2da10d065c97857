"""Pages of safety officers and of those who read along: coverage, rules, rosters and more."""

import importlib

from flask import Flask

from web import navigation
from web.officer.blueprint import blueprint

# Modules that register their pages on the blueprint; each may offer navigation `ENTRIES`.
PAGES = [
    "web.officer.burden",
    "web.officer.coverage",
    "web.officer.roster",
    "web.officer.roster_cell",
    "web.officer.roster_leave",
    "web.officer.roster_export",
    "web.officer.rules_browser",
    "web.officer.why",
]


def init_app(app: Flask) -> None:
    """Register every page and its navigation."""
    modules = [importlib.import_module(name) for name in PAGES]
    app.register_blueprint(blueprint)
    for module in modules:
        navigation.add(app, getattr(module, "ENTRIES", ()))
