"""Where the changes of a request come from, for the audit log."""

from flask import Flask, request

from inspections.audit import SERVICE, Origin, come_from
from web.user_agents import device_words


def init_app(app: Flask) -> None:
    """Tell the audit log of each request's address and device."""
    app.before_request(_arrive)
    app.teardown_request(_leave)


def _arrive() -> None:
    agent = request.headers.get("User-Agent", "")
    come_from(Origin("web", request.remote_addr, device_words(agent) or None))


def _leave(_error: BaseException | None) -> None:
    # The thread serves others next, and may do work of its own between.
    come_from(SERVICE)
