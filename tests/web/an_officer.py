"""What an officer's pages need beyond a round: a missed check and a ticket."""

import re
from contextlib import closing

from flask import Flask

from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from inspections.sweep import sweep
from tests.web.client import CarefulClient
from tests.web.pages import OFFICER, ORGANISATION


def filled_by_an_officer(app: Flask) -> dict[str, str]:
    """Sweep the record, open a ticket, and return the ids that officer pages are about."""
    sessions = open_database(app.config["DATABASE_URL"])
    with closing(sessions()) as session:
        sweep(session, now=app.config["CLOCK"](), organisation_id=ORGANISATION)
        session.commit()
    officer = CarefulClient(app)
    officer.sign_in(OFFICER, PASSWORD)
    ticket = {
        "where": "chunmiao/kitchen",
        "title": "水龙头漏水",
        "category": "water-power",
        "priority": "normal",
    }
    opened = officer.post("/tickets/new", ticket, token_from="/account/")
    return {
        "missed": _first(officer, "/missed/", r"/missed/(\d+)\""),
        "open": _first(officer, "/missed/?show=open", r"/missed/(\d+)/excuse"),
        "ticket": opened.location.rsplit("/", 1)[-1],
    }


def _first(officer: CarefulClient, path: str, pattern: str) -> str:
    found = re.search(pattern, officer.page(path))
    assert found, f"{path} shows none"
    return found[1]
