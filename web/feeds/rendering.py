"""Render a feed from what the record shows, making only the fragments that are new."""

import gzip
import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from inspections.database import Session
from inspections.feeds.choices import Choices
from inspections.feeds.gathering import Gathered, instant_of, items_of
from inspections.feeds.item import FeedItem
from inspections.feeds.kept import Document
from inspections.feeds.stamping import Shown, stamped, stamps
from rules.text import Text
from web.feeds.document import HEAD_BYTES, FeedHead, Joined, entity_tag, joined
from web.feeds.event import FeedEvent, fragment
from web.feeds.wording import Wording

# Rises with every change of how events are worded or laid out: kept feeds are then made anew.
FORMAT = 1
# Google drops what lies beyond a megabyte, without a word.
MOST_BYTES = 900_000
_Worded = tuple[FeedItem, list[FeedEvent]]
_ABOUT = {
    "leaders": (Text(zh="演练与期限", en="drills and deadlines")),
    "horizon": (Text(zh="法定期限", en="legal horizon")),
}
_TOLD = Text(
    zh="应检任务、演练、整改期限和班次。不是闹钟：日历软件隔几小时才刷新。",
    en="Checks, drills, deadlines and shifts. Not an alarm: calendars refresh every few hours.",
)


@dataclass(frozen=True)
class View:
    """
    A feed as seen from an address; links with the same choices share it.

    Attributes:
        address: Of the service, without a slash at the end.
        rules: Digest of the built-in rules: other software words events anew.
    """

    organisation: str
    choices: Choices
    address: str
    rules: str

    @property
    def key(self) -> str:
        """Return the name that the rendered feed is kept under."""
        told = json.dumps([FORMAT, asdict(self)], sort_keys=True, ensure_ascii=False)
        return sha256(told.encode()).hexdigest()


def rendered(session: Session, view: View, found: Gathered, before: Document | None) -> Document:
    """Return the feed *found*; fragments of *before* that still hold are taken over."""
    scope = found.scope
    items, left_out = items_of(session, found)
    items = stamped(session, view.organisation, items, now=scope.now)
    wording = Wording(view.choices, scope.zone, view.address)
    worded = [(item, wording.events(item)) for item in items]
    kept, parts, cut = _fitting(worded, _opened(before))
    kept.sort(key=lambda one: (instant_of(one[0], scope), one[0].key))
    events = [event for _item, some in kept for event in some]
    if left_out + cut:
        note = _note(session, view, found, left_out + cut)
        parts[note.uid] = fragment(note)
        events.append(note)
    whole = joined(_head(view.choices, found, wording), events, parts)
    body = gzip.compress(whole.body, compresslevel=6, mtime=0)
    return Document(entity_tag(whole.body), body, whole.places)


def _fitting(
    worded: list[_Worded], before: Joined | None
) -> tuple[list[_Worded], dict[str, bytes], int]:
    """Return what fits, in the given order, with its fragments, and how many did not."""
    parts: dict[str, bytes] = {}
    size = 2 * HEAD_BYTES
    for number, (_item, events) in enumerate(worded):
        made = {event.uid: _part(event, before) for event in events}
        size += sum(map(len, made.values()))
        if size > MOST_BYTES:
            return worded[:number], parts, len(worded) - number
        parts |= made
    return worded, parts, 0


def _part(event: FeedEvent, before: Joined | None) -> bytes:
    known = before.part(event.uid, event.revision) if before else None
    return known or fragment(event)


def _opened(before: Document | None) -> Joined | None:
    return Joined(gzip.decompress(before.body), before.events) if before else None


def _note(session: Session, view: View, found: Gathered, left_out: int) -> FeedEvent:
    scope, key = found.scope, f"cut-{view.key[:16]}"
    today = scope.today.astimezone(scope.zone).date()
    digest = sha256(f"{left_out} {today}".encode()).hexdigest()
    stamp = stamps(session, view.organisation, [Shown(key, digest)], now=scope.now)[key]
    return Wording(view.choices, scope.zone, view.address).cut(left_out, today, stamp, key)


def _head(choices: Choices, found: Gathered, wording: Wording) -> FeedHead:
    name = wording.say(found.scope.name)
    if choices.shows in _ABOUT:
        name = f"{name} · {wording.say(_ABOUT[choices.shows])}"
    product = wording.say(Text(zh="巡检", en="Xunjian"))
    return FeedHead(f"{product} · {name}", wording.say(_TOLD), str(found.scope.zone))
