"""Pages, calendar feeds and the command line."""

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


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """
    Build the application.

    Args:
        config: Overrides of `web.configuration.DEFAULTS`, for example `DATABASE_URL`.
    """
    app = Flask(__name__)
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
