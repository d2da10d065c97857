"""The one event that a revoked link still shows, so that nobody trusts a calendar gone silent."""

from datetime import timedelta

from inspections.feeds.link import TOMBSTONE, Link
from web.feeds.event import FeedEvent


def tombstone(link: Link, url: str) -> FeedEvent:
    """
    Return a whole-day event over the days in which the link says that it was revoked.

    Raises:
        ValueError: If it was not.
    """
    if link.revoked_at is None:
        raise ValueError(f"The link {link.id} was not revoked.")
    chinese = link.choices.language == "zh"
    day = link.revoked_at.date()
    return FeedEvent(
        uid=f"revoked-{link.id}@xunjian.invalid",
        revision=1,
        changed_at=link.revoked_at,
        starts=day,
        ends=day + TOMBSTONE + timedelta(days=1),
        summary="此巡检日历已停用" if chinese else "This Xunjian calendar was stopped",
        description="链接已停用，不再更新。请重新订阅或删除此日历。"
        if chinese
        else "The link was revoked and is not updated. Subscribe again, or remove this calendar.",
        location="",
        url=url,
        categories=(),
        organizer="Xunjian",
    )
