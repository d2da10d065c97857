"""What a calendar will look like: the next few things of the person who looks."""

from dataclasses import dataclass
from datetime import datetime

from inspections.feeds.choices import Choices
from inspections.feeds.gathering import gather, items_of
from inspections.feeds.item import FeedItem
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from web.authentication import viewer
from web.database import now, session
from web.feeds.wording import Wording
from web.preferences import language
from web.rulebook import rulebook

SHOWN = 3


@dataclass(frozen=True)
class Previewed:
    """
    One event.

    Attributes:
        starts: Its start, or nothing for whole days.
    """

    day: object
    starts: datetime | None
    summary: str
    location: str


def preview() -> list[Previewed]:
    """Return the next events of the viewer's own calendar; none for accounts that are nobody's."""
    here = viewer()
    if not here.account.person:
        return []
    choices = Choices(person=here.account.person, language=language(), days_back=0)
    scope = scope_of(session(), here.organisation, choices, now=now())
    items, _ = items_of(session(), gather(session(), scope, RuleKinds(rulebook()), most=SHOWN * 4))
    ahead = [item for item in items if _ends_after(item, now())][:SHOWN]
    wording = Wording(choices, scope.zone, "")
    return [_previewed(item, wording, scope.zone) for item in ahead]


def _ends_after(item: FeedItem, instant: datetime) -> bool:
    return item.ends is None or item.ends >= instant


def _previewed(item: FeedItem, wording: Wording, zone: object) -> Previewed:
    summary, location = wording.titles(item)
    starts = item.starts.astimezone(zone) if item.starts else None  # type: ignore[arg-type]
    return Previewed(item.day or (starts and starts.date()), starts, summary, location)
