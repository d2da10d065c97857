"""A kindergarten whose drills of the year are published, with one that is reported."""

from contextlib import closing
from datetime import timedelta

from flask import Flask

from inspections.database import open_database
from inspections.drills.programme import propose, publish, year_of
from inspections.drills.report import ReportGiven, Shortcoming
from inspections.drills.reporting import save_report
from inspections.editing import Editor
from inspections.models import DrillRow
from rules.loader import load_rulebook
from tests.web.pages import OFFICER, ORGANISATION

YEAR = 2026


def filled_by_a_planner(app: Flask) -> dict[str, int]:
    """Publish the drills of the year; return the ids of one ahead and of one reported."""
    now, by = app.config["CLOCK"](), Editor(ORGANISATION, OFFICER, "safety-officer")
    book, sessions = load_rulebook(), open_database(app.config["DATABASE_URL"])
    with closing(sessions()) as session:
        propose(session, book, ORGANISATION, YEAR, by=by, now=now, steps=1)
        publish(session, ORGANISATION, YEAR, by=by, now=now)
        ahead = year_of(session, book, ORGANISATION, YEAR, by=by, now=now).drills[0]
        row = session.get_one(DrillRow, ahead.id)
        held = DrillRow(
            **{
                column.key: getattr(row, column.key)
                for column in DrillRow.__table__.columns
                if column.key != "id"
            }
        )
        held.on, held.starts_at = (now - timedelta(days=3)).date(), now - timedelta(days=3)
        session.add(held)
        session.flush()
        given = ReportGiven(
            held.starts_at,
            held.starts_at + timedelta(minutes=20),
            expected=212,
            present=208,
            seconds=205,
            shortcomings=(Shortcoming("小班集合点标识不清", "集合点标识"),),
        )
        save_report(session, book, held.id, given, by=by, now=now)
        session.commit()
        return {"drill": ahead.id, "reported_drill": held.id}
