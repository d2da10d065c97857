"""An organisation with mailboxes, a mail server, and messages that wait."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.messages.choice import Choice, keep_choice
from inspections.messages.outbox import Draft, put
from inspections.messages.preparing import House, compose
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow
from inspections.planning import plan
from rules.text import Text
from tests.inspections.messages.mail_server import mail_server

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Monday


@pytest.fixture
def smtp():
    with mail_server() as running:
        yield running


@pytest.fixture
def reachable(campus):
    """The small school, everyone with a mailbox."""
    people = tuple(
        person.model_copy(update={"email": f"{person.id}@campus.example.cn"})
        for person in campus.people
    )
    return campus.model_copy(update={"people": people})


@pytest.fixture
def school(sessions, reachable):
    """The record with the school in it; returns the maker of sessions."""
    with sessions.begin() as session:
        import_organisation(session, reachable, now=NOW)
    return sessions


def draft(number=1, **changes):
    values = {
        "organisation": "campus",
        "channel": "mail",
        "kind": "test",
        "recipient": "head",
        "day": f"2026-03-02/{number}",
        "subject": f"第 {number} 封",
        "body": "正文\n.点开头的行\n",
        "not_before": NOW,
        "address": "head@campus.example.cn",
        **changes,
    }
    return Draft(**values)


def put_drafts(sessions, *drafts, now=NOW):
    with sessions.begin() as session:
        return len(put(session, drafts, now=now))


@pytest.fixture
def planned(school, rulebook):
    """The school with March planned: the officer rounds the yard, the guard tests the alarm."""
    with school.begin() as session:
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 31)}
        plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)
        for rule, person in (
            ("yard-daily", "officer"),
            ("alarm-monthly", "guard"),
            ("yard-random", "head"),
        ):
            assign(session, rule, person)
    return school


def assign(session, rule, person):
    """Give every occurrence of a rule to one person."""
    somebody = session.scalars(select(PersonRow.id).filter_by(key=person)).one()
    for occurrence in occurrences(session, rule):
        reason = Text(zh="测试", en="test")
        session.add(AssignmentRow(occurrence_id=occurrence.id, person_id=somebody, reason=reason))


def occurrences(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return list(session.scalars(query.order_by(OccurrenceRow.due_at)))


def choose(sessions, person, **choice):
    with sessions.begin() as session:
        keep_choice(session, "campus", person, choice=Choice(**choice), now=NOW)


def prepared(sessions, rulebook, now, *, channels=("mail",)):
    """Prepare once; return the new messages that have something to say."""
    house = House("https://xj.example.cn", channels, lambda invitation, _: str(invitation))
    with sessions.begin() as session:
        drafts = compose(session, rulebook, house, organisation="campus", now=now)
        new = put(session, drafts, now=now)
    return [one for one in new if one.body]


def local(day, clock):
    """Return an instant on the clock of Shanghai in March 2026."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
