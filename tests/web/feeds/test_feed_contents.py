"""What a feed says of each task, and how it follows the record."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from inspections.feeds.choices import Choices
from inspections.feeds.gathering import gather, instant_of, items_of
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from inspections.models import (
    AssignmentRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from rules.loader import load_rulebook
from tests.web.feeds.a_feed import cancel, events_of, fetch, make_link, site_key
from tests.web.planned_record import MONDAY


def test_feed_needs_no_sign_in_and_shows_the_tasks_of_its_person(app, signed_in, sessions):
    path = make_link(signed_in(), label="Mine")

    answer = fetch(app, path)

    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    with sessions() as session:
        mine = select(func.count(AssignmentRow.id)).join(PersonRow).join(OccurrenceRow)
        person = session.scalars(select(PersonRow.key).order_by(PersonRow.id)).first()
        mine = mine.where(PersonRow.key == person, OccurrenceRow.hidden_until.is_(None))
        expected = session.scalar(mine.where(OccurrenceRow.due_at >= MONDAY - timedelta(days=30)))
    assert expected == len(events_of(answer)) > 0


def test_every_event_leads_with_its_state_and_ends_with_the_way_back(app, signed_in):
    path = make_link(signed_in(), label="Words", language="zh")

    event = events_of(fetch(app, path))[0]

    assert str(event["SUMMARY"]).startswith("应检 · ")
    lines = str(event["DESCRIPTION"]).splitlines()
    assert lines[0].startswith("依据：《")
    assert any(line.startswith("为什么是您：") for line in lines)
    assert lines[-1] == str(event["URL"])
    assert "/occurrences/" in lines[-1]


def test_feed_speaks_the_language_of_its_link(app, signed_in):
    path = make_link(signed_in(), label="English", language="en")

    events = events_of(fetch(app, path, **{"Accept-Language": "zh"}))

    assert all(str(event["SUMMARY"]).startswith("Scheduled · ") for event in events)


def test_unchanged_feed_is_answered_with_304(app, signed_in):
    path = make_link(signed_in(), label="Conditional")
    first = fetch(app, path)

    again = fetch(app, path, **{"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.get_data() == b""
    assert "private" in first.headers["Cache-Control"]
    assert "Last-Modified" in first.headers


def test_moved_task_keeps_its_uid_and_raises_its_sequence(app, signed_in, sessions):
    path = make_link(signed_in(), label="Moves")
    before = {str(one["UID"]): one for one in events_of(fetch(app, path))}
    uid = next(iter(before))
    with sessions.begin() as session:
        row = session.get_one(OccurrenceRow, int(re.search(r"\d+", uid)[0]))
        row.due_at += timedelta(minutes=7)
        row.planned_on += timedelta(days=1)
        row.revision += 1

    after = {str(one["UID"]): one for one in events_of(fetch(app, path))}

    assert before.keys() == after.keys()
    assert int(before[uid]["SEQUENCE"]) + 1 == int(after[uid]["SEQUENCE"])


def test_cancelled_task_stays_on_the_calendar_as_cancelled(app, signed_in, sessions):
    path = make_link(signed_in(), label="Cancelled")
    uid = str(events_of(fetch(app, path))[-1]["UID"])
    with sessions.begin() as session:
        cancel(session, int(re.search(r"\d+", uid)[0]), at=MONDAY)

    found = {str(one["UID"]): one for one in events_of(fetch(app, path))}

    assert str(found[uid]["STATUS"]) == "CANCELLED"
    assert str(found[uid]["SUMMARY"]).startswith("已取消：")


def test_random_check_appears_only_when_it_opens(app, signed_in, sessions, clock):
    path = make_link(signed_in(), of=f"site:{site_key(sessions)}", label="Site")
    with sessions.begin() as session:
        row = session.scalars(
            select(OccurrenceRow)
            .join(SiteRow)
            .where(SiteRow.organisation_id == "kindergarten")
            .where(OccurrenceRow.due_at > MONDAY + timedelta(days=1))
        ).first()
        row.hidden_until = MONDAY + timedelta(hours=2)
        uid = f"occurrence-{row.id}@"
    before = {str(one["UID"]) for one in events_of(fetch(app, path))}

    clock.now = MONDAY + timedelta(hours=2)
    after = {str(one["UID"]) for one in events_of(fetch(app, path))}

    assert not [one for one in before if one.startswith(uid)]
    assert [one for one in after if one.startswith(uid)]


def test_feed_that_is_cut_keeps_what_is_near_and_says_how_much_is_left_out(sessions):
    choices = Choices(shows="site", site=site_key(sessions))
    with sessions() as session:
        scope = scope_of(session, "kindergarten", choices, now=MONDAY)
        kinds = RuleKinds(load_rulebook())
        whole, none_left = items_of(session, gather(session, scope, kinds, most=100_000))

        cut, left_out = items_of(session, gather(session, scope, kinds, most=10))

    assert 0 == none_left
    assert len(whole) == left_out + 10
    assert all((item.ends or instant_of(item, scope)) >= scope.today for item in cut)


def test_site_feed_of_a_busy_site_stays_below_the_limit(app, signed_in, sessions):
    path = make_link(signed_in(), of=f"site:{site_key(sessions)}", label="Busy")

    events = events_of(fetch(app, path))

    assert len(events) <= 1000


def test_unverified_clause_is_marked_in_the_feed(app, signed_in, sessions):
    path = make_link(signed_in("office"), of=f"site:{_office_site(sessions)}", label="Unverified")

    text = str([str(one["DESCRIPTION"]) for one in events_of(fetch(app, path))])

    assert "条号待核" in text


def _office_site(sessions):
    with sessions() as session:
        query = select(SiteRow.key).filter_by(organisation_id="government-office")
        return session.scalars(query.order_by(SiteRow.position)).first()
