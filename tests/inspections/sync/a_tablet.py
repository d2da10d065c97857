"""A tablet that records a round at the small school, and what the record then holds."""

import io
import json
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from PIL import Image
from sqlalchemy import select

from inspections.evidence import EvidenceStore
from inspections.models import (
    AnswerRow,
    EvidenceLinkRow,
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
    SignatureRow,
    SyncItemRow,
)
from inspections.sync.pictures import apply_waiting, checked_picture, receive_picture
from inspections.sync.receiving import receive
from inspections.sync.sender import Recorder, Sender
from inspections.sync.wire import SentItem
from tests.inspections.recording.a_school import MONDAY_0900

LATER = MONDAY_0900 + timedelta(hours=3)
_SPACE = UUID("12345678-1234-5678-1234-567812345678")


def uuid_of(name):
    """The same id for the same name, in every run."""
    return str(uuid5(_SPACE, name))


def picture_bytes(name, size=(24, 16)):
    """A small photo that differs from that of any other name."""
    colour = tuple(sha256(name.encode()).digest()[:3])
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


@dataclass
class Tablet:
    """One account on one device; it makes items in order and sends what it is told to."""

    session: object
    rulebook: object
    folder: object
    account: Recorder
    device: str = "tablet-1"
    offset: float = 0.0
    items: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)

    @property
    def sender(self):
        return Sender(self.account, self.device)

    def put(self, kind, body, *, at=MONDAY_0900, id=None, ordered=True):
        """Make an item as the outbox does; what carries no photo names what it comes after."""
        subject = body.get("inspection") or body.get("finding")
        before = [
            one
            for one in self.items
            if one["subject"] == subject and one["kind"] not in ("photo", "signature")
        ]
        text = json.dumps(body, ensure_ascii=False)
        seq = len(self.items) + 1
        item = {
            "id": id or uuid_of(f"{self.account.name}/{self.device}/{seq}"),
            "kind": kind,
            "seq": seq,
            "account": self.account.name,
            "device_at": at.isoformat(),
            "sha256": sha256(text.encode()).hexdigest(),
            "body": text,
            "after": before[-1]["id"] if before and ordered else None,
            "subject": subject,
        }
        self.items.append(item)
        return item

    def answer(self, inspection, occurrence, item, value, *, at=MONDAY_0900, **more):
        body = {
            "inspection": uuid_of(inspection),
            "occurrence": occurrence.id,
            "checklist": more.pop("checklist", None),
            "begun_at": more.pop("begun_at", MONDAY_0900).isoformat(),
            "item": item,
            "value": value,
            "note": more.pop("note", ""),
            "photos_expected": more.pop("photos", 0),
        }
        return self.put("answer", {**body, **more}, at=at)

    def photo(self, name, *, at=MONDAY_0900, **of):
        content = self.pictures[uuid_of(name)] = picture_bytes(name)
        body = {"photo": uuid_of(name), "sha256": sha256(content).hexdigest(), "caption": name}
        named = {key: uuid_of(of.pop(key)) for key in ("inspection", "finding") if key in of}
        return self.put("photo", {**body, **named, **of}, at=at)

    def signature(self, inspection, name, *, digest="as-signed", at=MONDAY_0900):
        picture = uuid_of(f"signature/{name}")
        content = self.pictures[picture] = picture_bytes(name)
        body = {"inspection": uuid_of(inspection), "name": name, "photo": picture}
        hash_ = sha256(content).hexdigest()
        return self.put("signature", {**body, "sha256": hash_, "digest": digest}, at=at)

    def finish(self, inspection, *, at=MONDAY_0900, **more):
        mine = [one for one in self.items if one["subject"] == uuid_of(inspection)]
        body = {
            "inspection": uuid_of(inspection),
            "note": more.pop("note", ""),
            "digest": more.pop("digest", "as-signed"),
            "answers": sum(one["kind"] == "answer" for one in mine),
            "photos": sum(one["kind"] == "photo" for one in mine),
        }
        return self.put("finish", {**body, **more}, at=at)

    def finding(self, name, what, *, at=MONDAY_0900, severity="moderate", **more):
        body = {"finding": uuid_of(name), "site": "main", "what": what, "severity": severity}
        return self.put("finding", {**body, "photos_expected": 0, **more}, at=at)

    def send(self, items=None, *, now=LATER):
        """Send a batch; the photos do not go with it."""
        read = [SentItem.model_validate(one) for one in (items or self.items)]
        return receive(
            self.session,
            self.rulebook,
            read,
            sender=self.sender,
            offset_seconds=self.offset,
            now=now,
        )

    def send_picture(self, id, *, content=None, now=LATER):
        content = content or self.pictures[id]
        told = sha256(content).hexdigest()
        picture = checked_picture(id, content, told=told, now=now)
        store = EvidenceStore(self.folder)
        ack = receive_picture(self.session, store, picture, sender=self.sender, now=now)
        apply_waiting(self.session, self.rulebook, id, sender=self.sender, now=now)
        return ack

    def send_all(self, *, now=LATER):
        """Send the photos, then every item, as a tablet does that is alone with the server."""
        for picture in self.pictures:
            self.send_picture(picture, now=now)
        return [ack for one in self.items for ack in self.send([one], now=now)]


def the_record(session):
    """Everything that came of the items, without numbers that the order of arrival may give."""
    session.flush()
    session.expire_all()
    findings = {row.id: f"{row.title.zh}|{row.item}" for row in _rows(session, FindingRow)}
    return {
        "inspections": _sorted(
            _values(row, "id by started_at finished_at note digest device_digest make_up")
            for row in _rows(session, InspectionRow)
        ),
        "answers": _sorted(
            _values(row, "inspection_id item attempt value verdict note told at")
            for row in _rows(session, AnswerRow)
        ),
        "findings": _sorted(
            _values(row, "inspection_id item title detail severity state found_at due_at place")
            for row in _rows(session, FindingRow)
        ),
        "finding log": _sorted(
            (findings[row.finding_id], *_values(row, "kind at by note data"))
            for row in _rows(session, FindingEventRow)
        ),
        "tasks": _sorted(
            _values(row, "key due_at opened_at") for row in _rows(session, FollowUpRow)
        ),
        "evidence": _sorted(
            (findings.get(row.finding_id), *_values(row, "sha256 inspection_id item caption by at"))
            for row in _rows(session, EvidenceLinkRow)
        ),
        "signatures": _sorted(
            _values(row, "inspection_id name sha256 digest by at")
            for row in _rows(session, SignatureRow)
        ),
        "states": _sorted(_values(row, "id state") for row in _rows(session, OccurrenceRow)),
        "events": _sorted(
            _values(row, "occurrence_id kind at by") for row in _rows(session, OccurrenceEventRow)
        ),
        "items": _sorted(
            _values(row, "item sha256 kind state problem_code")
            for row in _rows(session, SyncItemRow)
        ),
    }


def _rows(session, row_type):
    return session.scalars(select(row_type)).all()


def _values(row, names):
    return tuple(getattr(row, name) for name in names.split())


def _sorted(rows):
    return sorted(tuple(map(repr, row)) for row in rows)
