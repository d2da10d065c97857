"""What a preview showed, carried by the page to the step that saves it, sealed against changes."""

from collections.abc import Mapping
from typing import Any

from flask import abort, current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from web.authentication import viewer


def sealed(carried: Mapping[str, Any], *, purpose: str) -> str:
    """Return plain data as a token for the account that looks; one *purpose* opens no other's."""
    return _signer(purpose).dumps({**carried, "account": viewer().id})


def unsealed(token: str, *, purpose: str) -> dict[str, Any]:
    """Return what a token carries; 400 where it cannot be read, 403 for another account."""
    try:
        carried = _signer(purpose).loads(token)
    except BadSignature:
        abort(400, _("This preview cannot be read any more. Nothing was saved. Start again."))
    if carried["account"] != viewer().id:
        abort(403)
    return dict(carried)


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=purpose)
