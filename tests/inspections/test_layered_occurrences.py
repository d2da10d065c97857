"""A rule that makes another one stricter serves it: in the plan, and when it is done."""

from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.importing import import_organisation
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from rules.cadence import Periodic
from rules.rulebook import RuleBook

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # midnight of 2 March in Shanghai
MONDAY_0900 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def layered(rulebook, **version):
    """Lay the daily yard round over a weekly one of the law, which has no checklist."""
    pack = rulebook.packs[0]
    daily = rulebook.rule("yard-daily")
    changes = {"cadence": Periodic(type="periodic", unit="week"), "checklist": None}
    changes |= {"day_off": "before", **version}
    weekly = daily.versions[0].model_copy(update=changes)
    law = daily.model_copy(update={"id": "yard-law", "versions": (weekly,)})
    stricter = daily.model_copy(update={"tightens": "yard-law"})
    others = [rule for rule in pack.rules if rule.id != "yard-daily"]
    lower = pack.model_copy(
        update={"id": "law", "layer": "law", "rules": (law,), "parameters": (), "checklists": ()}
    )
    upper = pack.model_copy(update={"rules": (*others, stricter)})
    return RuleBook((lower, upper), {"law": "law", pack.id: "layered"})


@pytest.fixture
def planned(session, campus):
    def planned(rulebook, **changes):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 8), **changes}
        plan(session, rulebook, organisation_id="campus", now=NOW, **span)
        return session

    return planned


def rows_of(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).all()


def walk_the_yard(session, rulebook, rule):
    inspection, clock = str(uuid4()), server_clock(MONDAY_0900)
    start_inspection(
        session,
        rulebook,
        inspection_id=inspection,
        occurrence_id=rows_of(session, rule)[0].id,
        by="officer",
        clock=clock,
    )
    if rule == "yard-daily":
        answers = {"surface": AnswerGiven("pass"), "gate": AnswerGiven("locked")}
    else:
        answers = {"requirement": AnswerGiven("pass")}
    record_answers(session, rulebook, inspection_id=inspection, answers=answers, clock=clock)
    finish_inspection(session, rulebook, inspection_id=inspection, clock=clock)


def test_the_clause_of_the_law_keeps_its_own_occurrences(planned, rulebook):
    session = planned(layered(rulebook))

    assert (1, 5) == (len(rows_of(session, "yard-law")), len(rows_of(session, "yard-daily")))


def test_doing_what_the_stricter_rule_asks_serves_the_law(planned, rulebook):
    book = layered(rulebook)
    session = planned(book)

    walk_the_yard(session, book, "yard-daily")

    assert ["done"] == [row.state for row in rows_of(session, "yard-law")]


def test_doing_what_the_law_asks_does_not_serve_the_stricter_rule(planned, rulebook):
    book = layered(rulebook)
    session = planned(book)

    walk_the_yard(session, book, "yard-law")

    assert ["done"] == [row.state for row in rows_of(session, "yard-law")]
    assert {"scheduled"} == {row.state for row in rows_of(session, "yard-daily")}


def test_a_law_that_wants_more_people_is_not_served_by_fewer(planned, rulebook):
    people = rulebook.rule("yard-daily").versions[0].people.model_copy(update={"count": 2})
    book = layered(rulebook, people=people)
    session = planned(book)

    walk_the_yard(session, book, "yard-daily")

    assert ["scheduled"] == [row.state for row in rows_of(session, "yard-law")]


def test_the_plan_gives_the_law_to_whoever_does_the_first_stricter_check(planned, rulebook):
    session = planned(layered(rulebook))
    (law,), first = rows_of(session, "yard-law"), rows_of(session, "yard-daily")[0]

    people = {
        row.occurrence_id: (row.person_id, row.reason.en)
        for row in session.scalars(select(AssignmentRow))
    }

    assert people[law.id] == people[first.id]
    assert "one inspection serves 2 duties" in people[law.id][1]
    assert first.planned_on == law.planned_on
