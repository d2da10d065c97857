"""A mall where a temperature reading failed, which started two tasks."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from inspections.accounts import NewAccount, ensure_account
from inspections.answers import AnswerGiven
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from inspections.device_clock import server_clock
from inspections.importing import import_organisation
from inspections.models import DutyRow, OccurrenceRow
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from web import create_app

TUESDAY = datetime(2026, 11, 24, 2, 20, tzinfo=UTC)  # 10:20 in Shanghai
PLANNED = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
MALL = Path(__file__).parents[2] / "examples" / "mall-group.yaml"
PEOPLE = {"inspector": "a-property-1", "safety-officer": "a-safety", "viewer": "a-engineer-1"}


def mall_application(url: str) -> Flask:
    """Return the application on the record at *url*, at the moment of the reading."""
    settings = {"TESTING": True, "SECRET_KEY": "tests", "DATABASE_URL": url}
    return create_app({**settings, "CLOCK": lambda: TUESDAY})


def mall_with_a_finding(url: str) -> int:
    """Fill the record at *url* and return the id of the finding."""
    sessions = open_database(url)
    with sessions.begin() as session:
        organisation = load_organisation(MALL)
        book = load_rulebook().for_organisation(organisation)
        import_organisation(session, organisation, now=PLANNED)
        day = date(2026, 11, 24)
        span = {"since": day, "until": day, "assign": False}
        plan(session, book, organisation_id=organisation.id, now=PLANNED, **span)
        for role, person in PEOPLE.items():
            account = NewAccount(organisation.id, f"mall-{role}", PASSWORD, role, person)
            ensure_account(session, account, now=PLANNED)
        query = select(OccurrenceRow.id).join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        query = query.where(DutyRow.rule == "mall-temperature-reading")
        query = query.where(DutyRow.target == "a-temperature-1", OccurrenceRow.opens_at <= TUESDAY)
        occurrence = session.scalars(query.limit(1)).one()
        given = {"inspection_id": str(uuid4()), "clock": server_clock(TUESDAY)}
        start_inspection(session, book, occurrence_id=occurrence, by="a-property-1", **given)
        record_answers(session, book, answers={"temperature": AnswerGiven(23.4)}, **given)
        finding = finish_inspection(session, book, **given).findings[0]
    sessions.kw["bind"].dispose()
    return finding
