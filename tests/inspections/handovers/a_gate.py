"""A school's gate with three shifts on a published roster."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.models import PersonRow, RosterCellRow, RosterRunRow, SiteRow

MONDAY = date(2026, 3, 2)
START = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # Monday, midnight in Shanghai
EVENING = START + timedelta(hours=19)
HOUR = timedelta(hours=1)


def gate_of_three_shifts(session, campus):
    """The guard by day, the cook by night, and on Tuesday nobody till night."""
    import_organisation(session, campus, now=START)
    row = session.scalars(select(SiteRow)).one()
    publish(session, row, {(0, "D"): "guard", (0, "N"): "cook", (1, "N"): "guard"})
    return row


def publish(session, site, cells, *, at=START):
    people = dict(row for row in session.execute(select(PersonRow.key, PersonRow.id)))
    run = RosterRunRow(
        organisation_id="campus",
        site_id=site.id,
        since=MONDAY,
        until=MONDAY + timedelta(days=6),
        seed=0,
        inputs_digest="-",
        result={},
        created_at=at,
        published_at=at,
        published_by="officer",
    )
    session.add(run)
    session.flush()
    for (day, shift), person in cells.items():
        cell = {"post": "gate", "day": MONDAY + timedelta(days=day), "shift": shift}
        session.add(RosterCellRow(roster_run_id=run.id, person_id=people[person], **cell))
    session.flush()
