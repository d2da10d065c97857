"""A kindergarten with something of every kind in its record, and people who may see none of it."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from inspections.drills.planners import NotPlanner
from inspections.editing import Editor
from inspections.evidence import EvidenceStore, Owner, link_evidence
from inspections.importing import import_organisation
from inspections.models import (
    AccountRow,
    AccountSessionRow,
    AppPasswordRow,
    BoardChangeRow,
    FindingRow,
    FoodSampleRow,
    KeptTextRow,
    MessageRow,
    PersonRow,
    PublishedPackRow,
    RegisteredTabletRow,
    RosterRunRow,
    ServedDishRow,
    ServedMealRow,
    SiteEventRow,
    SiteRow,
    SyncItemRow,
    WebhookRow,
)
from inspections.reactions.weather_events import WARNING
from inspections.whatif import WhatIf
from rules.authoring.pack_template import new_pack
from rules.organisation.loader import load_organisation
from tests.photos import a_photo
from tests.security.addresses import FIXED
from tests.web.conftest import EXAMPLES, MONDAY
from tests.web.pages import ADMINISTRATOR, INSPECTOR, ORGANISATION
from web.background import jobs
from web.board.trials import Trial as BoardTrial
from web.drills.jobs import Proposal
from web.whatif.jobs import Trial

OTHER = "government-office"
ELSEWHERE = "no-site-of-theirs"
AGAIN = {"kind": "again"}
# An administrator of another organisation, and one whose sites are others: both may do most.
FOREIGN, OUT_OF_SCOPE = "foreign-administrator", "administrator-elsewhere"


def people_who_may_not(app: Flask) -> None:
    """Add another organisation, and accounts that must not see the first one's record."""
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        import_organisation(session, load_organisation(EXAMPLES / f"{OTHER}.yaml"), now=MONDAY)
        for new in (
            NewAccount(OTHER, FOREIGN, PASSWORD, "administrator"),
            NewAccount(ORGANISATION, OUT_OF_SCOPE, PASSWORD, "administrator", sites=(ELSEWHERE,)),
        ):
            ensure_account(session, new, now=MONDAY)


def something_of_every_kind(app: Flask) -> dict[str, object]:
    """Add what a round does not bring about, and return the ids by their names in addresses."""
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        site = session.scalars(select(SiteRow).filter_by(organisation_id=ORGANISATION)).one()
        finding = session.scalars(select(FindingRow).filter_by(site_id=site.id)).first()
        person = session.scalars(select(PersonRow).filter_by(organisation_id=ORGANISATION)).first()
        account = session.scalars(select(AccountRow.id).filter_by(name=INSPECTOR)).one()
        store = EvidenceStore(Path(app.config["EVIDENCE_FOLDER"]))
        digest = store.keep(session, a_photo(), media_type="image/jpeg", now=MONDAY)
        link_evidence(session, digest, Owner(finding_id=finding.id), by=person.key, now=MONDAY)
        rows = _rows(site, person, account)
        session.add_all(rows.values())
        session.flush()
        meal = session.scalars(select(ServedMealRow.id)).first()
        dish = session.scalars(select(ServedDishRow.id)).first()
        sample = session.scalars(select(FoodSampleRow.id)).first()
        return {
            **{name: row.id for name, row in rows.items() if hasattr(row, "id")},
            "digest": digest,
            "number": rows["item"].number,
            "account": account,
            "person": person.key,
            "site": site.key,
            "meal_id": meal,
            "dish_id": dish,
            "sample_id": sample,
        }


def a_trial(app: Flask) -> str:
    """Ask what would be if, as the administrator, and return the trial's key."""
    with open_database(app.config["DATABASE_URL"])() as session:
        account = session.scalars(select(AccountRow.id).filter_by(name=ADMINISTRATOR)).one()
    with app.app_context():
        trial = Trial(str(account), ORGANISATION, WhatIf((), MONDAY.date(), MONDAY.date()), {})
        jobs("whatif").add(trial)
    return trial.key


def a_proposal(app: Flask) -> str:
    """Propose a year of drills as the administrator, which is refused, and return its key."""
    with open_database(app.config["DATABASE_URL"])() as session:
        account = session.scalars(select(AccountRow.id).filter_by(name=ADMINISTRATOR)).one()
    by = Editor(ORGANISATION, ADMINISTRATOR, "administrator")
    with app.app_context():
        proposal = Proposal(str(account), by, MONDAY.year, "", None, refusal=NotPlanner().text)
        proposal.finished.set()
        jobs("drills").add(proposal)
    return proposal.key


def a_board_trial(app: Flask) -> str:
    """Save a step on the week board as the administrator, and return the key of its trial."""
    with open_database(app.config["DATABASE_URL"])() as session:
        account = session.scalars(select(AccountRow.id).filter_by(name=ADMINISTRATOR)).one()
    with app.app_context():
        trial = BoardTrial(str(account), AGAIN, {}, change=FIXED["change"])
        trial.finished.set()
        jobs("board").add(trial)
    return trial.key


def _house_pack() -> str:
    return new_pack("house-secret", kind="kindergarten", country="CN", today=MONDAY.date())


def _rows(site: SiteRow, person: PersonRow, account: int) -> dict[str, object]:
    mine = {"organisation_id": ORGANISATION}
    return {
        "board_change": BoardChangeRow(
            id=FIXED["change"],
            kind="again",
            step=AGAIN,
            by=ADMINISTRATOR,
            at=MONDAY,
            results=[],
            **mine,
        ),
        "device": AppPasswordRow(
            account_id=account, label="x", secret_sha256="x", created_at=MONDAY
        ),
        "session": AccountSessionRow(
            account_id=account,
            secret_sha256="x",
            how="password",
            begun_at=MONDAY,
            seen_at=MONDAY,
            expires_at=MONDAY + timedelta(days=1),
        ),
        "tablet": RegisteredTabletRow(
            **mine, secret_sha256="x", label="x", registered_by=person.key, registered_at=MONDAY
        ),
        "item": SyncItemRow(
            **mine,
            account_id=account,
            by=person.key,
            device="x",
            item=uuid4().hex,
            sha256="x",
            kind="answer",
            seq=1,
            device_at=MONDAY,
            received_at=MONDAY,
            offset_seconds=0,
            body="{}",
            state="refused",
        ),
        "text": KeptTextRow(digest="f" * 64, kind="pack-text", text=_house_pack()),
        "published": PublishedPackRow(
            **mine, pack="house-secret", digest="f" * 64, note="x", by=person.key, at=MONDAY
        ),
        "robot": WebhookRow(
            **mine,
            label="x",
            kind="json",
            address="x",
            host="robot.example",
            language="zh",
            at="08:00",
            created_by=person.key,
            created_at=MONDAY,
        ),
        "message": MessageRow(
            **mine,
            key=uuid4().hex,
            channel="mail",
            kind="digest",
            person=person.key,
            address="a@b.example",
            subject="x",
            body="x",
            message_id="x",
            state="dead",
            created_at=MONDAY,
            not_before=MONDAY,
        ),
        "run_id": RosterRunRow(
            **mine,
            site_id=site.id,
            since=MONDAY.date(),
            until=MONDAY.date(),
            seed=1,
            inputs_digest="x",
            result={"against": []},
            created_at=MONDAY,
        ),
        "warning_id": SiteEventRow(
            **mine,
            key="warning",
            site=site.key,
            kind=WARNING,
            at=MONDAY - timedelta(hours=1),
            facts={"weather.kind": "rain", "weather.level": "yellow"},
            position=1,
        ),
    }
