"""Rendered feeds are kept and taken over on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from inspections.feeds.choices import Choices
from inspections.feeds.kept import kept
from inspections.feeds.rule_kinds import RuleKinds
from inspections.importing import import_organisation
from inspections.models import CalendarEntryRow, FeedDocumentRow, OccurrenceRow
from inspections.planning import plan
from web.feeds.rendering import View
from web.feeds.serving import answer

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
DAYS = {"since": date(2026, 3, 2), "until": date(2026, 3, 8)}


@pytest.fixture
def ask(sessions, campus, rulebook):
    """Return what fetches the feed of the site: tag, time of change and bytes."""
    with sessions.begin() as session:
        import_organisation(session, campus, now=NOW)
        plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **DAYS)
    kinds = RuleKinds(rulebook)

    def asked(site="main", now=NOW):
        view = View("campus", Choices(shows="site", site=site), "https://x.example", "")
        with sessions() as session:
            found = answer(session, view, lambda: kinds, now=now)
            body = found.plain()
            session.commit()
            return found.etag, found.changed_at, body, kept(session, view.key, now=now)[0]

    return asked


def test_a_feed_is_rendered_once_and_again_when_a_task_moves(ask, sessions):
    first, again = ask(), ask()
    with sessions.begin() as session:
        session.scalars(select(OccurrenceRow)).first().due_at += timedelta(minutes=5)

    moved = ask(now=NOW + timedelta(minutes=1))

    assert first[:3] == again[:3]
    assert first[3].is_current
    assert first[0] != moved[0]
    assert first[1] < moved[1]
    assert b"SEQUENCE:1\r\n" in moved[2]


def test_subscribers_that_come_at_once_get_the_same_feed(ask, sessions):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask()[:3], range(8)))

    assert 1 == len(set(answers))
    with sessions() as session:
        count = func.count
        assert 1 == session.scalar(select(count(FeedDocumentRow.view)))
        keys = session.scalar(select(count(CalendarEntryRow.key.distinct())))
        assert keys == session.scalar(select(count(CalendarEntryRow.id))) > 0
