"""What follows from a drill: its report, tasks that change standards, and the next script."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.drills.programme import year_of
from inspections.drills.report import ReportGiven, Shortcoming, report_of
from inspections.drills.reporting import DrillNotBegun, NoDrillReporter, save_report
from inspections.drills.script import script_of
from inspections.editing import Editor
from inspections.models import FindingRow, FollowUpRow, OccurrenceRow
from inspections.planning import plan
from inspections.reactions.sweeping import sweep_reactions
from inspections.recording import finish_inspection, record_answers, start_inspection
from rules.faults import InputInvalid
from tests.inspections.drills.a_year import (
    BEFORE,
    MALL,
    OFFICER,
    VIEWER,
    YEAR,
    book,
)

GATE = Shortcoming("东门疏散通道堆放货物", "专柜堆货标准")
RADIO = Shortcoming("二楼对讲机没电")


@pytest.fixture
def mall(published_mall):
    return published_mall


def evacuations(session, now=BEFORE):
    found = year_of(session, book(), MALL, YEAR, by=OFFICER, now=now).drills
    return [one for one in found if (one.kind, one.site) == ("evacuation-drill", "store-a")]


def given(drill, *shortcomings, **other):
    ended = drill.starts_at + timedelta(minutes=20)
    values = {"expected": 40, "present": 38, "seconds": 145, "shortcomings": shortcomings}
    return ReportGiven(drill.starts_at, ended, **(values | other))


def report(session, drill, *shortcomings, by=OFFICER, **other):
    now = drill.starts_at + timedelta(hours=1)
    given_ = given(drill, *shortcomings, **other)
    return save_report(session, book(), drill.id, given_, by=by, now=now)


def test_one_report_performs_everything_that_the_drill_serves(mall):
    drill = evacuations(mall)[0]

    report(mall, drill)

    after = drill.starts_at + timedelta(hours=2)
    states = {mall.get_one(OccurrenceRow, one.occurrence).state for one in drill.serves}
    shown = next(one for one in evacuations(mall, after) if one.id == drill.id)
    assert {"done"} == states
    assert ("done", True, 38, 145) == (shown.state, shown.reported, shown.present, shown.seconds)


def test_a_drill_that_was_reported_performs_what_is_planned_only_later(mall):
    drill = next(one for one in evacuations(mall) if not any(s.occurrence for s in one.serves))
    report(mall, drill)
    wanted = drill.serves[0].wanted

    plan(
        mall, book(), organisation_id=MALL, since=wanted.until, until=wanted.until,
        now=drill.ends_at + timedelta(hours=2), assign=False,
    )  # fmt: skip

    key = {"duty_id": wanted.duty, "period": wanted.period}
    assert "done" == mall.scalars(select(OccurrenceRow).filter_by(**key)).one().state


def test_each_shortcoming_changes_a_standard_and_stands_in_the_next_script(mall):
    drill, following = evacuations(mall)[:2]

    found = report(mall, drill, GATE, RADIO)

    tasks = mall.scalars(select(FollowUpRow).where(FollowUpRow.standard_change)).all()
    script = script_of(mall, book(), following.id, by=OFFICER, now=drill.starts_at)
    assert [GATE.text, RADIO.text] == [one.text for one in found.shortcomings]
    assert {one.task for one in found.shortcomings} <= {task.id for task in tasks}
    assert [GATE.text, RADIO.text] == [one.shortcoming.text for one in script.revisited]
    assert GATE.standard in tasks[0].title.zh


def test_a_corrected_report_keeps_its_tasks_and_performs_nothing_twice(mall):
    drill = evacuations(mall)[0]
    report(mall, drill, GATE, RADIO)

    again = report(mall, drill, GATE, present=37)

    log = [one for one in mall.scalars(select(FollowUpRow)) if one.standard_change]
    assert (37, [GATE.text]) == (again.present, [one.text for one in again.shortcomings])
    assert 2 == len({task.subject for task in log})


def test_a_drill_without_a_report_is_a_finding_a_day_later(mall):
    drill = evacuations(mall)[0]

    def findings(hours):
        now = drill.ends_at + timedelta(hours=hours)
        sweep_reactions(mall, book(), organisation_id=MALL, now=now)
        return [row.title.zh for row in mall.scalars(select(FindingRow)) if "A 店" in row.title.zh]

    assert [] == findings(23)
    assert 1 == len(findings(25))
    assert 1 == len(findings(26))


def test_a_report_tells_all_its_faults_at_once(mall):
    drill = evacuations(mall)[0]

    with pytest.raises(InputInvalid) as refused:
        report(mall, drill, Shortcoming(" "), expected=0, seconds=0, photos=("nothing",))

    assert {"expected", "seconds", "shortcomings.0", "photos"} == {
        fault.field for fault in refused.value.faults
    }


def test_a_report_comes_after_the_drill_and_from_who_may_hand_it_in(mall):
    drill = evacuations(mall)[0]

    with pytest.raises(DrillNotBegun):
        save_report(mall, book(), drill.id, given(drill), by=OFFICER, now=BEFORE)
    with pytest.raises(NoDrillReporter):
        report(mall, drill, by=Editor(MALL, "somebody", "viewer"))
    assert 38 == report(mall, drill, by=VIEWER).present


def test_a_check_on_a_tablet_is_the_report_of_its_drill(mall):
    drill = next(one for one in evacuations(mall) if len(one.serves) == 1)
    at = drill.starts_at + timedelta(minutes=30)
    keys = {"inspection_id": "tablet-1", "clock": server_clock(at)}
    start_inspection(mall, book(), occurrence_id=drill.serves[0].occurrence, by="a-safety", **keys)
    answers = {
        "briefing": "pass", "people": 41, "minutes": 3, "routes": "pass", "headcount": "pass",
        "shortcomings": f"{GATE.text}\n无", "signature": "刘芳",
    }  # fmt: skip
    given_ = {item: AnswerGiven(value) for item, value in answers.items()}
    record_answers(mall, book(), answers=given_, **keys)

    finish_inspection(mall, book(), **keys)

    found = report_of(mall, drill.id)
    assert (41, 180, "a-safety") == (found.present, found.seconds, found.by)
    assert [GATE.text] == [one.text for one in found.shortcomings]
