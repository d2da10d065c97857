"""A published roster of the kindergarten's gate, with a handover that waits for the inspector."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from inspections.database import open_database
from inspections.handovers.shift_changes import shift_change
from inspections.handovers.writing import Note, write_handover
from inspections.models import (
    AccountRow,
    DutyBondRow,
    DutyWishRow,
    PersonRow,
    RosterCellRow,
    RosterRunRow,
    SiteRow,
)
from tests.web.pages import INSPECTOR, ORGANISATION

SUNDAY, POST = date(2026, 11, 22), "gate-post"


def filled_by_a_roster(app: Flask) -> dict[str, str]:
    """Publish a week of the gate with a note, wishes and a pairing; return a number of each."""
    now = app.config["CLOCK"]()
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        site = session.scalars(select(SiteRow).filter_by(organisation_id=ORGANISATION)).one()
        people = select(PersonRow.key, PersonRow.id).filter_by(organisation_id=ORGANISATION)
        ids = dict(row for row in session.execute(people))
        relief = session.scalars(select(AccountRow.person).filter_by(name=INSPECTOR)).one()
        guard = session.scalars(select(PersonRow).filter_by(key=relief)).one()
        guard.roles = [*guard.roles, "guard"]
        run = RosterRunRow(
            organisation_id=ORGANISATION,
            site_id=site.id,
            since=SUNDAY,
            until=SUNDAY + timedelta(days=6),
            seed=0,
            inputs_digest="-",
            result={"status": "solved", "uncovered": [], "against": []},
            created_at=now,
            published_at=now,
            published_by="demo",
        )
        session.add(run)
        session.flush()
        for number in range(7):
            for shift, person in (("D", relief), ("E", "guard-2")):
                cell = {"post": POST, "day": SUNDAY + timedelta(days=number), "shift": shift}
                row = RosterCellRow(roster_run_id=run.id, person_id=ids[person], **cell)
                session.add(row)
        session.flush()
        change = shift_change(session, site, (POST, SUNDAY, "E"))
        note = Note(str(uuid4()), "西门门禁卡读卡器失灵，已报修。\n两名家长预约明早参观。", 12)
        written = write_handover(session, change, note, by="guard-2", now=now - timedelta(hours=14))
        wishes = [
            _wish(ids[relief], relief, "off", 2),
            _wish(ids[relief], relief, "avoid", 4, "E"),
            _wish(ids[relief], relief, "off", 9, reason="孩子家长会"),
            _wish(ids["guard-2"], "officer", "stand", 4, "E"),
        ]
        bond = DutyBondRow(
            organisation_id=ORGANISATION,
            site_id=site.id,
            kind="apart",
            people=["guard-2", relief],
            reason="亲属回避",
            since=SUNDAY,
            by="officer",
            entered_at=now,
        )
        session.add_all([*wishes, bond])
        session.flush()
        return {"handover": str(written), "wish": str(wishes[-1].id), "bond": str(bond.id)}


def _wish(  # noqa: PLR0917 (the parts of a row)
    person: int, by: str, kind: str, day: int, shift: str | None = None, reason: str = ""
) -> DutyWishRow:
    on = SUNDAY + timedelta(days=day)
    return DutyWishRow(
        client_id=str(uuid4()),
        organisation_id=ORGANISATION,
        person_id=person,
        kind=kind,
        since=on,
        until=on,
        post=POST if shift else None,
        shift=shift,
        reason=reason,
        by=by,
        entered_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
