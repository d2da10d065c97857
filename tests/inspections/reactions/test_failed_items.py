"""A failed item opens one finding, with the deadline and the tasks of its reactions."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspections.errors import FollowUpOpen
from inspections.findings.follow_ups import finish_follow_up
from inspections.findings.rectification import (
    confirm,
    submit_rectification,
)
from inspections.importing import import_organisation
from inspections.models import (
    FindingRow,
    FollowUpRow,
    ReactionAppliedRow,
)
from inspections.planning import plan
from inspections.reactions.preview import expected_findings
from inspections.reactions.provenance import reasons_of_finding
from tests.inspections.reactions.a_school import DAY, MONDAY, NOW, all_rows, fail, occurrence_at


def test_a_failed_item_has_one_finding_however_many_reactions_ask(school, book):
    inspection = fail(school, book, surface="fail")

    finding = school.scalars(select(FindingRow)).one()
    row = school.scalars(select(ReactionAppliedRow)).one()
    assert ("yard-daily", "surface", inspection) == (
        finding.rule,
        finding.item,
        finding.inspection_id,
    )
    assert ("default-failed-minor", {"finding": finding.id}) == (row.rule, row.outcome)
    assert "fail" == row.because["answer.verdict"]


def test_the_rule_of_the_duty_leads_over_the_default_of_the_product(school, book):
    fail(school, book, "kitchen-temperature", reading=25)

    finding = school.scalars(select(FindingRow)).one()
    row = school.scalars(select(ReactionAppliedRow).filter_by(event_kind="answer")).one()
    assert ("kitchen-temperature", ["default-failed-moderate"]) == (
        row.rule,
        row.consequence["also"],
    )
    assert ("moderate", MONDAY + timedelta(hours=4)) == (finding.severity, finding.due_at)
    assert "repeat-reading" == school.scalars(select(FollowUpRow.key)).one()


def test_a_failed_item_has_a_finding_even_where_the_defaults_are_left_out(
    session, campus, rulebook
):
    import_organisation(session, campus, now=NOW)
    span = {"since": date(2026, 3, 2), "until": date(2026, 3, 3)}
    plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)

    fail(session, rulebook, surface="fail")

    assert "yard-daily" == session.scalars(select(ReactionAppliedRow.rule)).one()
    assert "minor" == session.scalars(select(FindingRow.severity)).one()


@pytest.mark.parametrize(("days", "tasks"), [(30, 1), (31, 0)])
def test_a_repeat_within_thirty_days_asks_for_the_root_cause(school, book, days, tasks):
    fail(school, book, surface="fail")

    # The thirtieth day is a Wednesday; the thirty-first a Thursday.
    fail(school, book, surface="fail", at=MONDAY + days * DAY)

    second = all_rows(school, FindingRow)[-1]
    found = [row for row in all_rows(school, FollowUpRow) if row.finding_id == second.id]
    assert tasks == len(found)
    if found:
        chain = reasons_of_finding(school, second.id)[-1].chain
        assert ("default-failed-minor",) == chain
        assert found[0].key == "default-root-cause/root-cause"


def test_a_finding_is_not_closed_before_its_root_cause_is_found(school, book):
    fail(school, book, surface="fail")
    fail(school, book, surface="fail", at=MONDAY + DAY)
    finding, task = all_rows(school, FindingRow)[-1], all_rows(school, FollowUpRow)[0]
    later = MONDAY + 2 * DAY
    submit_rectification(school, finding_id=finding.id, by="guard", now=later, note="levelled")

    with pytest.raises(FollowUpOpen):
        confirm(school, finding_id=finding.id, by="head", now=later)
    finish_follow_up(school, follow_up_id=task.id, by="officer", now=later, note="drainage")

    assert "closed" == confirm(school, finding_id=finding.id, by="head", now=later)


def test_what_is_shown_before_is_what_is_opened_after(school, book):
    occurrence = occurrence_at(school, "yard-daily")
    checklist = book.checklist("yard-round")

    expected = expected_findings(
        school, book, occurrence_id=occurrence.id, checklist=checklist, now=MONDAY
    )
    fail(school, book, surface="fail", gate="open")

    rows = {row.item: row for row in all_rows(school, FindingRow)}
    first = {item: each[0] for item, each in expected.items()}
    assert {"surface", "gate"} == first.keys() == rows.keys()
    for item, row in rows.items():
        assert (row.severity, row.due_at) == (first[item].severity, first[item].due_at)
        assert row.arithmetic == first[item].arithmetic
