"""A plan across a change date uses what holds before for the days before, and the new after."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.models import DutyRow, OccurrenceRow
from inspections.planning import plan
from scheduler.duties import expanded
from tests.rules.builders import organisation, pack, rule, rulebook, words

SINCE, UNTIL = date(2026, 6, 1), date(2026, 6, 28)
NOW = datetime(2026, 5, 31, 16, tzinfo=UTC)  # midnight of 1 June in Shanghai
ZONE = ZoneInfo("Asia/Shanghai")
WEEKLY = {"cadence": {"type": "periodic", "unit": "week"}}
DAILY = {"cadence": {"type": "periodic", "unit": "day"}}
SUNDAYS = ["2026-06-07", "2026-06-14"]
FROM_15TH = [f"2026-06-{day}" for day in range(15, 29)]


def threshold(*values):
    dated = [{"from": since, "value": value} for since, value in values]
    return {"id": "many_staff", "title": words(), "unit": "person", "values": dated}


def staffed(number=80):
    return organisation({"site.kind": "mall", "site.staff": number})


def by_staff(**changes):
    examples = [
        {"name": "many", "facts": {"site.staff": 500}, "applies": True},
        {"name": "few", "facts": {"site.staff": 1}, "applies": False},
    ]
    applies = {"site.staff": {"gte": "$many_staff"}}
    versions = [{"from": "2020-01-01"} | DAILY]
    return rule(applies=applies, examples=examples, versions=versions, **changes)


def two_versions(tmp_path):
    versions = [{"from": "2020-01-01"} | WEEKLY, {"from": "2026-06-15"} | DAILY]
    return rulebook(tmp_path, pack(rule(versions=versions)))


def lowered(tmp_path):
    values = threshold(("2020-01-01", 100), ("2026-06-15", 50))
    return rulebook(tmp_path, pack(by_staff(), parameters=[values]))


def raised(tmp_path):
    values = threshold(("2020-01-01", 50), ("2026-06-15", 100))
    return rulebook(tmp_path, pack(by_staff(), parameters=[values]))


def there_and_back(tmp_path):
    values = threshold(("2020-01-01", 50), ("2026-06-03", 100), ("2026-06-27", 60))
    return rulebook(tmp_path, pack(by_staff(), parameters=[values]))


def ended(tmp_path):
    versions = [{"from": "2020-01-01", "until": "2026-06-02"} | DAILY]
    return rulebook(tmp_path, pack(rule(versions=versions)))


def taking_effect(tmp_path):
    return rulebook(tmp_path, pack(rule(effective={"on": "2026-06-15", "precision": "day"})))


CASES = [
    (two_versions, SUNDAYS + FROM_15TH),
    (lowered, FROM_15TH),
    (raised, [f"2026-06-{day:02}" for day in range(1, 15)]),
    (there_and_back, ["2026-06-01", "2026-06-02", "2026-06-27", "2026-06-28"]),
    (ended, ["2026-06-01", "2026-06-02"]),
    (taking_effect, FROM_15TH),
]


@pytest.mark.parametrize(("packs", "due"), CASES, ids=lambda each: getattr(each, "__name__", ""))
def test_an_expansion_uses_what_holds_on_each_day(tmp_path, packs, due):
    found = expanded(packs(tmp_path), staffed(), since=SINCE, until=UNTIL)

    assert due == [each.due_at.astimezone(ZONE).date().isoformat() for _, each in found]


@pytest.mark.parametrize(("packs", "due"), CASES, ids=lambda each: getattr(each, "__name__", ""))
def test_a_plan_uses_what_holds_on_each_day(session, tmp_path, packs, due):
    import_organisation(session, staffed(), now=NOW, by="import")

    planned(session, packs(tmp_path), SINCE)

    assert due == due_days(session)


def test_a_plan_made_after_the_change_leaves_the_days_before_it_as_they_were(session, tmp_path):
    import_organisation(session, staffed(), now=NOW, by="import")
    book = raised(tmp_path)
    planned(session, book, SINCE)
    before = due_days(session)

    later = datetime(2026, 6, 19, 16, tzinfo=UTC)
    planned(session, book, date(2026, 6, 20), now=later)

    assert before == due_days(session)
    assert [date(2026, 6, 19)] == [row.valid_until for row in session.query(DutyRow)]


def test_planning_again_over_a_change_date_changes_nothing(session, tmp_path):
    import_organisation(session, staffed(), now=NOW, by="import")
    book = there_and_back(tmp_path)
    planned(session, book, SINCE)

    again = planned(session, book, SINCE, seed=1)

    assert {} == dict(again.changes.counts)


def test_a_figure_that_no_longer_changes_lets_the_duty_hold_throughout(session, tmp_path):
    import_organisation(session, staffed(), now=NOW, by="import")
    planned(session, raised(tmp_path), SINCE)
    steady = rulebook(tmp_path, pack(by_staff(), parameters=[threshold(("2020-01-01", 50))]))

    planned(session, steady, SINCE)

    assert 28 == len(due_days(session))
    assert [None] == [row.days for row in session.query(DutyRow)]


def planned(session, book, since, *, now=NOW, seed=0):
    return plan(
        session,
        book,
        organisation_id="org",
        since=since,
        until=UNTIL,
        now=now,
        seed=seed,
        assign=False,
    )


def due_days(session):
    query = select(OccurrenceRow).where(OccurrenceRow.state != "cancelled")
    rows = session.scalars(query.order_by(OccurrenceRow.due_at))
    return [row.due_at.astimezone(ZONE).date().isoformat() for row in rows]
