"""Where people reach the service: behind proxies, under a path, at a name of its own."""

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    """Believe as many proxies as the settings say; none by default, since headers can be forged."""
    count = int(app.config["PROXIES"])
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )


def public_address() -> str:
    """Return where people reach the service, without a slash at the end."""
    configured: str = current_app.config["ADDRESS"]
    return (configured or request.url_root).rstrip("/")
