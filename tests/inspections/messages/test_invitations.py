from datetime import timedelta
from functools import partial

import pytest
from icalendar import Calendar
from sqlalchemy import delete, select

from inspections.drills.applying import apply_drills
from inspections.messages.delivery import deliver
from inspections.messages.outbox import put
from inspections.messages.preparing import House, compose
from inspections.messages.smtp_carrier import SmtpCarrier
from inspections.messages.smtp_settings import smtp_settings
from inspections.models import (
    AssignmentRow,
    DrillProgrammeRow,
    DrillRow,
    DrillServesRow,
    OccurrenceRow,
)
from inspections.outcomes import excuse
from inspections.planning import plan
from rules.rulebook import RuleBook
from tests.inspections.messages.conftest import NOW, assign, local, occurrences
from web.messages.calendar_text import invitation_text


@pytest.fixture
def drills(school, rulebook):
    """A rule book with an announced and an unannounced drill, both planned for the guard."""
    (pack,) = rulebook.packs
    yearly = next(rule for rule in pack.rules if rule.id == "alarm-monthly")
    rules = tuple(
        yearly.model_copy(
            update={
                "id": name,
                "domain": "drill",
                "versions": (yearly.versions[0].model_copy(update={"announced": announced}),),
            }
        )
        for name, announced in (("open-drill", True), ("secret-drill", False))
    )
    book = RuleBook((pack.model_copy(update={"rules": rules}),), {pack.id: "drills"})
    with school.begin() as session:
        plan(
            session, book, organisation_id="campus", now=NOW, assign=False,
            since=local(2, "00:00").date(), until=local(31, "00:00").date(),
        )  # fmt: skip
        for name in ("open-drill", "secret-drill"):
            assign(session, name, "guard")
        for row in occurrences(session, "open-drill"):
            row.opens_at, row.due_at = local(20, "10:00"), local(20, "10:40")
            row.closes_at, row.planned_on = row.due_at, local(20, "10:00").date()
    return book


@pytest.fixture
def mailed(school, drills, smtp):
    """Prepare and send; return the calendars of the mails that arrived since."""
    seen = []

    def run(now):
        as_calendar = partial(invitation_text, sender="xunjian@example.cn")
        house = House("https://xj.example.cn", ("mail",), as_calendar)
        with school.begin() as session:
            put(session, compose(session, drills, house, organisation="campus", now=now), now=now)
        carrier = SmtpCarrier(smtp_settings(smtp.url))
        deliver(school, {"mail": carrier}, clock=lambda: now)
        new = smtp.box.mails[len(seen) :]
        seen.extend(new)
        parts = [part for mail in new for part in mail.walk()]
        return [part for part in parts if part.get_content_type() == "text/calendar"]

    return run


def event(part):
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (found,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == part.get_param("method")
    return calendar["METHOD"], found


def test_an_announced_drill_is_asked_for_once_and_an_unannounced_one_never(mailed):
    (part,) = mailed(NOW)

    method, found = event(part)
    assert ("REQUEST", 0) == (method, found["SEQUENCE"])
    assert "mailto:guard@campus.example.cn" == str(found["ATTENDEE"])
    assert "mailto:xunjian@example.cn" == str(found["ORGANIZER"])
    assert "FALSE" == found["ATTENDEE"].params["RSVP"]
    assert local(20, "10:00") == found["DTSTART"].dt
    assert "https://xj.example.cn/occurrences/" in found["URL"]
    assert [] == mailed(NOW + timedelta(hours=1))


def test_a_moved_drill_keeps_its_uid_and_raises_its_sequence(mailed, school):
    (first,) = mailed(NOW)
    with school.begin() as session:
        (drill,) = occurrences(session, "open-drill")
        drill.opens_at, drill.due_at = local(21, "14:00"), local(21, "14:40")

    (second,) = mailed(NOW + timedelta(hours=1))

    (_, before), (method, after) = event(first), event(second)
    assert ("REQUEST", 1) == (method, after["SEQUENCE"])
    assert before["UID"] == after["UID"]
    assert local(21, "14:00") == after["DTSTART"].dt


def test_a_cancelled_drill_is_taken_back_once(mailed, school):
    mailed(NOW)
    with school.begin() as session:
        (drill,) = occurrences(session, "open-drill")
        excuse(session, occurrence_id=drill.id, reason="停电", approver="head", now=NOW)

    (part,) = mailed(NOW + timedelta(hours=1))

    method, found = event(part)
    assert ("CANCEL", 1, "CANCELLED") == (method, found["SEQUENCE"], found["STATUS"])
    assert [] == mailed(NOW + timedelta(hours=2))


def test_who_is_taken_off_a_drill_is_told_and_asked_again_when_put_back(mailed, school):
    mailed(NOW)
    with school.begin() as session:
        (drill,) = occurrences(session, "open-drill")
        session.execute(delete(AssignmentRow).filter_by(occurrence_id=drill.id))
    (off,) = mailed(NOW + timedelta(hours=1))
    with school.begin() as session:
        assign(session, "open-drill", "guard")

    (on,) = mailed(NOW + timedelta(hours=2))

    assert ("CANCEL", 1) == (event(off)[0], event(off)[1]["SEQUENCE"])
    assert ("REQUEST", 2) == (event(on)[0], event(on)[1]["SEQUENCE"])


def test_a_drill_with_a_long_window_is_a_whole_day(mailed, school):
    with school.begin() as session:
        for row in session.scalars(select(OccurrenceRow)):
            row.opens_at, row.due_at = local(1, "00:00"), local(31, "23:00")

    (part,) = mailed(NOW)

    _, found = event(part)
    assert local(20, "00:00").date() == found["DTSTART"].dt
    assert local(21, "00:00").date() == found["DTEND"].dt


def scheduled(session, starts, *, hidden):
    """Let a drill of the year's programme serve the announced occurrence, led by the head."""
    (row,) = occurrences(session, "open-drill")
    year = DrillProgrammeRow(
        organisation_id="campus", year=NOW.year, settings={}, missing=[], idle={}, revision=1
    )
    session.add(year)
    session.flush()
    drill = DrillRow(
        programme_id=year.id, site_id=row.site_id, kind="k", on=starts.date(), starts_at=starts,
        minutes=40, hidden=hidden, state="scheduled", pinned=False, leader="head", avoids=[],
    )  # fmt: skip
    session.add(drill)
    session.flush()
    session.add(DrillServesRow(drill_id=drill.id, duty_id=row.duty_id, period=row.period))
    apply_drills(session, "campus", now=NOW)
    return drill


def test_a_drill_of_the_programme_invites_its_leader_to_its_own_time(mailed, school):
    with school.begin() as session:
        drill = scheduled(session, local(20, "10:10"), hidden=False)

    parts = mailed(NOW)

    invited = {str(event(part)[1]["ATTENDEE"]).split(":")[1].split("@")[0] for part in parts}
    assert {"guard", "head"} == invited
    assert {local(20, "10:10")} == {event(part)[1]["DTSTART"].dt for part in parts}
    with school.begin() as session:
        session.get_one(DrillRow, drill.id).starts_at = local(21, "09:00")
    moved = mailed(NOW + timedelta(hours=1))
    assert {(1, local(21, "09:00"))} == {
        (event(part)[1]["SEQUENCE"], event(part)[1]["DTSTART"].dt) for part in moved
    }


def test_an_invitation_leads_to_the_briefing_and_the_script(mailed, school, smtp):
    with school.begin() as session:
        drill = scheduled(session, local(20, "10:10"), hidden=False)

    mailed(NOW)

    plain = [
        part.get_content()
        for mail in smtp.box.mails
        for part in mail.walk()
        if part.get_content_type() == "text/plain"
    ]
    assert plain
    assert all(f"https://xj.example.cn/drills/{drill.id}" in text for text in plain)


def test_nobody_is_invited_to_an_unannounced_drill_of_the_programme(mailed, school):
    with school.begin() as session:
        scheduled(session, local(20, "10:10"), hidden=True)

    assert [] == mailed(NOW)
