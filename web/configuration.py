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
    # Where people reach the service, for links in calendars and mail, for example
    # "https://safety.example/xunjian"; feeds fall back on the address that they were asked at.
    "ADDRESS": "",
    # How many proxies stand before it whose X-Forwarded headers are to be believed.
    "PROXIES": 0,
    # How often one calendar link may be fetched, and how often an address may try unknown ones;
    # counted in this process, or across processes in what FEED_LIMITS_STORE names (redis://…).
    "FEED_LIMIT": "240/hour",
    "UNKNOWN_FEED_LIMIT": "60/hour",
    "FEED_LIMITS_STORE": "memory://",
    # How many sign-ins of one address may fail; a whole school may share one.
    "SIGN_IN_LIMIT": "30/10minutes",
    # How often one address may report a problem without an account, how many reports one label
    # takes, and how often an address may try codes that nothing has.
    "REPORT_LIMIT": "20/hour",
    "REPORTS_OF_LABEL_LIMIT": "40/day",
    "UNKNOWN_CODE_LIMIT": "60/hour",
    # Whether feeds are compressed for clients that ask for it.
    "FEED_GZIP": True,
    # Single sign-on over OpenID Connect, off unless an issuer is named; see docs/howto/accounts.md.
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    # What the button on the sign-in page calls it.
    "OIDC_NAME": "OpenID",
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
    # What one request may hold: in all from strangers and from who signed in, in one field of a
    # form that is no file, and how many fields.
    "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
    "MOST_UPLOAD": 64 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "MAX_FORM_PARTS": 1000,
}


def apply(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Set the defaults, what the environment says, then *overrides*."""
    app.config.from_mapping(DEFAULTS)
    if url := os.environ.get("XUNJIAN_DATABASE_URL"):
        app.config["DATABASE_URL"] = url
    app.config["ADDRESS"] = os.environ.get("XUNJIAN_ADDRESS", "")
    app.config["PROXIES"] = int(os.environ.get("XUNJIAN_PROXIES") or 0)
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"):
        app.config[name] = os.environ.get(f"XUNJIAN_{name}", app.config[name])
    app.config["SECRET_KEY"] = os.environ.get("XUNJIAN_SECRET_KEY") or secrets.token_hex(32)
    app.config.from_mapping(overrides)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
