"""
Run by Xunjian's own Python: a kindergarten's record, and callers with two open tasks each.

Prints what the tests need to know as JSON: accounts, app passwords, keys of the tasks.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from inspections.accounts import NewAccount, ensure_account
from inspections.app_passwords import create_app_password
from inspections.database import open_database
from inspections.device_tasks import needs_evidence
from inspections.importing import import_organisation
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from inspections.planning import plan
from inspections.published_packs import rulebook_for
from inspections.publishing_packs import publish_pack
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.text import Text

# Built-in rules ask for evidence; a house may have one that does not.
PACK = """
id: own-reminders
title: {zh: 本园提醒, en: Own reminders}
layer: site
version: 2026-01-01
instruments:
  - id: own-book
    title: {zh: 本园手册, en: Own book}
    force: house
    effective: {precision: unknown}
    status: {zh: 现行, en: in force}
    jurisdiction: CN
rules:
  - id: own-key-box
    kind: duty
    title: {zh: 整理钥匙箱, en: Tidy the key box}
    domain: safety
    source: {instrument: own-book, clause: {zh: 第一条, en: Clause 1}, grade: A, origin: tests}
    effective: {precision: unknown}
    target: site
    applies: {site.kind: kindergarten}
    versions:
      - from: 2026-01-01
        cadence: {type: periodic, unit: day}
    examples:
      - {name: 幼儿园, facts: {site.kind: kindergarten}, applies: true}
      - {name: 商场, facts: {site.kind: mall}, applies: false}
"""


CALLERS = 11


def seed(url: str) -> list[dict[str, str]]:
    """Fill the record at *url*; return a caller for each test, with two tasks of their own."""
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    organisation = load_organisation(Path("examples/kindergarten.yaml"))
    with open_database(url).begin() as session:
        import_organisation(session, organisation, now=now)
        publish_pack(
            session, organisation_id=organisation.id, text=PACK, note="提醒", by="seed", now=now
        )
        book = rulebook_for(session, organisation.id, load_rulebook())
        until = today + timedelta(days=CALLERS)
        plan(
            session,
            book,
            organisation_id=organisation.id,
            since=today,
            until=until,
            now=now,
            assign=False,
        )
        people = session.scalars(select(PersonRow).filter_by(employer=None)).all()
        chosen = {wanted: _tasks(session, book, wanted=wanted) for wanted in (True, False)}
        told = []
        for number, person in enumerate(people[:CALLERS]):
            name = f"caldav-{number}"
            new = NewAccount(
                organisation.id, name, "password of the pages", "inspector", person=person.key
            )
            owner = ensure_account(session, new, now=now)
            _, password = create_app_password(session, owner, label=f"phone {number}", now=now)
            tasks = {"evidence": chosen[True][number], "plain": chosen[False][number]}
            for row in tasks.values():
                _open_for(session, row, person.id, now)
            keys = {name: f"occurrence-{row.id}" for name, row in tasks.items()}
            told.append({"name": name, "password": password, **keys})
    return told


def _open_for(session, row, person, now):
    """Open the task now and give it to nobody else."""
    row.opens_at, row.due_at = now - timedelta(hours=1), now + timedelta(hours=5)
    row.closes_at, row.hidden_until = row.due_at, None
    reason = Text(zh="测试", en="test")
    session.add(AssignmentRow(occurrence_id=row.id, person_id=person, reason=reason))


def _tasks(session, book, *, wanted):
    """Return occurrences whose rules bar nobody, with or without evidence asked for."""
    found = []
    for row in session.scalars(select(OccurrenceRow).order_by(OccurrenceRow.id)):
        rule = book.rules.get(row.duty.rule)
        version = book.version(rule, row.planned_on) if rule else None
        free = version is not None and not version.people.excludes
        if free and needs_evidence(session, book, row) is wanted:
            found.append(row)
    return found[:CALLERS]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seed(sys.argv[1])))
