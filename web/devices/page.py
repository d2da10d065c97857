"""Where a person makes, sees and revokes the passwords of their devices."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.app_passwords import create_app_password, devices_of, revoke_app_password
from inspections.errors import Refused
from web.authentication import viewer
from web.database import now, session, transaction
from web.devices.blueprint import blueprint
from web.errors import status_of
from web.preferences import words

_FRESH = "fresh_device"


@blueprint.get("/account/devices")
def devices() -> str:
    """List the devices; a password that was just made is shown once."""
    return _page(cookie.pop(_FRESH, None))


@blueprint.post("/account/devices")
def device_add() -> Response | tuple[str, int]:
    """Make a password for a device."""
    label = request.form.get("label", "").strip()[:60]
    if not label:
        return _page(None, {"label": _("Name of the device: please fill this in.")}), 422
    try:
        with transaction() as opened:
            number, password = create_app_password(opened, viewer().id, label=label, now=now())
    except Refused as refusal:
        return _page(None, {"label": words(refusal.text)}), status_of(refusal)
    cookie[_FRESH] = {"id": number, "password": password}
    return redirect(url_for("devices.devices"))


@blueprint.post("/account/devices/<int:device>/revoke")
def device_revoke(device: int) -> Response:
    """Stop a device."""
    with transaction() as opened:
        revoke_app_password(opened, device, account_id=viewer().id, now=now())
    flash(_("The device is stopped. It gets no more tasks."), "ok")
    return redirect(url_for("devices.devices"))


def _page(fresh: dict[str, Any] | None, faults: dict[str, str] | None = None) -> str:
    return render_template(
        "devices/list.html",
        mine=devices_of(session(), viewer().id),
        fresh=fresh,
        faults=faults or {},
        typed=request.form,
    )
