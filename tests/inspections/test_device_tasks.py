from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from inspections.accounts import NewAccount, account, ensure_account
from inspections.app_passwords import (
    MOST,
    Caller,
    TooManyDevices,
    caller_with,
    create_app_password,
    devices_of,
    revoke_app_password,
)
from inspections.device_tasks import NotByTick, device_tasks, tick, untick
from inspections.errors import NotFound, NotYetOpen, WrongState
from inspections.importing import import_organisation
from inspections.models import (
    AppPasswordRow,
    AssignmentRow,
    DutyRow,
    InspectionRow,
    OccurrenceRow,
    PersonRow,
)
from inspections.outcomes import excuse
from inspections.planning import plan
from inspections.reported import reported_done
from inspections.sweep import sweep
from rules.text import Text

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Monday


@pytest.fixture
def school(session, campus, rulebook):
    import_organisation(session, campus, now=NOW)
    plan(
        session, rulebook, organisation_id="campus", now=NOW, assign=False,
        since=date(2026, 3, 2), until=date(2026, 3, 31),
    )  # fmt: skip
    for rule, person in (("yard-daily", "officer"), ("fridge-weekly", "cook")):
        somebody = session.scalars(select(PersonRow.id).filter_by(key=person)).one()
        for row in tasks_of(session, rule):
            reason = Text(zh="测试", en="test")
            session.add(AssignmentRow(occurrence_id=row.id, person_id=somebody, reason=reason))
    session.commit()
    return session


def tasks_of(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return list(session.scalars(query.order_by(OccurrenceRow.due_at)))


def caller(session, person):
    new = NewAccount("campus", person, "a long password", "inspector", person=person)
    found = account(session, ensure_account(session, new, now=NOW))
    return Caller(found, "手机")


def shown(session, rulebook, person, now=NOW):
    return {
        one.key: one for one in device_tasks(session, rulebook, caller(session, person), now=now)
    }


def test_a_tick_where_the_rule_asks_for_evidence_is_only_said(school, rulebook):
    officer, task = caller(school, "officer"), tasks_of(school, "yard-daily")[0]
    key = f"occurrence-{task.id}"

    first = tick(school, rulebook, officer, key, now=NOW)
    again = tick(school, rulebook, officer, key, now=NOW + timedelta(minutes=1))

    assert ("reported", "unchanged") == (first, again)
    assert "scheduled" == task.state
    assert "手机" == reported_done(school, [task.id])[task.id].device
    found = shown(school, rulebook, "officer")[key]
    assert (True, False) == (found.matter.reported, found.done)


def test_what_is_only_said_is_missed_when_it_closes(school, rulebook):
    officer, task = caller(school, "officer"), tasks_of(school, "yard-daily")[0]
    tick(school, rulebook, officer, f"occurrence-{task.id}", now=NOW)

    sweep(school, now=task.closes_at + timedelta(seconds=1))

    assert "missed" == school.get_one(OccurrenceRow, task.id).state


def test_a_tick_where_the_rule_asks_for_nothing_performs_the_task_once(school, rulebook):
    cook, task = caller(school, "cook"), tasks_of(school, "fridge-weekly")[0]
    key = f"occurrence-{task.id}"

    first = tick(school, rulebook, cook, key, now=NOW)
    again = tick(school, rulebook, cook, key, now=NOW + timedelta(minutes=1))

    assert ("performed", "unchanged", "done") == (first, again, task.state)
    assert 1 == school.scalar(select(func.count()).select_from(InspectionRow))
    record = school.scalars(select(InspectionRow)).one()
    assert ("cook", True) == (record.by, "手机" in record.note)
    assert shown(school, rulebook, "cook")[key].done


def test_what_is_only_said_can_be_taken_back_what_is_done_cannot(school, rulebook):
    officer, said = caller(school, "officer"), tasks_of(school, "yard-daily")[0]
    cook, done = caller(school, "cook"), tasks_of(school, "fridge-weekly")[0]
    tick(school, rulebook, officer, f"occurrence-{said.id}", now=NOW)
    tick(school, rulebook, cook, f"occurrence-{done.id}", now=NOW)

    untick(school, officer, f"occurrence-{said.id}", now=NOW)

    assert {} == reported_done(school, [said.id])
    with pytest.raises(NotByTick):
        untick(school, cook, f"occurrence-{done.id}", now=NOW)
    assert "done" == done.state


def test_a_task_that_has_not_opened_is_neither_shown_nor_ticked(school, rulebook):
    officer, task = caller(school, "officer"), tasks_of(school, "yard-daily")[1]

    assert f"occurrence-{task.id}" not in shown(school, rulebook, "officer")
    with pytest.raises(NotYetOpen):
        tick(school, rulebook, officer, f"occurrence-{task.id}", now=NOW)


def test_an_excused_task_is_not_ticked(school, rulebook):
    officer, task = caller(school, "officer"), tasks_of(school, "yard-daily")[0]
    excuse(school, occurrence_id=task.id, reason="修地面", approver="head", now=NOW)

    with pytest.raises(WrongState):
        tick(school, rulebook, officer, f"occurrence-{task.id}", now=NOW)


@pytest.mark.parametrize(
    "key", ["occurrence-999", "occurrence-x", "finding-1", "", "occurrence-9999999999999999999"]
)
def test_what_is_nobodys_or_somebody_elses_task_is_not_there(school, rulebook, key):
    with pytest.raises(NotFound):
        tick(school, rulebook, caller(school, "head"), key, now=NOW)


def test_somebody_elses_task_cannot_be_ticked(school, rulebook):
    task = tasks_of(school, "yard-daily")[0]

    with pytest.raises(NotFound):
        tick(school, rulebook, caller(school, "cook"), f"occurrence-{task.id}", now=NOW)


def test_a_device_password_is_kept_as_hash_and_works_however_it_is_typed(school):
    owner = caller(school, "officer").account

    _, password = create_app_password(school, owner.id, label="平板", now=NOW)

    stored = school.scalars(select(AppPasswordRow)).one()
    assert password.replace("-", "") not in str(vars(stored))
    for typed in (password, password.upper(), password.replace("-", " ")):
        found = caller_with(school, "officer", typed, agent="DAVx5", now=NOW)
        assert ("officer", "平板") == (found.account.person, found.device)
    assert "DAVx5" == devices_of(school, owner.id)[0].agent


def test_a_wrong_a_revoked_and_another_accounts_password_open_nothing(school):
    owner, other = caller(school, "officer").account, caller(school, "cook").account
    number, password = create_app_password(school, owner.id, label="平板", now=NOW)

    assert None is caller_with(school, "officer", "abcd", agent="", now=NOW)
    assert None is caller_with(school, "cook", password, agent="", now=NOW)
    assert None is caller_with(school, "officer", "a long password", agent="", now=NOW)
    with pytest.raises(NotFound):
        revoke_app_password(school, number, account_id=other.id, now=NOW)
    revoke_app_password(school, number, account_id=owner.id, now=NOW)
    assert None is caller_with(school, "officer", password, agent="", now=NOW)


def test_nobody_needs_more_than_twenty_devices(school):
    owner = caller(school, "officer").account
    for number in range(MOST):
        create_app_password(school, owner.id, label=str(number), now=NOW)

    with pytest.raises(TooManyDevices):
        create_app_password(school, owner.id, label="one more", now=NOW)
