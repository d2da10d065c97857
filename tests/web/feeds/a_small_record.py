"""A record with one site, two people, four tasks and a finding, and what may happen to it."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from inspections.database import open_database
from inspections.models import (
    AssignmentRow,
    DutyRow,
    FindingEventRow,
    FindingRow,
    OccurrenceEventRow,
    OccurrenceRow,
    OrganisationRow,
    PastAssignmentRow,
    PersonRow,
    SiteRow,
)
from rules.text import Text

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
RULES = ("mps61-daily-patrol", "mps61-drill-key-halfyear")
TASKS, PEOPLE = 4, 2


def _named(words: str) -> Text:
    return Text(zh=words, en=words)


def fill_small_record(path):
    """Write the record to a file at *path*, with nothing left beside it."""
    sessions = open_database(f"sqlite:///{path}")
    with sessions.begin() as session:
        session.add(
            OrganisationRow(
                id="o",
                name=_named("学校"),
                time_zone="Asia/Shanghai",
                country="CN",
                packs=[],
                changed_at=NOW,
            )
        )
        session.flush()
        site = {"organisation_id": "o", "key": "main", "name": _named("主校区")}
        session.add(SiteRow(id=1, **site, facts={}, calendar={}, position=0))
        session.add_all(_person(number) for number in range(PEOPLE))
        session.flush()
        session.add_all(_duty(number, rule) for number, rule in enumerate(RULES))
        session.flush()
        session.add_all(_task(number) for number in range(TASKS))
        session.flush()
        for number in range(TASKS):
            _assign(session, number + 1, number % PEOPLE + 1)
        session.add(_finding())
    with sessions.kw["bind"].connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    sessions.kw["bind"].dispose()


def _person(number):
    return PersonRow(
        id=number + 1,
        organisation_id="o",
        key=f"p{number}",
        name=_named(f"人{number}"),
        sites=["main"],
        roles=[],
        facts={},
        minutes_per_day=480,
        works=[],
        position=number,
    )


def _duty(number, rule):
    return DutyRow(
        id=number + 1,
        organisation_id="o",
        site_id=1,
        rule=rule,
        target_kind="site",
        target="main",
        status="binds",
        waits_for=[],
        because={},
        valid_from=date(2026, 1, 1),
    )


def _task(number):
    opens = NOW + timedelta(days=number - 1, hours=2)
    return OccurrenceRow(
        id=number + 1,
        duty_id=number % 2 + 1,
        site_id=1,
        period=f"p{number}",
        opens_at=opens,
        due_at=opens + timedelta(hours=2),
        closes_at=opens + timedelta(hours=2),
        planned_on=opens.date(),
        state="scheduled",
        provisional=False,
        hidden_until=opens if number == 3 else None,
        revision=0,
        priority=0,
    )


def _assign(session, occurrence, person):
    row = {"occurrence_id": occurrence, "person_id": person, "pinned": False}
    session.execute(insert(AssignmentRow).values(**row, reason=_named("当日在岗")))


def _finding():
    return FindingRow(
        id=1,
        organisation_id="o",
        number="F-2026-0001",
        site_id=1,
        title=_named("地面破损"),
        severity="minor",
        owner="p0",
        state="open",
        found_at=NOW,
        due_at=NOW + timedelta(days=2),
        arithmetic={"days": []},
        without=[],
    )


def move(session, number, _now):
    """A task falls due at another time."""
    row = session.get_one(OccurrenceRow, number + 1)
    row.due_at += timedelta(minutes=7)


def cancel(session, number, now):
    """A task is cancelled."""
    session.get_one(OccurrenceRow, number + 1).state = "cancelled"
    event = {"kind": "cancelled", "at": now, "recorded_at": now, "by": "plan"}
    session.execute(insert(OccurrenceEventRow).values(occurrence_id=number + 1, **event))


def revive(session, number, now):
    """A cancelled task is planned again."""
    session.get_one(OccurrenceRow, number + 1).state = "scheduled"
    event = {"kind": "rescheduled", "at": now, "recorded_at": now, "by": "plan"}
    session.execute(insert(OccurrenceEventRow).values(occurrence_id=number + 1, **event))


def hand_over(session, number, now):
    """A task goes to the other person."""
    mine = AssignmentRow.occurrence_id == number + 1
    person = session.scalar(select(AssignmentRow.person_id).where(mine))
    session.execute(delete(AssignmentRow).where(mine))
    past = {"occurrence_id": number + 1, "person_id": person, "ended_at": now}
    session.execute(insert(PastAssignmentRow).values(**past))
    _assign(session, number + 1, PEOPLE + 1 - person)


def rename(session, number, now):
    """The site gets another name."""
    session.execute(update(SiteRow).values(name=_named(f"校区{number}")))
    session.get_one(OrganisationRow, "o").note_change(now)


def reword(session, number, _now):
    """A finding is described otherwise."""
    session.get_one(FindingRow, 1).title = _named(f"地面破损{number}")


def pass_on(session, number, now):
    """A finding goes to somebody else."""
    row = session.get_one(FindingRow, 1)
    before, row.owner = row.owner, f"p{number % PEOPLE}"
    event = {"kind": "assigned", "at": now, "by": "x", "data": {"from": before, "to": row.owner}}
    session.execute(insert(FindingEventRow).values(finding_id=1, **event))


def wait(_session, _number, _now):
    """Time passes, and nothing else."""


def touch(session, number, _now):
    """Something is written that no calendar shows."""
    session.execute(update(PersonRow).values(minutes_per_day=400 + number))


DOINGS = (move, cancel, revive, hand_over, rename, reword, pass_on, wait, touch)
