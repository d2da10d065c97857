"""A tablet that speaks to the sync addresses as the program on it does."""

import json
from hashlib import sha256
from uuid import uuid4

from flask import Flask

from tests.web.client import CarefulClient
from tests.web.pages import INSPECTOR

DEVICE = "7d1f6f0c-0000-4000-8000-000000000001"
AT = "2026-11-23T08:40:00+08:00"


def item_of(account: str, kind: str, body: dict, *, seq: int, id: str | None = None) -> dict:
    """Return an item as the outbox of a device holds it."""
    text = json.dumps(body, ensure_ascii=False)
    return {
        "id": id or str(uuid4()),
        "kind": kind,
        "seq": seq,
        "account": account,
        "device_at": AT,
        "sha256": sha256(text.encode()).hexdigest(),
        "body": text,
    }


def a_finding(what: str, finding: str | None = None) -> dict:
    """Return the body of a finding without a checklist."""
    return {
        "finding": finding or str(uuid4()),
        "site": "chunmiao",
        "what": what,
        "severity": "minor",
        "photos_expected": 0,
    }


def token_of(visitor: CarefulClient) -> str:
    """Fetch a token, telling of the device."""
    said = visitor.raw.get(f"/sync/token?device={DEVICE}&waiting=2&oldest={AT.replace('+', '%2B')}")
    return said.get_json()["token"]


def post_items(visitor: CarefulClient, items: list[dict], *, token: str, **more) -> object:
    """Send a batch and return the response."""
    body = {"device": DEVICE, "sent_at": AT, "offset_seconds": 240, "items": items, **more}
    return visitor.raw.post("/sync/items", json=body, headers={"X-CSRFToken": token})


def filled_by_a_tablet(app: Flask, inspector: CarefulClient) -> dict[str, int]:
    """Send a conflict, a refusal and something that waits; return the numbers of the first two."""
    from sqlalchemy import select

    from inspections.database import open_database
    from inspections.models import SyncItemRow

    first = item_of(INSPECTOR, "finding", a_finding("门锁松动"), seq=1)
    body = {**json.loads(first["body"]), "what": "门锁松动，关不严"}
    second = item_of(INSPECTOR, "finding", body, seq=1, id=first["id"])
    nowhere = item_of(INSPECTOR, "finding", {**a_finding("灯不亮"), "site": "gone"}, seq=2)
    photo = {"photo": str(uuid4()), "sha256": "0" * 64, "finding": body["finding"]}
    items = [first, nowhere, item_of(INSPECTOR, "photo", photo, seq=3)]
    token = token_of(inspector)
    post_items(inspector, items, token=token, waiting=3)
    post_items(inspector, [second], token=token, waiting=4, oldest_at=AT)
    with open_database(app.config["DATABASE_URL"])() as session:
        rows = session.execute(select(SyncItemRow.state, SyncItemRow.number)).all()
    found = dict(row for row in rows)
    return {"conflict": found["conflict"], "refused": found["refused"]}
