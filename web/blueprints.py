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
    "web.public",
    "web.manage",
    "web.missed",
    "web.tickets",
]


def init_app(app: Flask) -> None:
    """Register every part."""
    for name in PARTS:
        importlib.import_module(name).init_app(app)
