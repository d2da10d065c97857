"""The feed behind a secret link: conditional, private, and honest when the link was revoked."""

from flask import Response, abort, current_app, request, url_for

from inspections.feeds.link import Link
from inspections.feeds.rule_kinds import RuleKinds
from inspections.subscriptions import is_news, link_with, note_fetch, stop_orphan
from web.access import public
from web.database import now, session, transaction
from web.feeds.rendering import View
from web.feeds.serving import Answer, answer, stopped
from web.proxies import public_address
from web.public.blueprint import blueprint
from web.public.limits import count_fetch, count_unknown
from web.rulebook import rulebook_of

_KINDS = "xunjian.rule-kinds"


@blueprint.get("/feeds/<token>.ics")
@public
def feed(token: str) -> Response:
    """Answer a calendar client; 304 where nothing changed, 410 where the link is long gone."""
    link = link_with(session(), token)
    if link is None:
        count_unknown()
        abort(404)
    count_fetch(link.id)
    if link.is_gone(now()):
        abort(410)
    agent = request.user_agent.string
    if is_news(link, agent, now()):
        with transaction() as writing:
            note_fetch(writing, link, agent=agent, now=now())
    response = _response(_answer(_living(link)))
    session().commit()
    return response


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Let calendar servers fetch feeds: some of them ask here first."""
    root = request.root_path.rstrip("/")
    text = f"User-agent: *\nAllow: {root}/feeds/\nDisallow: /\n"
    return Response(text, mimetype="text/plain")


def _living(link: Link) -> Link:
    """Return the link, revoked where the account that made it was closed."""
    if link.owner_is_active or link.revoked_at is not None:
        return link
    with transaction() as writing:
        return stop_orphan(writing, link, now=now())


def _answer(link: Link) -> Answer:
    if link.revoked_at is not None:
        return stopped(session(), link, public_address() + url_for("calendar.subscriptions"))
    digest = rulebook_of(link.organisation).digest
    view = View(link.organisation, link.choices, public_address(), digest)
    return answer(session(), view, lambda: _kinds(link.organisation), now=now())


def _kinds(organisation: str) -> RuleKinds:
    """Return the organisation's rules, sorted for calendars once for each state of the book."""
    book = rulebook_of(organisation)
    kept: dict[int, RuleKinds] = current_app.extensions.setdefault(_KINDS, {})
    found = kept.get(id(book))
    if found is None or found.rulebook is not book:
        kept.clear()
        found = kept[id(book)] = RuleKinds(book)
    return found


def _response(found: Answer) -> Response:
    packed = _wants_gzip()
    response = Response(status=304) if _is_known(found) else _whole(found, packed=packed)
    response.set_etag(f"{found.etag}-gzip" if packed else found.etag)
    response.last_modified = found.changed_at
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _whole(found: Answer, *, packed: bool) -> Response:
    body = found.packed() if packed else found.plain()
    response = Response(body, mimetype="text/calendar")
    if packed:
        response.content_encoding = "gzip"
    return response


def _is_known(found: Answer) -> bool:
    """Tell whether the client has these bytes already: the tag decides, dates only without one."""
    if request.if_none_match:
        tags = request.if_none_match
        return any(tags.contains_weak(tag) for tag in (found.etag, f"{found.etag}-gzip"))
    since = request.if_modified_since
    return since is not None and found.changed_at <= since


def _wants_gzip() -> bool:
    """Only for clients that name it: an Outlook could not read what it had not asked for."""
    if not current_app.config["FEED_GZIP"] or "gzip" not in request.headers.get(
        "Accept-Encoding", ""
    ):
        return False
    return float(request.accept_encodings["gzip"]) > 0
