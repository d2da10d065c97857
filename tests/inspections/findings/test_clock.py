"""The clocks of a finding come from its log alone, in whatever order the log arrived."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.findings.clock import FindingClock, LogEvent, clock_of
from inspections.states import Happening, finding_state

FOUND = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = (
    "started",
    "submitted",
    "confirmed",
    "rejected",
    "reopened",
    "extension-asked",
    "extended",
    "extension-refused",
    "extension-withdrawn",
    "escalated",
    "assigned",
    "known-until",
    "chased",
    "noted",
    "noted-due",
)


def _event(number, kind, minutes, days):
    until = (FOUND + days * DAY).isoformat()
    data = {
        "extension-asked": {"until": until},
        "extended": {"to": until, "from": until},
        "noted-due": {"due_at": until},
    }.get(kind, {})
    at = FOUND + timedelta(minutes=minutes)
    return LogEvent(number, kind.removesuffix("-due"), at, f"p{number}", "why", data)


def _opened(days=3):
    return LogEvent(1, "opened", FOUND, data={"due_at": (FOUND + days * DAY).isoformat()})


steps = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 600), st.integers(0, 30)), max_size=14
)
# Entries of different instants; the log of one instant is in the order of its numbers.
logs = steps.map(
    lambda found: [_opened(), *(_event(n, *one) for n, one in enumerate(found, start=2))]
)


@given(logs, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_clock(log, draw):
    shuffled = list(log)
    draw.shuffle(shuffled)

    assert clock_of(log) == clock_of(shuffled)


@given(logs, st.randoms(use_true_random=False))
def test_the_numbers_that_arrival_gives_change_no_clock(log, draw):
    apart = {event.at: event for event in log}.values()
    numbers = list(range(1, len(apart) + 1))
    draw.shuffle(numbers)

    renumbered = [
        LogEvent(number, event.kind, event.at, event.by, event.note, event.data)
        for number, event in zip(numbers, apart, strict=True)
    ]

    assert clock_of(apart) == clock_of(renumbered)


@given(logs)
def test_the_state_is_the_one_that_the_steps_give(log):
    ordered = sorted(log, key=lambda one: (one.at, one.id))

    assert finding_state(Happening(one.kind, one.at) for one in ordered) == clock_of(log).state


@given(logs)
def test_asking_alone_moves_no_deadline(log):
    quiet = [one for one in log if one.kind not in {"extension-asked", "extension-refused"}]

    asked, unasked = clock_of(log), clock_of(quiet)

    assert (unasked.due_at, unasked.first_due_at) == (asked.due_at, asked.first_due_at)


@given(logs)
def test_no_extension_moves_the_first_deadline(log):
    unextended = [one for one in log if one.kind != "extended"]

    assert clock_of(unextended).first_due_at == clock_of(log).first_due_at


@given(logs, st.integers(0, 40))
def test_past_the_law_and_past_the_plan_are_told_apart_and_never_of_what_is_closed(log, days):
    clock, now = clock_of(log), FOUND + days * DAY

    if clock.state == "closed":
        assert not clock.past_plan(now)
        assert not clock.past_law(now)
    else:
        assert clock.past_plan(now) == (now > clock.due_at)
        assert clock.past_law(now) == (now > clock.first_due_at)


@given(logs, st.randoms(use_true_random=False), st.integers(0, 14))
def test_entries_that_come_later_give_what_all_at_once_give(log, draw, split):
    late = list(log)
    draw.shuffle(late)
    first, rest = late[:split], late[split:]

    assert clock_of(log) == clock_of([*rest, *first])


def test_a_request_waits_until_somebody_answers_it():
    asked = _event(2, "extension-asked", 10, 9)
    refused = _event(3, "extension-refused", 20, 9)

    assert clock_of([_opened(), asked]).asked.until == FOUND + 9 * DAY
    assert clock_of([_opened(), refused, asked]).asked is None


def test_granting_moves_the_deadline_in_force_and_counts():
    granted = [_event(2, "extension-asked", 10, 9), _event(3, "extended", 20, 9)]

    clock = clock_of([_opened(), *granted])

    expected = FindingClock(FOUND + 3 * DAY, FOUND + 9 * DAY, "open", extensions=1)
    assert expected == clock
    assert clock.past_law(FOUND + 5 * DAY)
    assert not clock.past_plan(FOUND + 5 * DAY)


def test_closing_after_the_rules_deadline_is_late_however_often_it_was_extended():
    late = [
        _event(2, "extended", 5, 20),
        _event(3, "started", 3 * 24 * 60 + 1, 0),
        _event(4, "submitted", 3 * 24 * 60 + 2, 0),
        _event(5, "confirmed", 3 * 24 * 60 + 3, 0),
    ]

    assert clock_of([_opened(), *late]).closed_late


def test_a_log_without_its_opening_has_no_clock():
    with pytest.raises(ValueError, match="opening"):
        clock_of([_event(2, "started", 5, 0)])
