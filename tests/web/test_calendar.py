# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from inspections.models import (
    AssignmentRow,
    FeedSubscriptionRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from inspections.queries.feed_events import feed_events
from inspections.subscriptions import link_with
from tests.web.planned_record import (  # noqa: F401 - fixtures
    INSPECTOR,
    MONDAY,
    OFFICER,
    READER,
    app,
    clock,
    sessions,
    signed_in,
)


def _make(visitor, **form):
    answer = visitor.post("/calendar", form, token_from="/calendar")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    html = _html(visitor, "/calendar")
    return re.search(r'id="link" readonly value="http://localhost(/feeds/[^"]+\.ics)"', html)[1]


def _html(visitor, path):
    answer = visitor.raw.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _fetch(app, path, **headers):
    return app.test_client().get(path, headers=headers)


def _events(answer):
    return Calendar.from_ical(answer.get_data()).walk("VEVENT")


def _site(sessions):
    with sessions() as session:
        return session.scalars(select(SiteRow.key).filter_by(organisation_id="kindergarten")).one()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_keeps_the_rules_of_the_house(language, signed_in):
    html = signed_in(OFFICER, language).page("/calendar")

    assert ("它不是闹钟" if language == "zh" else "It is not an alarm") in html


def test_link_is_shown_once_and_kept_as_hash_only(signed_in, sessions):
    visitor = signed_in()

    path = _make(visitor, label="Phone", language="zh", alarm="15")

    token = path.removeprefix("/feeds/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in _html(visitor, "/calendar")
    with sessions() as session:
        kept = session.scalars(select(FeedSubscriptionRow.token_sha256)).all()
    assert all(token not in one and len(one) == 64 for one in kept)


def test_code_on_the_page_needs_no_inline_style(signed_in):
    visitor = signed_in()
    visitor.post("/calendar", {"label": "QR"}, token_from="/calendar")

    html = visitor.raw.get("/calendar").get_data(as_text=True)

    assert "<svg" in html
    assert "style=" not in html
    assert 'href="webcal://localhost/feeds/' in html


def test_feed_needs_no_sign_in_and_shows_the_tasks_of_its_person(app, signed_in, sessions):
    path = _make(signed_in(), label="Mine")

    answer = _fetch(app, path)

    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    with sessions() as session:
        mine = select(func.count(AssignmentRow.id)).join(PersonRow).join(OccurrenceRow)
        person = session.scalars(select(PersonRow.key).order_by(PersonRow.id)).first()
        mine = mine.where(PersonRow.key == person, OccurrenceRow.hidden_until.is_(None))
        expected = session.scalar(mine.where(OccurrenceRow.due_at >= MONDAY - timedelta(days=30)))
    assert expected == len(_events(answer)) > 0


def test_every_event_leads_with_its_state_and_ends_with_the_way_back(app, signed_in):
    path = _make(signed_in(), label="Words", language="zh")

    event = _events(_fetch(app, path))[0]

    assert str(event["SUMMARY"]).startswith("应检 · ")
    lines = str(event["DESCRIPTION"]).splitlines()
    assert lines[0].startswith("依据：《")
    assert any(line.startswith("为什么是您：") for line in lines)
    assert lines[-1] == str(event["URL"])
    assert "/occurrences/" in lines[-1]


def test_feed_speaks_the_language_of_its_link(app, signed_in):
    path = _make(signed_in(), label="English", language="en")

    events = _events(_fetch(app, path, **{"Accept-Language": "zh"}))

    assert all(str(event["SUMMARY"]).startswith("Scheduled · ") for event in events)


def test_unchanged_feed_is_answered_with_304(app, signed_in):
    path = _make(signed_in(), label="Conditional")
    first = _fetch(app, path)

    again = _fetch(app, path, **{"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.get_data() == b""
    assert "private" in first.headers["Cache-Control"]
    assert "Last-Modified" in first.headers


def test_moved_task_keeps_its_uid_and_raises_its_sequence(app, signed_in, sessions):
    path = _make(signed_in(), label="Moves")
    before = {str(one["UID"]): one for one in _events(_fetch(app, path))}
    uid = next(iter(before))
    with sessions.begin() as session:
        row = session.get_one(OccurrenceRow, int(re.search(r"\d+", uid)[0]))
        row.due_at += timedelta(minutes=7)
        row.planned_on += timedelta(days=1)
        row.revision += 1

    after = {str(one["UID"]): one for one in _events(_fetch(app, path))}

    assert before.keys() == after.keys()
    assert int(before[uid]["SEQUENCE"]) + 1 == int(after[uid]["SEQUENCE"])


def test_cancelled_task_stays_on_the_calendar_as_cancelled(app, signed_in, sessions):
    path = _make(signed_in(), label="Cancelled")
    uid = str(_events(_fetch(app, path))[-1]["UID"])
    with sessions.begin() as session:
        session.get_one(OccurrenceRow, int(re.search(r"\d+", uid)[0])).state = "cancelled"

    found = {str(one["UID"]): one for one in _events(_fetch(app, path))}

    assert str(found[uid]["STATUS"]) == "CANCELLED"
    assert str(found[uid]["SUMMARY"]).startswith("取消 · ")


def test_random_check_appears_only_when_it_opens(app, signed_in, sessions, clock):
    path = _make(signed_in(), of=_site(sessions), label="Site")
    with sessions.begin() as session:
        row = session.scalars(
            select(OccurrenceRow)
            .join(SiteRow)
            .where(SiteRow.organisation_id == "kindergarten")
            .where(OccurrenceRow.due_at > MONDAY + timedelta(days=1))
        ).first()
        row.hidden_until = MONDAY + timedelta(hours=2)
        uid = f"occurrence-{row.id}@"
    before = {str(one["UID"]) for one in _events(_fetch(app, path))}

    clock.now = MONDAY + timedelta(hours=2)
    after = {str(one["UID"]) for one in _events(_fetch(app, path))}

    assert not [one for one in before if one.startswith(uid)]
    assert [one for one in after if one.startswith(uid)]


def test_feed_that_is_cut_says_so_and_keeps_what_is_near(signed_in, sessions, clock):
    path = _make(signed_in(), of=_site(sessions), label="Cut")
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    with sessions() as session:
        link = link_with(session, token)
        whole = feed_events(session, link, now=MONDAY)

        cut = feed_events(session, link, now=MONDAY, most=10)

    assert whole.left_out + len(whole.items) == cut.left_out + 10
    ahead = [item for item in cut.items if (item.due_at or MONDAY) >= MONDAY]
    assert len(ahead) == 10


def test_site_feed_of_a_busy_site_stays_below_the_limit(app, signed_in, sessions):
    path = _make(signed_in(), of=_site(sessions), label="Busy")

    events = _events(_fetch(app, path))

    assert len(events) <= 1000


def test_revoked_feed_says_so_for_14_days_and_is_then_gone(app, signed_in, sessions, clock):
    visitor = signed_in()
    path = _make(visitor, label="Lost phone")
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))
    visitor.post(f"/calendar/{number}/revoke", {}, token_from="/calendar")

    clock.now = MONDAY + timedelta(days=13)
    told = _events(_fetch(app, path))
    clock.now = MONDAY + timedelta(days=14)
    gone = _fetch(app, path)

    assert ["此巡检日历已停用"] == [str(one["SUMMARY"]) for one in told]
    assert gone.status_code == 410


def test_rotated_feed_has_a_new_address_and_the_same_choices(app, signed_in, sessions):
    visitor = signed_in()
    old = _make(visitor, label="Rotated", language="en", alarm="60")
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))

    visitor.post(f"/calendar/{number}/rotate", {}, token_from="/calendar")
    html = _html(visitor, "/calendar")
    new = re.search(r'value="http://localhost(/feeds/[^"]+\.ics)"', html)[1]

    assert old != new
    assert ["This Xunjian calendar was stopped"] == [
        str(one["SUMMARY"]) for one in _events(_fetch(app, old))
    ]
    assert "Xunjian" in str(Calendar.from_ical(_fetch(app, new).get_data())["X-WR-CALNAME"])


def test_unknown_feed_is_not_found(app):
    assert _fetch(app, "/feeds/nobody-has-this.ics").status_code == 404


def test_calendar_servers_may_fetch_feeds_and_nothing_else(app):
    text = _fetch(app, "/robots.txt").get_data(as_text=True)

    assert text.splitlines() == ["User-agent: *", "Allow: /feeds/", "Disallow: /"]


def test_list_tells_when_and_by_what_a_link_was_fetched(app, signed_in):
    visitor = signed_in(READER)
    path = _make(visitor, label="Told")
    _fetch(app, path, **{"User-Agent": "iOS/18 dataaccessd"})

    html = _html(visitor, "/calendar")

    assert "iOS/18 dataaccessd" in html
    assert "最近读取" in html


def test_inspectors_cannot_take_the_calendar_of_a_site(signed_in, sessions):
    visitor = signed_in(INSPECTOR)

    _make(visitor, of=_site(sessions), label="Not mine")

    with sessions() as session:
        row = session.scalars(select(FeedSubscriptionRow).filter_by(label="Not mine")).one()
    assert row.site is None
    assert row.person is not None


def test_links_of_others_cannot_be_revoked(signed_in, sessions):
    _make(signed_in(OFFICER), label="Officer's")
    with sessions() as session:
        number = session.scalar(select(func.max(FeedSubscriptionRow.id)))

    answer = signed_in(READER).post(f"/calendar/{number}/revoke", {}, token_from="/calendar")

    assert answer.status_code == 404


def test_more_than_three_alarms_are_refused_beside_the_field(signed_in):
    visitor = signed_in()

    answer = visitor.post(
        "/calendar",
        {"label": "Loud", "alarm": ["0", "15", "60", "1440"]},
        token_from="/calendar",
    )

    assert answer.status_code == 409
    assert "最多选 3 个提醒" in answer.get_data(as_text=True)


def test_account_that_is_nobodys_is_asked_for_a_site(signed_in):
    answer = signed_in("office").post("/calendar", {"label": "x"}, token_from="/calendar")

    assert answer.status_code == 409
    assert "请选择一个场所" in answer.get_data(as_text=True)


def test_unverified_clause_is_marked_in_the_feed(app, signed_in, sessions):
    path = _make(signed_in("office"), of=_office_site(sessions), label="Unverified")

    text = str([str(one["DESCRIPTION"]) for one in _events(_fetch(app, path))])

    assert "条号待核" in text


def _office_site(sessions):
    with sessions() as session:
        query = select(SiteRow.key).filter_by(organisation_id="government-office")
        return session.scalars(query.order_by(SiteRow.position)).first()
