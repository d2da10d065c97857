"""How many messages a group robot takes in a minute; more would be dropped or blocked."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.messages.claims import Claimed
from inspections.models import MessageRow, WebhookRow

A_MINUTE = timedelta(minutes=1)
# As the makers write: WeCom and DingTalk 20 a minute, Feishu 100.
A_MINUTE_EACH = {"wecom": 20, "dingtalk": 20, "feishu": 100, "json": 60}


def free_at(session: Session, message: Claimed, *, now: datetime) -> datetime | None:
    """Return when the robot takes a further message; nothing where it takes one now."""
    if message.webhook is None:
        return None
    kind = session.get_one(WebhookRow, message.webhook).kind
    recent = or_(MessageRow.sent_at > now - A_MINUTE, MessageRow.state == "handing-over")
    query = select(MessageRow.sent_at).where(MessageRow.webhook_id == message.webhook, recent)
    times = sorted(at or now for at in session.scalars(query))
    most = A_MINUTE_EACH[kind]
    return times[-most] + A_MINUTE if len(times) >= most else None
