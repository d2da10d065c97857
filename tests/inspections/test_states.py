from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspections.states import (
    FINDING_STEPS,
    Happening,
    Window,
    finding_state,
    is_overdue,
    is_past_the_law,
    occurrence_state,
)

OPENS = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
WINDOW = Window(OPENS, OPENS + timedelta(hours=10), OPENS + timedelta(hours=12))
IN_TIME = OPENS + timedelta(hours=9)
IN_GRACE = OPENS + timedelta(hours=11)
AFTER = OPENS + timedelta(hours=13)

KINDS = ["started", "performed", "made-up", "missed", "recovered", "excused", "cancelled"]
KINDS += ["rescheduled", "moved", "explained", "signed"]
moments = st.integers(-300, 1200).map(lambda minutes: OPENS + timedelta(minutes=minutes))
logs = st.lists(st.builds(Happening, st.sampled_from(KINDS), moments), max_size=8)


def _state(*entries):
    return occurrence_state(WINDOW, [Happening(kind, at) for kind, at in entries])


def test_an_empty_log_is_scheduled():
    assert _state() == "scheduled"


def test_started_and_not_finished_is_in_progress():
    assert _state(("started", IN_TIME)) == "in_progress"


def test_performed_at_the_due_instant_is_done():
    assert _state(("performed", WINDOW.due_at)) == "done"


def test_performed_just_after_the_due_instant_is_late():
    assert _state(("performed", WINDOW.due_at + timedelta(microseconds=1))) == "late"


def test_performed_at_the_last_instant_of_the_grace_is_late():
    assert _state(("performed", WINDOW.closes_at)) == "late"


def test_performed_after_the_grace_leaves_it_missed():
    assert _state(("missed", WINDOW.closes_at), ("performed", AFTER)) == "missed"


def test_a_make_up_check_leaves_it_missed():
    assert _state(("missed", WINDOW.closes_at), ("made-up", AFTER)) == "missed"


def test_a_record_that_arrives_after_the_sweep_recovers_the_state_by_its_own_time():
    log = [("missed", WINDOW.closes_at), ("performed", IN_TIME), ("recovered", AFTER)]

    assert _state(*log) == "done"
    assert _state(("missed", WINDOW.closes_at), ("performed", IN_GRACE)) == "late"


def test_explaining_and_signing_never_turns_missed_green():
    log = [("missed", WINDOW.closes_at), ("explained", AFTER), ("signed", AFTER)]

    assert _state(*log) == "missed"


def test_performing_before_the_window_opens_counts_for_nothing():
    assert _state(("performed", OPENS - timedelta(seconds=1))) == "scheduled"


def test_excused_is_excused_also_after_the_sweep():
    assert _state(("excused", IN_TIME), ("missed", WINDOW.closes_at)) == "excused"


def test_cancelled_and_bound_again_is_scheduled():
    assert _state(("cancelled", IN_TIME)) == "cancelled"
    assert _state(("cancelled", IN_TIME), ("rescheduled", IN_TIME)) == "scheduled"
    assert _state(("rescheduled", IN_TIME), ("cancelled", IN_GRACE)) == "cancelled"


@given(logs)
def test_done_or_late_exactly_where_something_was_performed_in_the_window(log):
    inside = [e.at for e in log if e.kind == "performed" and OPENS <= e.at <= WINDOW.closes_at]

    state = occurrence_state(WINDOW, log)

    assert bool(inside) == (state in {"done", "late"})
    assert (state == "done") == bool(inside and min(inside) <= WINDOW.due_at)


@given(logs, moments)
def test_nothing_written_later_undoes_a_performance_in_the_window(log, at):
    with_record = [*log, Happening("performed", IN_TIME)]

    before = occurrence_state(WINDOW, with_record)
    after = occurrence_state(WINDOW, [*with_record, Happening("missed", at)])

    assert before == after == "done"


@given(logs)
def test_the_state_does_not_depend_on_how_often_an_entry_was_written(log):
    twice = [entry for entry in log for _ in range(2)]

    assert occurrence_state(WINDOW, log) == occurrence_state(WINDOW, twice)


@given(logs)
def test_missed_stays_missed_whatever_is_done_after_the_window(log):
    late = [Happening(e.kind, e.at) for e in log if e.kind not in {"performed", "excused"}]
    closed = [*late, Happening("missed", WINDOW.closes_at)]

    state = occurrence_state(WINDOW, [*closed, Happening("performed", AFTER)])

    assert state == "missed"


def test_past_the_law_begins_after_the_due_instant_and_only_while_nothing_is_done():
    assert not is_past_the_law(WINDOW, "scheduled", now=WINDOW.due_at)
    assert is_past_the_law(WINDOW, "scheduled", now=IN_GRACE)
    assert not is_past_the_law(WINDOW, "done", now=IN_GRACE)


def test_a_finding_goes_round_until_another_person_confirms():
    steps = ["opened", "started", "submitted", "rejected", "started", "submitted", "confirmed"]
    expected = ["open", "in_progress", "awaiting_verification", "open", "in_progress"]
    expected += ["awaiting_verification", "closed"]

    states = [
        finding_state([Happening(kind, OPENS) for kind in steps[: n + 1]])
        for n in range(len(steps))
    ]

    assert expected == states


def test_a_closed_finding_can_be_reopened():
    log = [Happening(k, OPENS) for k in ("started", "submitted", "confirmed", "reopened")]

    assert finding_state(log) == "open"


@given(st.lists(st.sampled_from([kind for _, kind in FINDING_STEPS] + ["noted", "extended"])))
def test_a_finding_closes_only_by_a_confirmation_of_something_submitted(kinds):
    closed_at = [
        n for n in range(len(kinds)) if finding_state(_happenings(kinds[: n + 1])) == "closed"
    ]

    for n in closed_at:
        if n - 1 not in closed_at:
            assert kinds[n] == "confirmed"
            assert finding_state(_happenings(kinds[:n])) == "awaiting_verification"


def _happenings(kinds):
    return [Happening(kind, OPENS) for kind in kinds]


def test_a_finding_is_overdue_after_its_instant_until_it_is_closed():
    assert not is_overdue("open", due_at=OPENS, now=OPENS)
    assert is_overdue("awaiting_verification", due_at=OPENS, now=IN_TIME)
    assert not is_overdue("closed", due_at=OPENS, now=IN_TIME)
