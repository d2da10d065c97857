"""The feed behind a secret link: conditional, private, and honest when the link was revoked."""

from datetime import datetime

from flask import Response, abort, request, url_for

from inspections.queries.feed_events import feed_events
from inspections.subscriptions import Link, link_with, note_fetch
from web.access import public
from web.database import now, session, transaction
from web.feeds.document import FeedHead, document, entity_tag
from web.feeds.event import FeedEvent
from web.feeds.tombstone import tombstone
from web.feeds.wording import Wording
from web.public.blueprint import blueprint
from web.rulebook import whole_rulebook

ROBOTS = "User-agent: *\nAllow: /feeds/\nDisallow: /\n"


@blueprint.get("/feeds/<token>.ics")
@public
def feed(token: str) -> Response:
    """Answer a calendar client; 304 where nothing changed, 410 where the link is long gone."""
    link = link_with(session(), token)
    if link is None:
        abort(404)
    if link.is_gone(now()):
        abort(410)
    body, changed_at = _body(link)
    with transaction() as writing:
        note_fetch(writing, link.id, agent=request.user_agent.string, now=now())
    return _answer(body, changed_at)


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Let calendar servers fetch feeds: some of them ask here first."""
    return Response(ROBOTS, mimetype="text/plain")


def _body(link: Link) -> tuple[bytes, datetime]:
    if link.revoked_at is not None:
        event = tombstone(link, url_for("calendar.subscriptions", _external=True))
        return document(_head(link, link.label, "Asia/Shanghai"), [event]), link.revoked_at
    content = feed_events(session(), link, now=now())
    wording = Wording(link, whole_rulebook(), content.time_zone, request.url_root.rstrip("/"))
    events = [wording.event(item) for item in content.items]
    if content.left_out:
        events.append(wording.cut(content.left_out, now()))
    head = _head(link, wording.say(content.name), content.time_zone)
    return document(head, events), _changed_at(link, events)


def _changed_at(link: Link, events: list[FeedEvent]) -> datetime:
    known = [event.changed_at for event in events if event.changed_at <= now()]
    return max([link.created_at, *known])


def _head(link: Link, name: str, time_zone: str) -> FeedHead:
    if link.language == "zh":
        return FeedHead(f"巡检 · {name}", "应检任务、整改期限和班次。不是闹钟。", time_zone)
    sentence = "Checks, deadlines and shifts. It is not an alarm."
    return FeedHead(f"Xunjian · {name}", sentence, time_zone)


def _answer(body: bytes, changed_at: datetime) -> Response:
    response = Response(body, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.set_etag(entity_tag(body))
    response.last_modified = changed_at
    response.make_conditional(request)
    return response
