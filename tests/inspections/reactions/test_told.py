"""What somebody on the spot says of a failure: graver, dangerous, the same as before."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.findings.opening import FindingReport
from inspections.findings.rectification import confirm, submit_rectification
from inspections.findings.reporting import report_finding
from inspections.models import AnswerRow, FindingEventRow, FindingRow, StopUseRow
from inspections.reactions.duplicates import open_findings_of_occurrence
from inspections.reactions.preview import expected_findings
from inspections.recording import record_answers, start_inspection
from inspections.rounds.record import inspection_detail
from inspections.told import Told
from rules.text import Text
from tests.inspections.reactions.a_school import DAY, MONDAY, all_rows, occurrence_at

FAIL = "fail"
ITEMS = {"yard-daily": "surface", "kitchen-temperature": "reading", "alarm-monthly": "rings"}


@pytest.fixture
def answer(school, book):
    """Answer one item of the yard round, in the same inspection where one is named."""

    def answering(value=FAIL, *, told=None, inspection=None, at=MONDAY, rule="yard-daily"):
        clock, id_ = server_clock(at), inspection or str(uuid4())
        occurrence = occurrence_at(school, rule, at)
        given = {"inspection_id": id_, "clock": clock}
        start_inspection(school, book, occurrence_id=occurrence.id, by="officer", **given)
        one = AnswerGiven(value, None, told or Told())
        record_answers(school, book, answers={ITEMS[rule]: one}, **given)
        return id_

    return answering


def notes_of(session, finding):
    return [
        row.data
        for row in all_rows(session, FindingEventRow)
        if row.finding_id == finding.id and row.kind == "noted"
    ]


@pytest.mark.parametrize(("said", "kept"), [("severe", "severe"), (None, "minor")])
def test_a_failure_may_be_made_graver_and_has_the_deadline_of_that(
    said, kept, answer, school, book
):
    occurrence = occurrence_at(school, "yard-daily")
    shown = expected_findings(
        school,
        book,
        occurrence_id=occurrence.id,
        checklist=book.checklist("yard-round"),
        now=MONDAY,
    )["surface"]

    answer(told=Told(severity=said))

    (finding,) = all_rows(school, FindingRow)
    same = next(each for each in shown if each.severity == kept)
    assert (kept, same.due_at, same.arithmetic) == (
        finding.severity,
        finding.due_at,
        finding.arithmetic,
    )


def test_nobody_can_make_a_failure_lighter_than_the_rules(answer, school):
    answer(25, told=Told(severity="minor"), rule="kitchen-temperature")

    assert "moderate" == all_rows(school, FindingRow)[0].severity


def test_a_shorter_limit_of_the_rule_stays_when_a_failure_is_made_graver(answer, school):
    answer(25, told=Told(severity="severe"), rule="kitchen-temperature")

    (finding,) = all_rows(school, FindingRow)
    assert ("severe", 4) == (finding.severity, (finding.due_at - MONDAY).seconds // 3600)


def test_what_is_said_later_makes_the_same_finding_graver(answer, school):
    inspection = answer()

    answer(inspection=inspection, told=Told(severity="severe"))

    (finding,) = all_rows(school, FindingRow)
    assert ("severe", MONDAY.date()) == (finding.severity, finding.due_at.date())
    assert [1, 2] == [row.attempt for row in all_rows(school, AnswerRow)]
    assert [None, {"severity": "severe"}] == [row.told for row in all_rows(school, AnswerRow)]


def test_danger_that_is_said_later_stops_the_use_too(answer, school):
    at = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
    inspection = answer(rule="alarm-monthly", at=at)
    before = all_rows(school, StopUseRow)

    answer(rule="alarm-monthly", at=at, inspection=inspection, told=Told(danger=True))

    assert [] == before
    assert ["alarm"] == [row.target for row in all_rows(school, StopUseRow)]


def test_the_same_words_sent_twice_are_one_answer(answer, school):
    inspection = answer(told=Told(danger=True))

    answer(inspection=inspection, told=Told(danger=True))

    assert [1] == [row.attempt for row in all_rows(school, AnswerRow)]


def test_words_about_a_failure_are_not_kept_with_a_pass(answer, school):
    answer("pass", told=Told(severity="severe", danger=True))

    assert [None] == [row.told for row in all_rows(school, AnswerRow)]
    assert [] == all_rows(school, FindingRow)


def test_the_same_as_an_open_finding_opens_no_second_one(answer, school):
    answer()
    (finding,) = all_rows(school, FindingRow)

    second = answer(at=MONDAY + DAY, told=Told(same_as=finding.id, severity="severe"))

    assert ["severe"] == [row.severity for row in all_rows(school, FindingRow)]
    assert second == notes_of(school, finding)[0]["seen"]
    detail = inspection_detail(school, second, organisation="campus")
    assert {"surface": finding.id} == {item: one.id for item, one in detail.known.items()}


def test_a_closed_finding_takes_nothing_up(answer, school):
    answer()
    (finding,) = all_rows(school, FindingRow)
    given = {"finding_id": finding.id, "now": MONDAY + DAY}
    submit_rectification(school, by="guard", note="levelled", **given)
    confirm(school, by="head", **given)

    answer(at=MONDAY + DAY, told=Told(same_as=finding.id))

    assert ["closed", "open"] == [row.state for row in all_rows(school, FindingRow)]


def test_a_finding_elsewhere_takes_nothing_up(answer, school, book):
    title = Text(zh="门", en="door")
    report = FindingReport("campus", "main", title, "minor", "officer", asset="alarm")
    elsewhere = report_finding(school, book, report, now=MONDAY)

    answer(told=Told(same_as=elsewhere))

    assert 2 == len(all_rows(school, FindingRow))


def test_open_findings_of_the_target_are_offered_and_no_others(answer, school, book):
    title = Text(zh="门", en="door")
    report = FindingReport("campus", "main", title, "minor", "officer", asset="alarm")
    report_finding(school, book, report, now=MONDAY)
    answer()

    offered = open_findings_of_occurrence(school, occurrence_at(school, "yard-daily").id)

    assert ["surface"] == [school.get_one(FindingRow, one.id).item for one in offered]


def test_a_report_of_the_same_is_kept_in_the_finding_there_is(school, book):
    title = Text(zh="警铃不响", en="alarm silent")
    report = FindingReport("campus", "main", title, "moderate", "officer", asset="alarm")
    first = report_finding(school, book, report, now=MONDAY)
    again = FindingReport(**{**vars(report), "same_as": first, "measures": "贴了告示"})

    second = report_finding(school, book, again, now=MONDAY + DAY)

    assert first == second
    notes = notes_of(school, school.get_one(FindingRow, first))
    assert [{"same": True, "seen": None}, {"measures": True}] == notes
    assert [] == all_rows(school, StopUseRow)
