"""Who is sending, as the use cases want to know it."""

from flask import request

from inspections.sync.sender import Sender, recorder
from inspections.sync.tablets import Seen
from web.authentication import viewer
from web.database import now
from web.user_agents import device_words


def sender(device: str) -> Sender:
    """Return the signed-in account on *device*."""
    return Sender(recorder(viewer().account), device[:80])


def seen(**told: object) -> Seen:
    """Return what is known of the device that asks."""
    agent = request.headers.get("User-Agent", "")
    return Seen(now(), device_words(agent) or agent, **told)  # type: ignore[arg-type]
