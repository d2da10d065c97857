"""Settings of the web application, with what each is for."""

import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

DEFAULTS: dict[str, Any] = {
    "DATABASE_URL": "sqlite:///var/xunjian.db",
    # Photos and files by content hash.
    "EVIDENCE_FOLDER": "var/evidence",
    # Shows the demo accounts on the sign-in page.
    "DEMO": False,
    # Returns the present instant, aware UTC; tests and screenshots pass a fixed one.
    "CLOCK": lambda: datetime.now(UTC),
    # Serves the specimen page of every component.
    "SPECIMEN": False,
    "BOOTSTRAP_SERVE_LOCAL": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    # Behind HTTPS set this to True; on 127.0.0.1 browsers would drop a secure cookie.
    "SESSION_COOKIE_SECURE": False,
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
    # As long as the session: an hour-old form on a tablet must still be taken.
    "WTF_CSRF_TIME_LIMIT": None,
    "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
}


def apply(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Set the defaults, what the environment says, then *overrides*."""
    app.config.from_mapping(DEFAULTS)
    if url := os.environ.get("XUNJIAN_DATABASE_URL"):
        app.config["DATABASE_URL"] = url
    app.config["SECRET_KEY"] = os.environ.get("XUNJIAN_SECRET_KEY") or secrets.token_hex(32)
    app.config.from_mapping(overrides)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
