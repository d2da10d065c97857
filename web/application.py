"""The application: every part of the pages put together."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from web import (
    addresses,
    assets,
    authentication,
    blueprints,
    components,
    compression,
    configuration,
    database,
    errors,
    formatting,
    grammar,
    navigation,
    origin,
    preferences,
    proxies,
    secret_links,
    security,
    security_log,
    stylesheet,
    translations,
    uploads,
)


def build(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; `web.create_app` says what *config* holds."""
    app = Flask("web")
    configuration.apply(app, config or {})
    for part in (
        addresses,
        proxies,
        secret_links,
        origin,
        security_log,
        uploads,
        security,
        assets,
        stylesheet,
        compression,
        database,
        preferences,
        translations,
        formatting,
        grammar,
        components,
        navigation,
        authentication,
        errors,
        blueprints,
    ):
        part.init_app(app)
    return app
