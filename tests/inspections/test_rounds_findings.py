"""What the pages of findings read, on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.editing import Editor
from inspections.errors import FinderRepeats, NotFound, WrongState
from inspections.findings.extensions import ask_for_time
from inspections.findings.follow_ups import finish_follow_up
from inspections.findings.opening import FindingReport, open_finding
from inspections.findings.rectification import (
    assign_owner,
    confirm,
    escalate,
    know_until,
    submit_rectification,
)
from inspections.importing import import_organisation
from inspections.models import DutyRow, FollowUpRow, OccurrenceRow
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.rounds.findings import finding_detail, finding_list
from inspections.rounds.scope import Scope
from rules.text import Text

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
FOUND = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
LATER = FOUND + timedelta(minutes=30)
T = Text(zh="插座过载", en="Overloaded socket")


@pytest.fixture
def school(session, campus, rulebook):
    import_organisation(session, campus, now=NOW)
    span = {"since": date(2026, 3, 2), "until": date(2026, 3, 8)}
    plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)
    session.commit()
    return session


@pytest.fixture
def reading(school, rulebook):
    """The id of a finding: the cook read 21.4 ℃ where 20 ℃ is set."""
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == "kitchen-temperature")
    occurrence = school.scalars(query.order_by(OccurrenceRow.due_at)).first()
    given = {"inspection_id": str(uuid4()), "clock": server_clock(FOUND)}
    start_inspection(school, rulebook, occurrence_id=occurrence.id, by="cook", **given)
    record_answers(school, rulebook, answers={"reading": AnswerGiven(21.4, "门开着")}, **given)
    return finish_inspection(school, rulebook, **given).findings[0]


def _report(session, rulebook, by="guard", severity="moderate", now=FOUND):
    report = FindingReport("campus", "main", T, severity, by, asset="alarm")
    return open_finding(session, rulebook, report, now=now)


def _detail(session, finding, asked_by=None):
    return finding_detail(session, finding, organisation="campus", asked_by=asked_by)


def _numbers(session, show, person="guard", now=LATER, sites=()):
    scope = Scope("campus", person, sites)
    found = finding_list(session, scope, show=show, page=1, now=now)
    return [row.id for row in found.rows]


def test_a_finding_tells_note_and_comparison_apart(school, reading):
    detail = _detail(school, reading)

    assert "门开着" == detail.detail
    assert "读数 21.4 °C，设定 20.0 °C，相差 1.4，超过允许的 ±1.0。" == detail.why.zh


def test_a_task_shows_its_deadline_its_item_and_who_may_do_it(school, reading):
    task = _detail(school, reading, asked_by="cook").follow_ups[0]

    assert FOUND + timedelta(hours=2) == task.due_at
    assert ("reading", False, None) == (task.item.id, task.separate_person, task.refusal)
    assert "2 hours" in task.arithmetic["text"]["en"]


def test_a_task_for_another_person_tells_the_finder_why_not(school, reading):
    row = school.scalars(select(FollowUpRow)).one()
    row.separate_person = True
    school.flush()

    refused = _detail(school, reading, asked_by="cook").follow_ups[0].refusal
    welcome = _detail(school, reading, asked_by="officer").follow_ups[0].refusal

    assert "“张师傅”作了初次检查" in refused.zh
    assert welcome is None
    with pytest.raises(FinderRepeats):
        finish_follow_up(school, follow_up_id=row.id, by="cook", now=LATER, reading=20.2)


def test_a_task_without_a_reading_passes_or_fails_as_it_is_told(school, reading):
    row = school.scalars(select(FollowUpRow)).one()
    row.repeats = False
    school.flush()
    given = {"follow_up_id": row.id, "by": "officer", "now": LATER}

    failed = finish_follow_up(school, passed=False, note="仍偏热", **given)
    shown = _detail(school, reading).follow_ups[0]
    passed = finish_follow_up(school, **given)

    assert ("fail", "仍偏热", "李安全", None) == (failed, shown.note, shown.done_by.zh, shown.item)
    assert "pass" == passed
    with pytest.raises(WrongState):
        finish_follow_up(school, **given)


def test_the_log_names_people_and_keeps_the_first_deadline(school, rulebook):
    finding = _report(school, rulebook)
    given = {"finding_id": finding, "by": "officer", "now": LATER}
    first = _detail(school, finding).due_at

    assign_owner(school, owner="cook", **given)
    escalate(school, to="head", note="经费", **given)
    editor = Editor("campus", "officer", "safety-officer")
    ask_for_time(school, finding, until=date(2026, 3, 9), note="配件", editor=editor, now=LATER)
    know_until(school, until=first + timedelta(days=9), note="已围挡", **given)

    detail = _detail(school, finding)
    named = [entry.data["to_name"].zh for entry in detail.log if "to_name" in entry.data]
    assert ["张师傅", "王校长"] == named
    assert ("cook", "张师傅") == (detail.owner, detail.owner_name.zh)
    assert (first, first + timedelta(days=9)) == (detail.first_due_at, detail.known_until)
    assert ("李安全", first) == (detail.asked_name.zh, detail.due_at)


def test_nobody_unknown_is_named_or_told(school, rulebook):
    given = {"finding_id": _report(school, rulebook), "by": "officer", "now": LATER}

    with pytest.raises(NotFound):
        assign_owner(school, owner="stranger", **given)
    with pytest.raises(NotFound):
        escalate(school, to="stranger", note="x", **given)


def test_a_refusal_names_the_person(school, rulebook):
    finding = _report(school, rulebook)
    submit_rectification(school, finding_id=finding, by="officer", now=LATER, note="x")

    assert "整改人“李安全”" in _detail(school, finding, asked_by="officer").refusal.zh
    assert "“赵工”负责维护" in _detail(school, finding, asked_by="fitter").refusal.zh
    assert _detail(school, finding, asked_by="head").refusal is None


def test_lists_hold_what_they_say(school, rulebook):
    mine = _report(school, rulebook)
    waiting = _report(school, rulebook, by="officer")
    closed = _report(school, rulebook, by="officer")
    for one in (waiting, closed):
        submit_rectification(school, finding_id=one, by="officer", now=LATER, note="x")
    confirm(school, finding_id=closed, by="head", now=LATER)

    assert [mine] == _numbers(school, "mine")
    assert [mine, waiting] == _numbers(school, "open")
    assert [waiting] == _numbers(school, "verify")
    assert [closed] == _numbers(school, "closed")
    assert [] == _numbers(school, "open", sites=("elsewhere",))


def test_a_list_counts_what_is_open_and_overdue(school, rulebook):
    first = _report(school, rulebook)
    _report(school, rulebook, now=FOUND + timedelta(days=2))
    due = _detail(school, first).due_at

    scope = Scope("campus", "guard")
    on_time = finding_list(school, scope, show="open", page=1, now=due)
    late = finding_list(school, scope, show="open", page=9, now=due + timedelta(seconds=1))

    assert (2, 0, 1) == (on_time.open, on_time.overdue, on_time.pages)
    assert (2, 1, 1) == (late.open, late.overdue, late.page)


def test_another_organisation_finds_no_finding(school, rulebook):
    finding = _report(school, rulebook)

    with pytest.raises(NotFound):
        finding_detail(school, finding, organisation="elsewhere", asked_by=None)
