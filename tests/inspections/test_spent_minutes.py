"""A plan made in the day counts what people have already done that day."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from inspections.planning import plan
from inspections.spent_minutes import spent_minutes

SINCE = date(2026, 3, 2)
NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # midnight of 2 March in Shanghai
AT_TEN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def _assigned_today(session):
    query = (
        select(OccurrenceRow, PersonRow.key)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, AssignmentRow.person_id == PersonRow.id)
        .where(OccurrenceRow.planned_on == SINCE)
        .order_by(OccurrenceRow.id)
    )
    return session.execute(query).first()


def test_minutes_of_what_was_done_today_are_spent(session, campus, rulebook):
    import_organisation(session, campus, now=NOW)
    until = SINCE + timedelta(days=6)
    plan(session, rulebook, organisation_id="campus", since=SINCE, until=until, now=NOW)
    occurrence, person = _assigned_today(session)
    occurrence.state = "done"
    session.flush()

    spent = spent_minutes(session, campus, rulebook, now=AT_TEN)

    assert [(person, SINCE)] == [key for key, minutes in spent.items() if minutes > 0]


def test_what_is_still_to_do_spends_nothing(session, campus, rulebook):
    import_organisation(session, campus, now=NOW)
    until = SINCE + timedelta(days=6)
    plan(session, rulebook, organisation_id="campus", since=SINCE, until=until, now=NOW)

    assert {} == dict(spent_minutes(session, campus, rulebook, now=AT_TEN))
