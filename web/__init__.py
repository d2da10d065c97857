"""Pages, calendar feeds and the command line."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> "Flask":
    """
    Build the application.

    Flask is imported here only: every command of the command line imports this package.

    Args:
        config: Overrides of `web.configuration.DEFAULTS`, for example `DATABASE_URL`.
    """
    from web.application import build

    return build(config)
