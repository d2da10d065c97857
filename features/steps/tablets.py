"""Recording on a tablet without network, and syncing it later."""

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.inspecting import GIVEN, answers_to
from features.steps.moments import MOMENT, moment_of
from features.steps.world import World
from inspections.accounts import NewAccount, ensure_account
from inspections.models import FindingRow, OccurrenceEventRow, OccurrenceRow
from inspections.rules_in_force import checklist_for, rule_behind
from inspections.sync.receiving import receive
from inspections.sync.sender import Sender, recorders_of
from inspections.sync.wire import SentItem

EVENTS = {
    "started": "开始检查",
    "performed": "完成检查",
    "missed": "漏检",
    "recovered": "记录晚到",
}


@dataclass
class Tablet:
    """What a tablet holds until it finds the network."""

    account: str = ""
    items: list[SentItem] = field(default_factory=list)

    def put(self, kind: str, body: dict[str, Any], at: str) -> None:
        """Put an item into the outbox."""
        text = json.dumps(body, ensure_ascii=False)
        item = {
            "id": str(uuid4()),
            "kind": kind,
            "seq": len(self.items) + 1,
            "account": self.account,
            "device_at": at,
            "sha256": sha256(text.encode()).hexdigest(),
            "body": text,
            "after": self.items[-1].id if self.items else None,
        }
        self.items.append(SentItem.model_validate(item))


@pytest.fixture
def tablet() -> Tablet:
    """One tablet."""
    return Tablet()


@when(
    parsers.re(
        rf"(?P<who>[^于]+)于(?P<at>{MOMENT})在没有网络的平板上完成(?P<where>[^“]+)的“(?P<title>[^”]+)”(?:，(?P<answers>.+))?"
    )
)
def record_offline(world: World, tablet: Tablet, who, at, where, title, answers) -> None:
    """Answer and finish a check on a tablet that reaches nobody."""
    row = world.occurrence_at(title, where, moment_of(at))
    world.occurrence = row.id
    person = world.person(who)
    tablet.account = f"tablet-{person}"
    new = NewAccount(world.organisation, tablet.account, "x" * 12, "inspector", person=person)
    ensure_account(world.session, new, now=world.now)
    checklist = checklist_for(world.rulebook, rule_behind(world.session, world.rulebook, row))
    given = {found["item"]: found["value"] for found in GIVEN.finditer(answers or "")}
    moment = moment_of(at).isoformat()
    inspection = str(uuid4())
    chosen = answers_to(world, row, checklist, given, moment_of(at))
    for item, answer in chosen.items():
        about = {"inspection": inspection, "occurrence": row.id, "begun_at": moment, "item": item}
        tablet.put("answer", {**about, "value": answer.value, "note": answer.note}, moment)
    tablet.put("finish", {"inspection": inspection, "answers": len(chosen), "photos": 0}, moment)


@when(parsers.re(rf"该平板于(?P<at>{MOMENT})联网同步(?:，回执丢失后又重发(?P<again>\d+)次)?"))
def sync(world: World, tablet: Tablet, at, again) -> None:
    """Send everything, more than once where the answers were lost."""
    account = recorders_of(world.session, world.organisation)[tablet.account]
    for _ in range(1 + int(again or 0)):
        acks = receive(
            world.session,
            world.rulebook,
            tablet.items,
            sender=Sender(account, "tablet"),
            offset_seconds=0.0,
            now=moment_of(at),
        )
    assert {"stored", "replayed"} >= {ack.status for ack in acks}, acks
    query = select(FindingRow.id).filter_by(occurrence_id=world.occurrence)
    world.findings = tuple(world.session.scalars(query.order_by(FindingRow.id)))


@then(parsers.re("该任务的经过依次为“(?P<words>.+)”"))
def log_in_order(world: World, words) -> None:
    """Compare what the log of the task tells, in the order in which it was written."""
    row = world.session.get_one(OccurrenceRow, world.occurrence)
    query = select(OccurrenceEventRow.kind).filter_by(occurrence_id=row.id)
    kinds = world.session.scalars(query.order_by(OccurrenceEventRow.id))

    assert re.split("、", words) == [EVENTS.get(kind, kind) for kind in kinds]
