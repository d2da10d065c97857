"""Group robots: register one, send it a test message, stop it. Its address is never shown again."""

from datetime import time

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.messages.outbox import Draft, put
from inspections.messages.robots import ROBOT_KINDS
from inspections.messages.sealing import seal
from inspections.messages.webhook_gate import loopback_allowed
from inspections.messages.webhooks import (
    NewWebhook,
    Webhook,
    register_webhook,
    stop_webhook,
    webhooks_of,
)
from inspections.one_piece import site_names
from web.authentication import ADMINISTRATOR, roles, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.manage.fields import FormReader
from web.messages.blueprint import blueprint
from web.preferences import language, words


@blueprint.get("/outbox/robots")
@roles(ADMINISTRATOR)
def robots() -> str:
    """List the robots in use, with the form for a new one."""
    return _page()


@blueprint.post("/outbox/robots")
@roles(ADMINISTRATOR)
def robot_register() -> Response | tuple[str, int]:
    """Register a robot."""
    reader = FormReader(request.form)
    new = _read(reader)
    if reader.faults or new is None:
        return _page(reader.faults), 422
    try:
        with transaction() as opened:
            register_webhook(opened, new, seal=seal(), loopback=loopback_allowed(), now=now())
    except Refused as refusal:
        return _page({"address": words(refusal.text)}), status_of(refusal)
    flash(_("Registered. Send a test message to see it in the group."), "ok")
    return redirect(url_for("messages.robots"))


@blueprint.post("/outbox/robots/<int:robot>/test")
@roles(ADMINISTRATOR)
def robot_test(robot: int) -> Response:
    """Put a test message for a robot into the outbox."""
    found = _one(robot)
    chinese = found.language != "en"
    draft = Draft(
        organisation=found.organisation,
        channel="webhook",
        kind="test",
        recipient=f"webhook-{found.id}",
        day=now().isoformat(),
        webhook=found.id,
        subject="巡检测试消息" if chinese else "Xunjian test message",
        body="群机器人已接通。" if chinese else "The group robot works.",
        not_before=now(),
    )
    with transaction() as opened:
        put(opened, [draft], now=now())
    flash(_("The test message waits and goes out within a minute."), "ok")
    return redirect(url_for("messages.outbox", show="waiting"))


@blueprint.post("/outbox/robots/<int:robot>/stop")
@roles(ADMINISTRATOR)
def robot_stop(robot: int) -> Response:
    """Stop a robot."""
    here = viewer()
    _one(robot)
    with transaction() as opened:
        stop_webhook(opened, robot, organisation=here.organisation, by=here.person, now=now())
    flash(_("Stopped. Its address is deleted; nothing is posted to it any more."), "ok")
    return redirect(url_for("messages.robots"))


def _one(robot: int) -> Webhook:
    from inspections.errors import NotFound
    from rules.text import Text

    for found in _mine():
        if found.id == robot:
            return found
    raise NotFound(Text(zh="群机器人", en="group robot"), robot)


def _mine() -> list[Webhook]:
    """Return the robots in scope; one that tells of all sites belongs to who sees all of them."""
    here = viewer()
    found = webhooks_of(session(), here.organisation)
    return [one for one in found if not here.sites or one.site in here.sites]


def _read(reader: FormReader) -> NewWebhook | None:
    here = viewer()
    kind = reader.one("kind", _("Robot of"), ROBOT_KINDS)
    label = reader.text("label", _("Name of the group"))
    address = request.form.get("address", "").strip()
    if not address or len(address) > 1000:
        reader.faults["address"] = _("Address: copy it from the robot's page.")
    at = reader.clock("at", _("Overview at"))
    site = request.form.get("site", "")
    if site not in dict(_sites()):
        reader.faults["site"] = _("Site: choose one.")
    if kind is None or label is None:
        return None
    return NewWebhook(
        organisation=here.organisation,
        by=here.person,
        label=label,
        kind=kind,
        address=address,
        secret=request.form.get("secret", "").strip()[:200] or None,
        site=site or None,
        language="en" if request.form.get("language") == "en" else "zh",
        at=at or time(7, 30),
    )


def _page(faults: dict[str, str] | None = None) -> str:
    return render_template(
        "messages/robots.html",
        robots=_mine(),
        kinds=kinds(),
        sites=_sites(),
        names=dict(_sites()),
        faults=faults or {},
        typed=request.form,
        page_language=language(),
    )


def _sites() -> list[tuple[str, str]]:
    """Return what a robot may tell of; all sites only where all are in scope."""
    here = viewer()
    names = site_names(session(), here.organisation)
    mine = [(key, words(name)) for key, name in names.items() if here.sees(key)]
    return mine if here.sites else [("", _("All sites")), *mine]


def kinds() -> dict[str, str]:
    """Return the makers of robots."""
    return {
        "wecom": _("WeCom"),
        "dingtalk": _("DingTalk"),
        "feishu": _("Feishu"),
        "json": _("Own receiver (JSON)"),
    }
