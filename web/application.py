"""The application: every part of the pages put together."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from web import (
    assets,
    authentication,
    blueprints,
    components,
    configuration,
    database,
    errors,
    formatting,
    grammar,
    navigation,
    preferences,
    security,
    translations,
)


def build(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; `web.create_app` says what *config* holds."""
    app = Flask("web")
    configuration.apply(app, config or {})
    for part in (
        security,
        assets,
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
