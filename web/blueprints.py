"""Every blueprint of the application, in one list."""

import importlib

from flask import Flask

# Modules with a function `init_app(app)` that registers the blueprint and its navigation.
PARTS = [
    "web.account",
    "web.health",
    "web.specimen",
    "web.inspector",
    "web.officer",
    "web.board",
    "web.desk",
    "web.public",
    "web.manage",
    "web.alerts",
    "web.missed",
    "web.tickets",
    "web.tasks",
    "web.samples",
    "web.handovers",
    "web.duty_wishes",
    "web.duty_bonds",
    "web.plausibility",
    "web.messages",
    "web.device",
    "web.devices",
    "web.sync",
    "web.tablets",
    "web.authoring",
    "web.whatif",
    "web.staffing",
    "web.drills",
    "web.accounts",
    "web.audit",
    "web.codes",
    "web.imports",
]


def init_app(app: Flask) -> None:
    """Register every part."""
    for name in PARTS:
        importlib.import_module(name).init_app(app)
