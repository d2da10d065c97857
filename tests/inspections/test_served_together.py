"""One walk, several clauses."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.importing import import_organisation
from inspections.models import DutyRow, OccurrenceRow
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from rules.rulebook import RuleBook

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
MONDAY_0900 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def _with_second_clause(rulebook, **version):
    """Add a second rule that asks for the same round of the yard."""
    pack = rulebook.packs[0]
    first = rulebook.rule("yard-daily")
    changed = first.versions[0].model_copy(update=version)
    second = first.model_copy(update={"id": "yard-daily-too", "versions": (changed,)})
    both = pack.model_copy(update={"rules": (*pack.rules, second)})
    return RuleBook((both,), {pack.id: "second clause"})


def _states(session):
    query = select(DutyRow.rule, OccurrenceRow.state).join(OccurrenceRow.duty)
    on_monday = query.where(OccurrenceRow.due_at < datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    rows = session.execute(on_monday.where(DutyRow.rule.like("yard-daily%")))
    return {row.rule: row.state for row in rows}


def _walk(session, rulebook, by):
    first = select(OccurrenceRow.id).join(DutyRow).where(DutyRow.rule == "yard-daily")
    occurrence = session.scalars(first.order_by(OccurrenceRow.due_at)).first()
    inspection, clock = str(uuid4()), server_clock(MONDAY_0900)
    start_inspection(
        session, rulebook, inspection_id=inspection, occurrence_id=occurrence, by=by, clock=clock
    )
    answers = {"surface": AnswerGiven("pass"), "gate": AnswerGiven("locked")}
    record_answers(session, rulebook, inspection_id=inspection, answers=answers, clock=clock)
    finish_inspection(session, rulebook, inspection_id=inspection, clock=clock)


@pytest.fixture
def planned(session, campus):
    def planned(rulebook):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 8)}
        plan(session, rulebook, organisation_id="campus", now=NOW, **span)
        return session

    return planned


def test_one_round_performs_both_duties_that_ask_for_it(planned, rulebook):
    both = _with_second_clause(rulebook)
    session = planned(both)

    _walk(session, both, "officer")

    assert {"yard-daily": "done", "yard-daily-too": "done"} == _states(session)


def test_a_round_does_not_perform_a_duty_that_asks_for_a_certificate_the_person_lacks(
    planned, rulebook
):
    people = rulebook.rule("yard-daily").versions[0].people
    certified = people.model_copy(update={"qualifications": ("diver",)})
    both = _with_second_clause(rulebook, people=certified)
    session = planned(both)

    _walk(session, both, "officer")

    assert {"yard-daily": "done", "yard-daily-too": "scheduled"} == _states(session)


def test_a_round_does_not_perform_a_duty_with_another_checklist(planned, rulebook):
    both = _with_second_clause(rulebook, checklist=None)
    session = planned(both)

    _walk(session, both, "officer")

    assert {"yard-daily": "done", "yard-daily-too": "scheduled"} == _states(session)


def test_both_duties_are_assigned_to_the_same_person(planned, rulebook):
    from inspections.models import AssignmentRow

    session = planned(_with_second_clause(rulebook))

    query = select(OccurrenceRow.period, AssignmentRow.person_id).join(AssignmentRow)
    query = query.join(OccurrenceRow.duty).where(DutyRow.rule.like("yard-daily%"))
    people = {}
    for period, person in session.execute(query):
        people.setdefault(period, set()).add(person)
    assert people
    assert {len(who) for who in people.values()} == {1}
