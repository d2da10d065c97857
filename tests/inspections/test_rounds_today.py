"""What the pages of a person's day and of one occurrence read, on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.errors import NotFound
from inspections.importing import import_organisation
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.rounds.names import people_in_scope, target_names
from inspections.rounds.occurrence import occurrence_detail
from inspections.rounds.record import inspection_detail, last_answers, running_inspection
from inspections.rounds.scope import Scope
from inspections.rounds.today import persons_day
from inspections.served_together import rules_served
from rules.rulebook import RuleBook
from rules.text import Text

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday in Shanghai
MIDNIGHT = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
DAY = (MIDNIGHT, MIDNIGHT + timedelta(days=1))


@pytest.fixture
def both(rulebook):
    """The rule book with a second clause that asks for the same round of the yard."""
    pack = rulebook.packs[0]
    second = rulebook.rule("yard-daily").model_copy(update={"id": "yard-daily-too"})
    return RuleBook(
        (pack.model_copy(update={"rules": (*pack.rules, second)}),), {pack.id: "second clause"}
    )


@pytest.fixture
def school(session, campus, both):
    import_organisation(session, campus, now=NOW)
    span = {"since": date(2026, 3, 2), "until": date(2026, 3, 8)}
    plan(session, both, organisation_id="campus", now=NOW, seconds=2, **span)
    session.commit()
    return session


def _yard(session, rule="yard-daily"):
    query = select(OccurrenceRow).join(OccurrenceRow.duty).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).first()


def _assignee(session, occurrence):
    query = select(PersonRow.key).join(AssignmentRow, AssignmentRow.person_id == PersonRow.id)
    return session.scalars(query.where(AssignmentRow.occurrence_id == occurrence.id)).one()


def _start(session, rulebook, occurrence, by, at=NINE):
    inspection = str(uuid4())
    start_inspection(
        session,
        rulebook,
        inspection_id=inspection,
        occurrence_id=occurrence.id,
        by=by,
        clock=server_clock(at),
    )
    return inspection


def _walk(session, rulebook, occurrence, by, at=NINE):
    inspection = _start(session, rulebook, occurrence, by, at)
    answers = {"surface": AnswerGiven("pass"), "gate": AnswerGiven("locked")}
    given = {"inspection_id": inspection, "clock": server_clock(at)}
    record_answers(session, rulebook, answers=answers, **given)
    finish_inspection(session, rulebook, **given)
    return inspection


def test_a_day_shows_what_is_due_and_what_was_done(school, both):
    yard = _yard(school)
    who = _assignee(school, yard)
    scope = Scope("campus", who)

    before = persons_day(school, scope, now=NINE, day=DAY)
    record = _walk(school, both, yard, who)
    after = persons_day(school, scope, now=NINE, day=DAY)

    assert {"yard-daily", "yard-daily-too"} <= {row.rule for row in before.due}
    assert not before.done
    assert {("yard-daily", record), ("yard-daily-too", record)} == {
        (row.rule, row.record) for row in after.done
    }
    assert not {"yard-daily", "yard-daily-too"} & {row.rule for row in after.due}


def test_a_day_out_of_scope_is_empty(school):
    who = _assignee(school, _yard(school))

    found = persons_day(school, Scope("campus", who, ("elsewhere",)), now=NINE, day=DAY)

    assert ((), None) == (found.open, found.next_due_at)


def test_a_row_past_its_due_time_stays_until_its_next_window(school):
    yard = _yard(school)
    scope = Scope("campus", _assignee(school, yard))

    late = persons_day(school, scope, now=yard.due_at + timedelta(minutes=1), day=DAY)
    closed = persons_day(school, scope, now=yard.closes_at + timedelta(minutes=1), day=DAY)

    assert {"scheduled"} == {row.state for row in late.past_due if row.id == yard.id}
    assert {"missed"} == {row.state for row in closed.past_due if row.id == yard.id}


def test_a_record_names_the_other_occurrences_it_performed(school, both):
    yard, other = _yard(school), _yard(school, "yard-daily-too")
    who = _assignee(school, yard)

    named = rules_served(school, both, yard.id, by=who, at=NINE)
    record = _walk(school, both, yard, who)

    also = inspection_detail(school, record, organisation="campus").also
    assert ("yard-daily-too",) == named
    assert [(other.id, "yard-daily-too", "done")] == [(one.id, one.rule, one.state) for one in also]


def test_a_served_occurrence_shows_the_record_that_performed_it(school, both):
    yard, other = _yard(school), _yard(school, "yard-daily-too")
    record = _walk(school, both, yard, _assignee(school, yard))

    detail = occurrence_detail(school, other.id, organisation="campus", now=NINE)

    assert "done" == detail.state
    assert [(record, yard.id, True)] == [(one.id, one.of, one.finished) for one in detail.records]


def test_an_occurrence_keeps_its_own_records_apart(school, both):
    yard = _yard(school)
    record = _walk(school, both, yard, _assignee(school, yard))

    detail = occurrence_detail(school, yard.id, organisation="campus", now=NINE)

    assert [(record, None, 2)] == [(one.id, one.of, one.answered) for one in detail.records]
    assert ["started", "performed"] == [entry.kind for entry in detail.log]


def test_other_organisations_find_nothing(school, both):
    yard = _yard(school)
    record = _walk(school, both, yard, _assignee(school, yard))

    with pytest.raises(NotFound):
        occurrence_detail(school, yard.id, organisation="elsewhere", now=NINE)
    with pytest.raises(NotFound):
        inspection_detail(school, record, organisation="elsewhere")


def test_a_begun_record_is_found_by_its_person_only(school, both):
    yard = _yard(school)
    begun = _start(school, both, yard, "guard")

    assert begun == running_inspection(school, yard.id, by="guard")
    assert running_inspection(school, yard.id, by="officer") is None


def test_the_next_check_knows_the_answers_of_the_last(school, both):
    yard = _yard(school)
    query = select(OccurrenceRow).where(OccurrenceRow.duty_id == yard.duty_id)
    second = school.scalars(query.order_by(OccurrenceRow.due_at)).all()[1]

    before = last_answers(school, second.id)
    _walk(school, both, yard, _assignee(school, yard))

    assert {} == before
    assert {"surface": "pass", "gate": "locked"} == {
        item: one.value for item, one in last_answers(school, second.id).items()
    }


def test_targets_are_named_with_their_place(school):
    site = _yard(school).site_id
    wanted = [(site, "asset", "fridge"), (site, "place", "yard"), (site, "person", "cook")]

    names = target_names(school, [*wanted, (site, "asset", "gone")])

    assert ["厨房 · 留样冰箱", "操场", "张师傅"] == [names[one].zh for one in wanted]
    assert Text(zh="gone", en="gone") == names[(site, "asset", "gone")]


def test_people_are_listed_by_site(school):
    keys = ["head", "officer", "cook", "fitter", "guard"]

    assert keys == [key for key, _ in people_in_scope(school, "campus", sites=("main",))]
    assert keys == [key for key, _ in people_in_scope(school, "campus")]
    assert () == people_in_scope(school, "campus", sites=("elsewhere",))
