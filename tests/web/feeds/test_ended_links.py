"""Links that were stopped, changed for another, or never were."""

import re
from datetime import timedelta

from icalendar import Calendar
from sqlalchemy import func, select

from inspections.models import (
    FeedSubscriptionRow,
)
from tests.web.feeds.a_feed import events_of, fetch, html_of, make_link
from tests.web.planned_record import MONDAY


def test_revoked_feed_says_so_for_14_days_and_is_then_gone(app, signed_in, sessions, clock):
    visitor = signed_in()
    path = make_link(visitor, label="Lost phone")
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))
    visitor.post(f"/calendar/{number}/revoke", {}, token_from="/calendar")

    clock.now = MONDAY + timedelta(days=13)
    told = events_of(fetch(app, path))
    clock.now = MONDAY + timedelta(days=14)
    gone = fetch(app, path)

    assert ["此巡检日历已停用"] == [str(one["SUMMARY"]) for one in told]
    assert gone.status_code == 410


def test_rotated_feed_has_a_new_address_and_the_same_choices(app, signed_in, sessions):
    visitor = signed_in()
    old = make_link(visitor, label="Rotated", language="en", alarm="60")
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))

    visitor.post(f"/calendar/{number}/rotate", {}, token_from="/calendar")
    html = html_of(visitor, "/calendar")
    new = re.search(r'value="http://localhost(/feeds/[^"]+\.ics)"', html)[1]

    assert old != new
    assert ["This Xunjian calendar was stopped"] == [
        str(one["SUMMARY"]) for one in events_of(fetch(app, old))
    ]
    assert "Xunjian" in str(Calendar.from_ical(fetch(app, new).get_data())["X-WR-CALNAME"])


def test_unknown_feed_is_not_found(app):
    assert fetch(app, "/feeds/nobody-has-this.ics").status_code == 404


def test_calendar_servers_may_fetch_feeds_and_nothing_else(app):
    text = fetch(app, "/robots.txt").get_data(as_text=True)

    assert text.splitlines() == ["User-agent: *", "Allow: /feeds/", "Disallow: /"]
