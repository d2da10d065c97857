"""The client of an OpenID Connect provider: none unless the settings name one."""

from typing import Any

from flask import Flask, abort, current_app

_KEY = "xunjian.sign-on"
_SETTINGS = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def init_app(app: Flask) -> None:
    """
    Make the client of the provider where the settings name one.

    Raises:
        RuntimeError: If they name one and the extra `oidc` is not installed.
    """
    issuer, client_id, client_secret = (app.config[name] for name in _SETTINGS)
    if not (issuer and client_id):
        return
    try:
        from authlib.integrations.flask_client import OAuth
    except ImportError as missing:
        raise RuntimeError(
            "XUNJIAN_OIDC_ISSUER is set: install what it needs with pip install 'xunjian[oidc]'."
        ) from missing
    registry = OAuth(app)
    app.extensions[_KEY] = registry.register(
        "provider",
        client_id=client_id,
        client_secret=client_secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )


def provider_name() -> str:
    """Return what the button calls the provider; nothing where there is none."""
    on = _KEY in current_app.extensions
    return str(current_app.config["OIDC_NAME"]) if on else ""


def client() -> Any:
    """Return the client; answers 404 where there is none."""
    if _KEY not in current_app.extensions:
        abort(404)
    return current_app.extensions[_KEY]


def faults() -> tuple[type[Exception], ...]:
    """Return what a return from a provider may raise: refused, forged, or not reached."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    # Faults of the network are OSError; answers that are no JSON, or lack a part, the others.
    return (AuthlibBaseError, JoseError, OSError, ValueError, KeyError)
