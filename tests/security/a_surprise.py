"""A drill that nobody but planners may know of, with words that stand nowhere else."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from inspections.database import open_database
from inspections.drills.applying import apply_drills
from inspections.models import (
    AssignmentRow,
    DrillProgrammeRow,
    DrillRow,
    DrillServesRow,
    DutyRow,
    OccurrenceRow,
)
from rules.text import Text
from tests.web.conftest import MONDAY
from tests.web.pages import ORGANISATION

STARTS = (MONDAY + timedelta(days=9)).replace(hour=5, minute=43, second=0, microsecond=0)
SCENARIO = Text(zh="代号蓝鲸", en="Codename blue whale")
# Its scenario, its place, and when it starts, on the clock of the site and in UTC.
TRACES = ("蓝鲸", "blue whale", "海豹楼", "13:43", "05:43", "T134300", "T054300")


def with_a_surprise(app: Flask) -> tuple[int, int]:
    """Publish a drill next week that nobody is told of; return its id and that of its check."""
    sessions = open_database(app.config["DATABASE_URL"])
    with sessions.begin() as session:
        programme = session.scalars(select(DrillProgrammeRow)).first()
        # Of any rule: what counts is that somebody would be sent to it, and it on every list.
        query = (
            select(OccurrenceRow)
            .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
            .where(DutyRow.organisation_id == ORGANISATION, OccurrenceRow.state == "scheduled")
            .where(OccurrenceRow.opens_at < STARTS, OccurrenceRow.due_at > STARTS)
            .order_by(OccurrenceRow.id)
        )
        served = session.scalars(query).first()
        row = DrillRow(
            programme_id=programme.id,
            site_id=served.site_id,
            kind="evacuation-drill",
            on=STARTS.date(),
            starts_at=STARTS,
            minutes=37,
            hidden=True,
            state="scheduled",
            pinned=False,
            leader=None,
            scenario=SCENARIO,
            building=Text(zh="海豹楼", en="Seal house"),
            avoids=[],
            published_at=MONDAY,
        )
        session.add(row)
        session.flush()
        session.add(DrillServesRow(drill_id=row.id, duty_id=served.duty_id, period=served.period))
        session.flush()
        apply_drills(session, ORGANISATION, now=MONDAY)
        found = row.id, served.id
    sessions.kw["bind"].dispose()
    return found
