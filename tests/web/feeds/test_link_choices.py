"""What the choices of a link change, whose link it is, and the guides that speak of it."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from inspections.accounts import NewAccount, ensure_account
from inspections.models import AccountRow
from rules.loader import load_rulebook
from tests.web.feeds.a_feed import fetch, latest_link, site_key
from tests.web.planned_record import MONDAY, OFFICER, PASSWORD


def test_changed_choices_show_at_the_same_address(app, make, signed_in, sessions):
    path = make(language="zh")
    before = fetch(app, path)
    form = {"of": "person", "label": "phone", "language": "en", "detail": "busy", "alarm": "60"}
    answer = signed_in().post(
        f"/calendar/{latest_link(sessions)}", form, token_from=f"/calendar/{latest_link(sessions)}"
    )

    after = fetch(app, path, **{"If-None-Match": before.headers["ETag"]})

    assert 302 == answer.status_code
    assert 200 == after.status_code
    events = Calendar.from_ical(after.data).walk("VEVENT")
    assert {"Busy"} == {str(one["SUMMARY"]) for one in events}
    assert not any("URL" in one or "LOCATION" in one or "DESCRIPTION" in one for one in events)


def test_a_choice_outside_its_limits_is_refused_beside_its_field(signed_in, make, sessions):
    make()
    visitor, path = signed_in(), f"/calendar/{latest_link(sessions)}"

    answer = visitor.post(path, {"of": "person", "days_ahead": "9999"}, token_from=path)

    assert 409 == answer.status_code
    assert 'id="days_ahead-fault"' in answer.get_data(as_text=True)


def test_the_link_of_a_closed_account_says_that_it_was_stopped(app, make, sessions, clock):
    with sessions.begin() as session:
        new = NewAccount("kindergarten", "leaver", PASSWORD, "viewer", person="vice-principal")
        ensure_account(session, new, now=MONDAY)
    path = make("leaver")
    with sessions.begin() as session:
        session.execute(update(AccountRow).filter_by(name="leaver").values(active=False))

    answers = [fetch(app, path) for _ in range(2)]
    clock.now = MONDAY + timedelta(days=14)
    gone = fetch(app, path)

    assert "此巡检日历已停用" in answers[0].get_data(as_text=True)
    assert answers[0].data == answers[1].data
    assert 410 == gone.status_code


def test_deadlines_may_be_events_tasks_or_both(app, make, sessions):
    from inspections.findings.opening import FindingReport, open_finding
    from rules.text import Text

    with sessions.begin() as session:
        person = session.scalar(select(AccountRow.person).filter_by(name=OFFICER))
        report = FindingReport(
            "kindergarten",
            site_key(sessions),
            Text(zh="地面破损", en="Broken floor"),
            "severe",
            OFFICER,
            owner=person,
        )
        number = open_finding(session, load_rulebook(), report, now=MONDAY)

    kinds = {}
    for wanted in ("event", "todo", "both"):
        calendar = Calendar.from_ical(fetch(app, make(deadlines=wanted)).data)
        kinds[wanted] = {
            (part.name, str(part["UID"]))
            for part in calendar.walk()
            if f"finding-{number}" in str(part.get("UID", ""))
        }
        tasks = calendar.walk("VTODO")
        assert all({"DTSTART", "DUE", "PRIORITY", "ORGANIZER"} <= set(one) for one in tasks)

    event = ("VEVENT", f"finding-{number}@xunjian.invalid")
    task = ("VTODO", f"finding-{number}-todo@xunjian.invalid")
    assert {"event": {event}, "todo": {task}, "both": {event, task}} == kinds


@pytest.mark.parametrize("client", ["apple", "outlook", "google", "xiaomi", "thunderbird"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_guide_says_that_a_feed_is_late_and_no_alarm(client, language, signed_in):
    html = signed_in(OFFICER, language).page(f"/calendar/guides/{client}")

    assert ("它不是闹钟" if language == "zh" else "It is not an alarm") in html
    assert ("改动多久才显示" if language == "zh" else "How late changes show") in html


def test_there_is_no_guide_for_an_unknown_calendar(signed_in):
    assert 404 == signed_in().raw.get("/calendar/guides/abacus").status_code
