"""The choices of a link, their limits, and the clock that tells calendars to look again."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy import select, update

from inspections.calendar_clock import clock
from inspections.feeds.choices import ChoiceOutside, Choices, TooManyAlarms
from inspections.feeds.link import NewLink
from inspections.importing import import_organisation
from inspections.models import (
    FeedSubscriptionRow,
    SiteRow,
)
from inspections.subscriptions import create_link, link_with, note_fetch
from tests.inspections.feeds.a_feed import (
    COOK,
    NOW,
    shown_by,
)


@pytest.mark.parametrize(
    "choices",
    [
        Choices(shows="site", site="gone"),
        Choices(shows="post", site="gone", post="gate"),
        Choices(shows="leaders", site="gone"),
        Choices(shows="horizon", site="gone"),
        Choices(person="gone"),
        Choices(shows="team", team="gone"),
    ],
)
def test_what_is_not_there_shows_nothing_instead_of_everything(school, rulebook, choices):
    shown = shown_by(school, rulebook, choices)

    assert not [key for key in shown if not key.startswith(("rule-", "certificate-"))]


def test_the_window_of_a_link_is_whole_days(school, rulebook):
    today = Choices(shows="site", site="main", days_back=0, days_ahead=7)

    shown = shown_by(school, rulebook, today, NOW + timedelta(hours=20))

    days = {item.due_at.astimezone(UTC) for item in shown.values() if item.due_at}
    assert min(days) >= NOW
    assert max(days) < NOW + timedelta(days=8)


def test_every_commit_that_calendars_may_show_moves_their_clock_on(sessions, campus):
    with sessions.begin() as session:
        import_organisation(session, campus, now=NOW)
    with sessions() as session:
        first = clock(session)
        session.execute(update(SiteRow).values(position=7))
        session.commit()
        written = clock(session)
        session.execute(update(SiteRow).values(position=8))
        session.rollback()
        undone = clock(session)
        session.scalars(select(SiteRow)).all()
        session.commit()

        assert first + 1 == written
        assert written == undone == clock(session)


def test_a_fetch_does_not_move_the_clock_on(sessions, campus):
    with sessions.begin() as session:
        import_organisation(session, campus, now=NOW)
        _, token = create_link(session, NewLink("campus", "cook", "phone", COOK), now=NOW)
    with sessions() as session:
        before = clock(session)
        link = link_with(session, token)
        note_fetch(session, link, agent="iOS/18", now=NOW)
        session.commit()

        assert before == clock(session)
        assert (NOW, "iOS/18") == (
            session.scalar(select(FeedSubscriptionRow.fetched_at)),
            session.scalar(select(FeedSubscriptionRow.agent)),
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"alarms": (0, 5, 10, 15)}, TooManyAlarms),
        ({"alarms": (-5,)}, ChoiceOutside),
        ({"days_back": 91}, ChoiceOutside),
        ({"days_ahead": 6}, ChoiceOutside),
        ({"days_ahead": 367}, ChoiceOutside),
        ({"cancelled_days": 31}, ChoiceOutside),
        ({"detail": "secret"}, ChoiceOutside),
        ({"deadlines": "never"}, ChoiceOutside),
        ({"language": "fr"}, ChoiceOutside),
        ({"person": None}, ValueError),
        ({"site": "main"}, ValueError),
        ({"shows": "post", "person": None, "site": "main"}, ValueError),
        ({"shows": "leaders"}, ValueError),
    ],
)
def test_choices_outside_their_limits_are_refused(changes, refusal):
    choices = Choices(**{"person": "cook", **changes})

    with pytest.raises(refusal):
        choices.check()
