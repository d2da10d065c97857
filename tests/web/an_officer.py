"""What an officer's pages need beyond a round: a missed check, a ticket and a calendar link."""

import re
from contextlib import closing
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from inspections.sweep import sweep
from tests.web.client import CarefulClient
from tests.web.pages import OFFICER, ORGANISATION


def filled_by_an_officer(app: Flask) -> dict[str, str]:
    """Sweep the record, open a ticket, make a link, and return the ids of officer pages."""
    sessions = open_database(app.config["DATABASE_URL"])
    with closing(sessions()) as session:
        sweep(session, now=app.config["CLOCK"](), organisation_id=ORGANISATION)
        entry = _changed_since(session, app.config["CLOCK"]())
        session.commit()
    officer = _officer(app)
    ticket = {
        "where": "chunmiao/kitchen",
        "title": "水龙头漏水",
        "category": "water-power",
        "priority": "normal",
    }
    opened = officer.post("/tickets/new", ticket, token_from="/account/")
    officer.post("/calendar", {"of": "leaders", "label": "手机"}, token_from="/account/")
    officer.html("/calendar")  # The secret is shown once, with its webcal: address.
    return {
        "entry": str(entry),
        "missed": _first(officer, "/missed/", r"/missed/(\d+)\""),
        "open": _first(officer, "/missed/?show=open", r"/missed/(\d+)/excuse"),
        "link": _first(officer, "/calendar", r"/calendar/(\d+)\""),
        "ticket": opened.location.rsplit("/", 1)[-1],
    }


def _changed_since(session: Session, now: datetime) -> int:
    """Write down a change of facts that is not what stands there any more; return its number."""
    row = note_change(
        session,
        organisation=ORGANISATION,
        by=OFFICER,
        action="facts.changed",
        subject="site/chunmiao",
        before={"site.staff": 40},
        after={"site.staff": 41},
        now=now,
    )
    return row.id


def chased(app: Flask) -> dict[str, str]:
    """Chase every finding there is by letter; return the ids of the action and of one letter."""
    officer = _officer(app)
    register = "/rectification/"
    owner = re.search(r'<option value="([^"]+)">李', officer.html(register))
    everything = {"all": "1", "assign_to": owner[1] if owner else "director"}
    for action in ("assign", "chase"):
        sent = {**everything, "action": action}
        done = officer.post(f"{register}actions", sent, token_from=register).location
    found = re.search(r"/rectification/letters/(\d+)", officer.html(done))
    assert found, "no letter was written"
    return {"batch": done.rsplit("/", 1)[-1], "letter": found[1]}


def _officer(app: Flask) -> CarefulClient:
    officer = CarefulClient(app)
    officer.sign_in(OFFICER, PASSWORD)
    return officer


def _first(officer: CarefulClient, path: str, pattern: str) -> str:
    found = re.search(pattern, officer.page(path))
    assert found, f"{path} shows none"
    return found[1]
