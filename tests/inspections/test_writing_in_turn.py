import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event, select

from inspections.database import open_database
from inspections.errors import RecordBusy
from inspections.importing import import_organisation
from inspections.models import OrganisationRow
from inspections.planning import plan
from inspections.reactions.sweeping import sweep_everything
from tests.inspections.reactions.a_school import DAY, MONDAY, NOW


def test_who_reads_and_then_writes_has_the_record_alone_from_the_first_read_on(tmp_path):
    file = tmp_path / "xunjian.db"
    sessions = open_database(f"sqlite:///{file}")

    with (
        sessions.begin() as session,
        closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other,
    ):
        session.scalars(select(OrganisationRow.id)).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_who_waits_too_long_for_another_writer_is_told_that_nothing_was_saved(tmp_path):
    file = tmp_path / "xunjian.db"
    sessions = open_database(f"sqlite:///{file}")
    engine = sessions.kw["bind"]
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=0"))

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordBusy, match="again in a minute"), sessions.begin():
            pass
        other.execute("COMMIT")
    with sessions.begin() as session:
        session.scalars(select(OrganisationRow.id)).all()


def test_who_only_reads_keeps_nobody_from_writing(tmp_path):
    file = tmp_path / "xunjian.db"
    sessions = open_database(f"sqlite:///{file}")

    with sessions() as session, closing(sqlite3.connect(file, timeout=0)) as other:
        session.scalars(select(OrganisationRow.id)).all()
        other.execute("UPDATE site SET position = position + 1")
        other.commit()


def test_a_sweep_ends_well_though_somebody_writes_while_it_reads(tmp_path, campus, rulebook):
    file = tmp_path / "xunjian.db"
    sessions = open_database(f"sqlite:///{file}")
    with sessions.begin() as session:
        import_organisation(session, campus, now=NOW)
        span = {"since": MONDAY.date(), "until": (MONDAY + DAY).date()}
        plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)
    looked = []

    def write_once(_connection, _cursor, statement, *_rest):
        if "FROM occurrence" in statement and not looked:
            looked.append(statement)
            with closing(sqlite3.connect(file, timeout=0)) as other:
                other.execute("UPDATE site SET position = position + 1")
                other.commit()

    event.listen(sessions.kw["bind"], "after_cursor_execute", write_once)
    swept = sweep_everything(sessions, rulebook, now=MONDAY + 2 * DAY)

    assert looked
    assert swept.missed
