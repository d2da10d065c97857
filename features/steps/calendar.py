"""Calendar links: who subscribed to what, and what their calendar shows."""

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, then, when
from sqlalchemy import select

from features.steps.moments import DAY, day_of
from features.steps.world import World
from inspections.feeds.choices import Choices
from inspections.feeds.gathering import gather, items_of
from inspections.feeds.item import FeedItem
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from inspections.feeds.stamping import stamped
from inspections.importing import load_from_record
from inspections.models import DutyRow, OccurrenceRow
from web.feeds.event import FeedEvent
from web.feeds.wording import Wording

ADDRESS = "https://xunjian.example"
Calendars = dict[str, Choices]


@pytest.fixture
def calendars() -> Calendars:
    """What each person subscribed to."""
    return {}


@given(parsers.re("(?P<who>[^的]+?)订阅了自己的日历(?P<busy>，只显示忙碌)?"))
@when(parsers.re("(?P<who>[^的]+?)订阅了自己的日历(?P<busy>，只显示忙碌)?"))
def subscribe_to_own(world: World, calendars: Calendars, who, busy) -> None:
    """Subscribe to the tasks, drills, deadlines and shifts of one person."""
    choices = Choices(person=world.person(who))
    calendars[who] = replace(choices, detail="busy") if busy else choices


@given(parsers.re("(?P<who>.+?)订阅了(?P<site>海岸.+)的日历"))
def subscribe_to_site(world: World, calendars: Calendars, who, site) -> None:
    """Subscribe to everything of a site."""
    calendars[who] = Choices(shows="site", site=world.site(site).key)


@when(parsers.re("(?P<who>.+?)订阅了演练与期限"))
def subscribe_to_drills(calendars: Calendars, who) -> None:
    """Subscribe to the drills and deadlines of the whole organisation."""
    calendars[who] = Choices(shows="leaders")


@then(parsers.re("(?P<who>[^的]+)的日历上有“(?P<words>[^”]+)”"))
def shows(world: World, calendars: Calendars, who, words) -> None:
    """See an event whose summary starts so."""
    found = [event.summary for _, event in _calendar(world, calendars[who])]

    assert any(summary.startswith(words) for summary in found), found[:9]


@then(parsers.re("(?P<who>[^的]+)的日历上没有“(?P<words>[^”]+)”"))
def shows_not(world: World, calendars: Calendars, who, words) -> None:
    """See no event with these words."""
    found = [event.summary for _, event in _calendar(world, calendars[who])]

    assert found
    assert [] == [summary for summary in found if words in summary]


@then(parsers.re("(?P<who>[^的]+)的日历上每项任务都写明依据、为什么是您和返回的链接"))
def explains(world: World, calendars: Calendars, who) -> None:
    """See clause, reason and the way back in every description."""
    events = [event for _, event in _calendar(world, calendars[who])]

    assert events
    for event in events:
        assert re.search("^依据：《.+》", event.description, re.MULTILINE), event
        assert re.search("^为什么是您：.+", event.description, re.MULTILINE), event
        assert event.url.startswith(f"{ADDRESS}/occurrences/")


@then(parsers.re(f"(?P<who>[^的]+)的日历上(?P<on>{DAY})的任务全部为“已取消”，并写明已改派他人"))
def all_handed_over(world: World, calendars: Calendars, who, on) -> None:
    """See that everything of a day went to others; the tasks are remembered."""
    events = [event for item, event in _calendar(world, calendars[who]) if _is_on(item, on)]

    assert events
    assert all(event.cancelled and event.summary.startswith("已取消：") for event in events)
    assert all("已改派他人" in event.description for event in events)
    world.held = {int(event.uid.split("@")[0].rpartition("-")[2]) for event in events}


@then(parsers.re(f"(?P<who>[^的]+)的日历上(?P<on>{DAY})的同样任务仍为“应检”"))
def still_due(world: World, calendars: Calendars, who, on) -> None:
    """See that the same tasks stand on another calendar, under the same UID."""
    found = {
        item.key: event for item, event in _calendar(world, calendars[who]) if _is_on(item, on)
    }
    events = [found[f"occurrence-{number}"] for number in world.held]

    assert events
    assert all(event.summary.startswith("应检 · ") and not event.cancelled for event in events)


@then(parsers.re(f"(?P<who>[^的]+)的日历上(?P<on>{DAY})没有任何事项"))
def nothing_on(world: World, calendars: Calendars, who, on) -> None:
    """See an empty day."""
    found = [event.summary for item, event in _calendar(world, calendars[who]) if _is_on(item, on)]

    assert [] == found


@then(parsers.re("(?P<who>.+)的日历上有“(?P<words>整改到期)”，地点为(?P<where>.+)"))
def shows_deadline(world: World, calendars: Calendars, who, words, where) -> None:
    """See the deadline of the finding last opened, at its place and by its instant."""
    finding = world.last_finding()
    found = {item.key: event for item, event in _calendar(world, calendars[who])}
    event = found[f"finding-{finding.id}"]
    due = finding.due_at.astimezone(_zone(world))

    assert event.summary.startswith(f"{words} · ")
    assert where in event.location
    assert f"截止：{due:%Y-%m-%d %H:%M}" in event.description


@then(parsers.re("(?P<who>[^的]+)的日历在随机抽查“(?P<title>[^”]+)”开放之前没有它，开放时才有"))
def hidden_until_open(world: World, calendars: Calendars, who, title) -> None:
    """Look a second before a random check opens, and at that instant."""
    site = calendars[who].site
    query = (
        select(OccurrenceRow)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(DutyRow.rule == world.rule(title), DutyRow.target == site)
        .order_by(OccurrenceRow.opens_at)
    )
    row = world.session.scalars(query).first()
    key = f"occurrence-{row.id}"

    world.now = row.opens_at - timedelta(seconds=1)
    before = {item.key for item, _ in _calendar(world, calendars[who])}
    world.now = row.opens_at
    after = {item.key for item, _ in _calendar(world, calendars[who])}

    assert key not in before
    assert key in after


@then(parsers.re("(?P<who>[^的]+)的日历上只有演练和整改期限，演练为全天事项"))
def drills_only(world: World, calendars: Calendars, who) -> None:
    """See drills as whole days, deadlines, and nothing else."""
    shown = _calendar(world, calendars[who])

    assert {"drill"} <= {item.kind for item, _ in shown} <= {"drill", "finding"}
    for item, event in shown:
        if item.kind == "drill":
            assert type(event.starts) is date
            assert event.starts + timedelta(days=1) == event.ends


@then(parsers.re("(?P<who>[^的]+)的日历上每个事项只写“(?P<word>忙碌)”，没有地点、说明和链接"))
def busy_only(world: World, calendars: Calendars, who, word) -> None:
    """See that something is there, and not what."""
    events = [event for _, event in _calendar(world, calendars[who])]

    assert events
    for event in events:
        told = (event.summary, event.description, event.location, event.url, event.categories)
        assert (word, "", "", "", ()) == told


def _calendar(world: World, choices: Choices) -> list[tuple[FeedItem, FeedEvent]]:
    """Return what a calendar with these choices shows now."""
    scope = scope_of(world.session, world.organisation, choices, now=world.now)
    own = load_from_record(world.session, world.organisation)
    book = world.rulebook.for_organisation(own)
    items, _ = items_of(world.session, gather(world.session, scope, RuleKinds(book)))
    items = stamped(world.session, world.organisation, items, now=world.now)
    wording = Wording(choices, scope.zone, ADDRESS)
    return [(item, event) for item in items for event in wording.events(item)]


def _is_on(item: FeedItem, on: str) -> bool:
    if item.starts is None:
        return item.day == day_of(on)
    return item.starts.astimezone(ZoneInfo("Asia/Shanghai")).date() == day_of(on)


def _zone(world: World) -> ZoneInfo:
    return ZoneInfo(load_from_record(world.session, world.organisation).time_zone)
