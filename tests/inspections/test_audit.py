import json
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from inspections.audit import SERVICE, Origin, coming_from, note_change, origin
from inspections.database import open_engine
from inspections.importing import import_organisation
from inspections.migrations import upgrade
from inspections.models import AuditRow
from inspections.models.audit import LogIsAppendOnly
from rules.text import Text

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TABLET = Origin("web", "203.0.113.9", "Chrome, Android")


@pytest.fixture
def entry(session, campus):
    import_organisation(session, campus, now=NOON)
    with coming_from(TABLET):
        row = _note(session, campus.id)
    session.commit()
    return row


def _note(session, organisation):
    return note_change(
        session,
        organisation=organisation,
        by="li",
        action="thing.changed",
        subject="thing/1",
        before={
            "on": date(2026, 11, 1),
            "wait": timedelta(minutes=2),
            "who": frozenset({"b", "a"}),
        },
        after={"on": NOON, "title": Text(zh="灯", en="Light"), "parts": (1, None)},
        now=NOON,
    )


def test_entry_tells_who_when_from_where_before_and_after(session, entry):
    session.expire_all()
    found = session.scalars(select(AuditRow).filter_by(id=entry.id)).one()

    assert ("li", NOON) == (found.by, found.at)
    assert ("web", "203.0.113.9", "Chrome, Android") == (found.via, found.address, found.device)
    assert {"on": "2026-11-01", "wait": 120.0, "who": ["a", "b"]} == found.before
    assert {
        "on": "2026-11-22T04:00:00+00:00",
        "title": {"zh": "灯", "en": "Light"},
        "parts": [1, None],
    } == found.after


def test_what_runs_by_itself_says_so(session, campus):
    import_organisation(session, campus, now=NOON)

    row = _note(session, campus.id)

    assert ("service", None, None) == (row.via, row.address, row.device)


def test_where_a_change_comes_from_does_not_leak_into_other_threads():
    seen = []
    with coming_from(TABLET):
        thread = Thread(target=lambda: seen.append(origin()))
        thread.start()
        thread.join()
        inside = copy_context().run(origin)

    assert [SERVICE, TABLET, SERVICE] == [*seen, inside, origin()]


def test_session_refuses_to_change_an_entry(session, entry):
    entry.by = "somebody else"

    with pytest.raises(LogIsAppendOnly):
        session.flush()


def test_session_refuses_to_remove_an_entry(session, entry):
    session.delete(entry)

    with pytest.raises(LogIsAppendOnly):
        session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditRow).values(by="somebody else"),
        delete(AuditRow),
        text("UPDATE audit_log SET at = at"),
        text("DELETE FROM audit_log WHERE id > 0"),
    ],
    ids=str,
)
def test_database_refuses_every_statement_that_changes_the_log(session, entry, statement):
    with pytest.raises(DBAPIError, match="do not change"):
        session.execute(statement)

    session.rollback()
    assert entry.id in session.scalars(select(AuditRow.id).filter_by(by="li")).all()


@pytest.mark.parametrize(
    ("told", "before", "after"),
    [
        ({"before": {"a": 1}, "after": {"a": 2}, "edits": ["Staff"]}, {"a": 1}, {"a": 2}),
        ({"before": None, "after": "f00", "note": "新"}, None, {"digest": "f00", "note": "新"}),
        ({"before": "failed"}, {"state": "failed"}, {"state": None}),
        ({"removed": 3}, None, {"removed": 3}),
        (None, None, None),
    ],
    ids=str,
)
def test_entries_of_older_records_tell_before_and_after(tmp_path, told, before, after):
    engine = open_engine(f"sqlite:///{tmp_path}/old.db")
    upgrade(engine, "0011")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_log (at, by, action, subject, data) "
                "VALUES (:at, 'x', 'a', 's', :d)"
            ),
            {"at": "2026-11-22 04:00:00", "d": None if told is None else json.dumps(told)},
        )

    upgrade(engine, "0012")

    with engine.connect() as connection:
        found = connection.execute(select(AuditRow.before, AuditRow.after, AuditRow.via)).one()
    engine.dispose()
    assert (before, after, "service") == tuple(found)
