"""Making links on the calendar page and fetching what they lead to."""

import re
from datetime import timedelta

from icalendar import Calendar
from sqlalchemy import func, select

from inspections.models import (
    FeedSubscriptionRow,
    OccurrenceRow,
    SiteRow,
)
from inspections.occurrence_log import append


def make_link(visitor, **form):
    answer = visitor.post("/calendar", form, token_from="/calendar")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    html = html_of(visitor, "/calendar")
    return re.search(r'id="link" readonly value="http://localhost(/feeds/[^"]+\.ics)"', html)[1]


def html_of(visitor, path):
    answer = visitor.raw.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def fetch(app, path, **headers):
    return app.test_client().get(path, headers=headers)


def events_of(answer):
    return Calendar.from_ical(answer.get_data()).walk("VEVENT")


def cancel(session, number, *, at):
    row = session.get_one(OccurrenceRow, number)
    append(session, row, "cancelled", at=at, recorded_at=at, by="plan")


def site_key(sessions):
    with sessions() as session:
        return session.scalars(select(SiteRow.key).filter_by(organisation_id="kindergarten")).one()


def latest_link(sessions):
    with sessions() as session:
        return session.scalar(select(func.max(FeedSubscriptionRow.id)))


def move(sessions, number):
    with sessions.begin() as session:
        session.get_one(OccurrenceRow, number).due_at += timedelta(minutes=1)


def numbers_shown(answer):
    found = re.findall(r"occurrence-(\d+)@", answer.get_data(as_text=True))
    return [int(number) for number in found]
