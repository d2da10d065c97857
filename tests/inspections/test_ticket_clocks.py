from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.errors import WrongState
from inspections.importing import import_organisation
from inspections.planning import plan
from inspections.ticket_clocks import TicketEntry, binding_clock, clock_states, limit_after
from inspections.tickets import TicketReport, add_step, reclassify, report_ticket, ticket_clocks
from rules.durations import Duration
from rules.organisation.model import OpeningSpan, SiteCalendar
from rules.pack import Clock
from rules.text import Text
from scheduler.workdays import WorkCalendar

CALENDAR = WorkCalendar(
    SiteCalendar(
        opening=(
            OpeningSpan(days=("mon", "tue", "wed", "thu", "fri"), opens=time(8), closes=time(18)),
        )
    ),
    time_zone="Asia/Shanghai",
    country="CN",
)


def _at(day, hour, minute=0):
    """A moment of March 2026 in Shanghai: the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=CALENDAR.zone).astimezone(UTC)


def _clock(id, limit, starts="reported", stops="completed", **match):
    title = Text(zh=id, en=id)
    return (
        "rule",
        Clock(id=id, title=title, starts=starts, stops=stops, limit=Duration(**limit), **match),
    )


HOURS_2 = {"amount": 2, "unit": "hour"}
CLOCKS = [
    _clock("urgent", HOURS_2, stops="answered", priority="urgent"),
    _clock("normal", {"amount": 1, "unit": "working-day"}, stops="answered", priority="normal"),
    _clock("network", {"amount": 1, "unit": "hour"}, category="network"),
    _clock("equipment", {"amount": 24, "unit": "hour"}, category="equipment"),
    _clock("promise", {"unit": "same-day"}, stops="promised"),
    _clock("call-back", {"amount": 48, "unit": "hour"}, starts="completed", stops="called-back"),
]


def _states(now, *log):
    entries = [TicketEntry(*entry) for entry in log]
    return {s.id: s for s in clock_states(CLOCKS, entries, calendar=CALENDAR, now=now)}


def test_a_network_fault_is_answered_in_two_hours_and_repaired_in_one_which_binds():
    states = _states(_at(3, 9, 30), ("reported", _at(3, 9, 10), "network", "urgent"))

    assert _at(3, 11, 10) == states["urgent"].due_at
    assert _at(3, 10, 10) == states["network"].due_at
    assert "network" == binding_clock(states.values()).id


def test_a_normal_request_of_friday_half_past_four_is_due_on_monday_half_past_four():
    states = _states(_at(6, 17), ("reported", _at(6, 16, 30), "cleaning", "normal"))

    assert _at(9, 16, 30) == states["normal"].due_at
    assert "16:30" in states["normal"].arithmetic.en


def test_a_printer_has_until_the_next_afternoon_and_a_promise_until_the_day_ends():
    states = _states(_at(5, 15, 30), ("reported", _at(5, 15), "equipment", "normal"))

    assert _at(6, 15) == states["equipment"].due_at
    assert _at(5, 18) == states["promise"].due_at


def test_the_call_back_counts_hours_over_the_weekend():
    log = [("reported", _at(6, 8), "equipment", "normal"), ("completed", _at(6, 11))]

    states = _states(_at(6, 12), *log)

    assert _at(8, 11) == states["call-back"].due_at
    assert "met" == states["promise"].status


def test_a_breach_of_the_repair_does_not_hide_that_the_answer_was_in_time():
    log = [("reported", _at(3, 9), "network", "urgent"), ("answered", _at(3, 9, 20))]

    states = _states(_at(3, 12), *log)

    assert ("met", "breached") == (states["urgent"].status, states["network"].status)


def test_done_after_the_limit_stays_breached():
    log = [("reported", _at(3, 9), "network", "urgent"), ("completed", _at(3, 10, 1))]

    assert "breached" == _states(_at(9, 9), *log)["network"].status


def test_the_limit_itself_is_in_time():
    log = [("reported", _at(3, 9), "network", "urgent"), ("completed", _at(3, 10))]

    assert "met" == _states(_at(9, 9), *log)["network"].status


def test_a_ticket_that_becomes_urgent_runs_its_new_clock_from_then():
    log = [
        ("reported", _at(3, 9), "network", "normal"),
        ("reclassified", _at(3, 14), "network", "urgent"),
    ]

    states = _states(_at(3, 15), *log)

    assert (_at(3, 14), _at(3, 16)) == (states["urgent"].starts_at, states["urgent"].due_at)
    assert "superseded" == states["normal"].status


def test_a_breach_before_the_class_changed_stays():
    log = [
        ("reported", _at(3, 9), "network", "urgent"),
        ("reclassified", _at(3, 14), "cleaning", "normal"),
    ]

    states = _states(_at(3, 15), *log)

    assert ("breached", "breached") == (states["urgent"].status, states["network"].status)
    assert "running" == states["normal"].status


def test_a_reopened_ticket_is_repaired_anew_and_not_answered_anew():
    log = [
        ("reported", _at(3, 9), "network", "urgent"),
        ("answered", _at(3, 9, 5)),
        ("completed", _at(3, 9, 30)),
        ("reopened", _at(3, 13)),
    ]

    states = _states(_at(3, 13, 30), *log)

    assert ("met", "running") == (states["urgent"].status, states["network"].status)
    assert _at(3, 14) == states["network"].due_at


@given(st.integers(0, 60 * 24 * 20), st.integers(1, 8))
def test_working_days_end_at_the_same_clock_time_on_a_working_day(minutes, days):
    start = _at(2, 0) + timedelta(minutes=minutes)

    due, _ = limit_after(start, Duration(amount=days, unit="working-day"), CALENDAR)

    local, began = due.astimezone(CALENDAR.zone), start.astimezone(CALENDAR.zone)
    assert began.time() == local.time()
    assert CALENDAR.is_working_day(local.date())
    spanned = range(1, (local.date() - began.date()).days + 1)
    counted = [n for n in spanned if CALENDAR.is_working_day(began.date() + timedelta(n))]
    assert days == len(counted)


def _ticket(session, rulebook, campus, sla_set):
    site = campus.sites[0].model_copy(
        update={"facts": {**campus.sites[0].facts, "site.sla_set": sla_set}}
    )
    now = _at(2, 0)
    import_organisation(session, campus.model_copy(update={"sites": (site,)}), now=now)
    span = {"since": now.date(), "until": now.date() + timedelta(7)}
    plan(session, rulebook, organisation_id="campus", now=now, assign=False, **span)
    report = TicketReport("campus", "main", "No network", "network", "urgent", by="head")
    return report_ticket(session, report, now=_at(3, 9, 10))


def test_the_set_of_limits_is_that_of_the_site(session, rulebook, campus):
    ticket = _ticket(session, rulebook, campus, "b")

    clocks = ticket_clocks(session, rulebook, ticket_id=ticket, now=_at(3, 10))

    assert [("response", _at(3, 11, 10))] == [(c.id, c.due_at) for c in clocks]


def test_a_ticket_keeps_its_log_and_its_clocks_follow(session, rulebook, campus):
    ticket = _ticket(session, rulebook, campus, "a")
    add_step(session, ticket_id=ticket, kind="answered", by="fitter", now=_at(3, 9, 40))
    reclassify(
        session,
        ticket_id=ticket,
        category="equipment",
        priority="urgent",
        by="head",
        now=_at(3, 9, 50),
    )
    add_step(session, ticket_id=ticket, kind="completed", by="fitter", now=_at(3, 20))

    clocks = ticket_clocks(session, rulebook, ticket_id=ticket, now=_at(3, 21))

    found = {clock.id: clock.status for clock in clocks}
    assert {
        "response-urgent": "met",
        "repair-network": "superseded",
        "repair-equipment": "met",
        "promise": "breached",
        "call-back": "running",
    } == found


def test_nobody_is_called_back_before_the_repair(session, rulebook, campus):
    ticket = _ticket(session, rulebook, campus, "a")

    with pytest.raises(WrongState):
        add_step(session, ticket_id=ticket, kind="called-back", by="head", now=_at(3, 10))
