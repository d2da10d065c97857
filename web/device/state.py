"""The page of what waits on this device; its script fills it from the device's own record."""

from flask import render_template

from web.access import for_contractors
from web.device.blueprint import blueprint


@blueprint.get("/tablet")
@for_contractors
def state() -> str:
    """Show the frame; what waits is known on the device only."""
    return render_template("device/state.html")
