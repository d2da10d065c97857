"""What becomes of the items of a tablet in the record."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspections.models import (
    AnswerRow,
    FindingRow,
    InspectionRow,
    OccurrenceEventRow,
    SyncItemRow,
)
from inspections.pinned_checklists import keep_checklist
from inspections.rounds.occurrence import occurrence_detail
from inspections.sweep import sweep
from inspections.sync.arrived import came_from, photos_of_finding, photos_of_record
from rules.checklist import Checklist
from tests.inspections.recording.a_school import MONDAY_0900, count, nth_occurrence
from tests.inspections.sync.a_tablet import LATER, picture_bytes, uuid_of

MINUTE = timedelta(minutes=1)


def statuses(acks):
    return [ack.status for ack in acks]


def test_a_round_is_recorded_at_the_time_it_was_walked(tablet, school):
    one, yard = tablet(offset=120.0), nth_occurrence(school, "yard-daily")
    one.answer("round", yard, "surface", "pass")
    one.answer("round", yard, "gate", "locked", at=MONDAY_0900 + MINUTE)
    one.finish("round", at=MONDAY_0900 + 2 * MINUTE)

    acks = one.send_all()

    assert ["stored"] * 3 == statuses(acks)
    row = school.scalars(select(InspectionRow)).one()
    assert MONDAY_0900 + 2 * MINUTE == row.started_at
    assert MONDAY_0900 + 4 * MINUTE == row.finished_at
    assert "done" == yard.state
    came = came_from(school, row.id)
    assert (120.0, MONDAY_0900 + 2 * MINUTE, LATER) == (
        came.offset_seconds,
        came.device_at,
        came.received_at,
    )


def test_a_round_walked_in_time_and_synced_after_the_sweep_ends_done_with_both_entries(
    tablet, school
):
    one, yard = tablet(), nth_occurrence(school, "yard-daily")
    night = yard.closes_at + timedelta(hours=5)
    sweep(school, now=night)
    one.answer("round", yard, "surface", "pass")
    one.answer("round", yard, "gate", "locked")
    one.finish("round")

    one.send_all(now=night + MINUTE)

    school.refresh(yard)
    query = select(OccurrenceEventRow.kind).filter_by(occurrence_id=yard.id)
    kinds = list(school.scalars(query.order_by(OccurrenceEventRow.id)))
    assert ("done", ["missed", "started", "performed", "recovered"]) == (yard.state, kinds)


def test_two_people_on_one_checklist_are_both_kept(tablet, school):
    yard = nth_occurrence(school, "yard-daily")
    for person in ("officer", "guard"):
        one = tablet(person)
        one.answer(person, yard, "surface", "fail" if person == "guard" else "pass")
        one.answer(person, yard, "gate", "locked")
        one.finish(person)
        one.send_all()

    shown = occurrence_detail(school, yard.id, organisation="campus", now=LATER)

    assert ["guard", "officer"] == sorted(one.by_key for one in shown.records)
    assert ("done", 1) == (shown.state, count(school, FindingRow))


def test_nobody_records_into_the_inspection_of_another(tablet, school):
    yard = nth_occurrence(school, "yard-daily")
    tablet().send([tablet().answer("round", yard, "surface", "pass")])

    intruder = tablet("guard", device="tablet-2")
    acks = intruder.send([intruder.answer("round", yard, "gate", "open")])

    assert [("refused", "record-closed")] == [(ack.status, ack.problem.code) for ack in acks]
    assert 1 == count(school, AnswerRow)


def test_an_older_checklist_is_the_one_that_was_answered(tablet, school, rulebook):
    yard = nth_occurrence(school, "yard-daily")
    today = rulebook.checklist("yard-round")
    fence = today.items[0].model_copy(update={"id": "fence"})
    older = Checklist(id=today.id, title=today.title, items=(*today.items, fence))
    digest = keep_checklist(school, older)
    one = tablet()

    acks = one.send([one.answer("round", yard, "fence", "fail", checklist=digest)])

    assert ["stored"] == statuses(acks)
    kept = school.scalars(select(InspectionRow)).one().checklist
    assert ["surface", "gate", "fence"] == [item["id"] for item in kept["items"]]


def test_nobody_answers_an_easier_checklist_than_the_rule_asks_for(tablet, school, rulebook):
    yard = nth_occurrence(school, "yard-daily")
    digest = keep_checklist(school, rulebook.checklist("temperature"))
    one = tablet()

    acks = one.send([one.answer("round", yard, "reading", 20.0, checklist=digest)])

    assert ["refused"] == statuses(acks)


def test_a_person_may_raise_a_severity_and_never_lower_it(tablet, school):
    yard = nth_occurrence(school, "yard-daily")
    kitchen = nth_occurrence(school, "kitchen-temperature")
    one = tablet()
    one.answer("round", yard, "surface", "fail", severity="severe")
    one.answer("kitchen", kitchen, "reading", 30.0, severity="minor")

    one.send_all()

    found = dict(school.execute(select(FindingRow.item, FindingRow.severity)).all())
    assert {"surface": "severe", "reading": "moderate"} == found


@pytest.mark.parametrize("person", ["viewer"])
def test_a_role_that_records_nothing_is_refused_and_its_words_are_kept(tablet, school, person):
    one, yard = tablet(person), nth_occurrence(school, "yard-daily")

    acks = one.send([one.answer("round", yard, "surface", "fail", note="看到裂缝")])

    assert [("refused", "may-not-record")] == [(ack.status, ack.problem.code) for ack in acks]
    assert "看到裂缝" in school.scalars(select(SyncItemRow.body)).one()


def test_a_record_tells_how_many_photos_are_still_on_the_way(tablet, school):
    one, yard = tablet(), nth_occurrence(school, "yard-daily")
    one.answer("round", yard, "surface", "fail", photos=3)
    for name in ("a", "b", "c"):
        one.photo(name, inspection="round", item="surface")
    one.send()
    for name in ("a", "b"):
        one.send_picture(uuid_of(name))

    counted = photos_of_record(school, uuid_of("round"))["surface"]
    finding = school.scalars(select(FindingRow.id)).one()

    assert (2, 3, True) == (counted.arrived, counted.expected, counted.is_short)
    assert counted == photos_of_finding(school, finding)


def test_another_picture_under_the_same_id_is_kept_beside_the_first(tablet, school):
    one, yard = tablet(), nth_occurrence(school, "yard-daily")
    one.answer("round", yard, "surface", "fail", photos=1)
    one.photo("crack", inspection="round", item="surface")
    one.send_all()

    ack = one.send_picture(uuid_of("crack"), content=picture_bytes("something else"))

    assert "conflict" == ack.status
    assert 2 == len(school.scalars(select(SyncItemRow).filter_by(item=uuid_of("crack"))).all())


def test_an_end_waits_for_the_answers_that_it_counts(tablet, school):
    one, yard = tablet(), nth_occurrence(school, "yard-daily")
    first = one.answer("round", yard, "surface", "pass")
    second = one.answer("round", yard, "gate", "locked")
    end = {**one.finish("round"), "after": None}

    acks = [*one.send([first]), *one.send([end]), *one.send([second])]

    assert ["stored", "waiting", "stored"] == statuses(acks)
    assert "done" == yard.state
