"""Reacting twice changes nothing."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from inspections.importing import import_organisation
from inspections.models import (
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    ReactionAppliedRow,
    StopUseRow,
)
from inspections.planning import plan
from inspections.reactions.sweeping import sweep_everything
from tests.inspections.reactions.a_school import DAY, MONDAY, NOW, fail, occurrence_at, sweep_at

steps = st.lists(
    st.tuples(
        st.sampled_from(["answer", "sweep"]),
        st.integers(min_value=0, max_value=11),
        st.sampled_from(["pass", "fail"]),
    ),
    max_size=6,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_reacting_twice_changes_nothing(sessions, campus, book, asked):
    with sessions() as session:
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 16)}
        plan(session, book, organisation_id="campus", now=NOW, assign=False, **span)
        now = MONDAY
        for what, days, verdict in asked:
            at = MONDAY + days * DAY
            now = max(now, at)
            if what == "sweep":
                sweep_at(session, book, now)
            elif occurrence_at(session, "yard-daily", at) is not None:
                fail(session, book, surface=verdict, at=at)
        sweep_at(session, book, now)
        before = _counts(session)

        again = sweep_at(session, book, now)

        assert () == again
        assert before == _counts(session)
        keys = list(session.scalars(select(ReactionAppliedRow.key)))
        assert len(set(keys)) == len(keys)
        session.rollback()


def _counts(session):
    kinds = (FindingRow, FindingEventRow, FollowUpRow, ReactionAppliedRow, StopUseRow)
    return [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_a_whole_sweep_marks_and_reacts_once_in_every_organisation(sessions, campus, book):
    with sessions.begin() as session:
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 4)}
        plan(session, book, organisation_id="campus", now=NOW, assign=False, **span)
    now = MONDAY + 2 * DAY

    first = sweep_everything(sessions, book, now=now)
    again = sweep_everything(sessions, book, now=now)

    assert len(first.missed) == sum(each.do == "finding" for each in first.applied)
    assert first.missed
    assert ((), 0, ()) == (again.missed, again.checked, again.applied)
