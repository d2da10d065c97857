"""What tablets sent, item by item, and the tablets themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


class SyncItemRow(Row):
    """
    One item as a tablet sent it; the body stays exactly as it came.

    Attributes:
        item: UUID made by the device; with another hash it is another version of the same item.
        sha256: Hash of `body`, of the bytes for a `photo-bytes`.
        by: Key of the person, or name of an account that is nobody's.
        kind: `answer`, `photo`, `signature`, `finish`, `finding`, or `photo-bytes` for a file.
        seq: Order on the device.
        after: Item of the same inspection that must be in the record first.
        subject: What it belongs to: `inspection/…`, `finding/…` or `photo/…`.
        part: Item of the checklist; of a finding and its photos its id, once it is opened.
        photos_expected: How many photos the device says belong to it.
        device_at: What the device's clock said; `offset_seconds` is server time minus that.
        state: `held` (waits for `waits_for`), `applied`, `refused`, `conflict`, or `decided`.
        against: The version that is in the record, of one that is in conflict with it.
        outcome: What it came to, for example `{"finding": 12}`.
        imported_by: Who brought it in by a file; nothing for what came over the network.
    """

    __tablename__ = "sync_item"
    __table_args__ = (
        UniqueConstraint("account_id", "item", "sha256"),
        Index("ix_sync_item_organisation_id_state", "organisation_id", "state"),
        Index("ix_sync_item_account_id_waits_for", "account_id", "waits_for"),
        Index("ix_sync_item_subject_kind", "subject", "kind"),
        Index("ix_sync_item_part_kind", "part", "kind"),
    )

    number: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by: Mapped[str]
    device: Mapped[str]
    item: Mapped[str]
    sha256: Mapped[str]
    kind: Mapped[str]
    seq: Mapped[int]
    after: Mapped[str | None]
    subject: Mapped[str | None]
    part: Mapped[str | None]
    photos_expected: Mapped[int] = mapped_column(default=0)
    device_at: Mapped[datetime]
    received_at: Mapped[datetime]
    offset_seconds: Mapped[float]
    body: Mapped[str] = mapped_column(String)
    state: Mapped[str]
    waits_for: Mapped[str | None]
    problem_code: Mapped[str | None]
    problem: Mapped[Text | None]
    against: Mapped[int | None] = mapped_column(ForeignKey("sync_item.number"))
    outcome: Mapped[dict[str, Any] | None]
    imported_by: Mapped[str | None]
    decision: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class TabletRow(Row):
    """
    A browser on a device, as one account uses it; two people on one tablet are two rows.

    Attributes:
        device: UUID that the browser made for itself.
        waiting: How many items it said were still on it.
        oldest_at: When the oldest of them was recorded, as it said.
        offset_seconds: Server time minus device time, as last measured.
    """

    __tablename__ = "tablet"
    __table_args__ = (UniqueConstraint("account_id", "device"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    device: Mapped[str]
    agent: Mapped[str]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    waiting: Mapped[int | None]
    oldest_at: Mapped[datetime | None]
    offset_seconds: Mapped[float | None]


class SignatureRow(Row):
    """
    A signature under a record.

    Attributes:
        name: As the signer wrote it.
        sha256: The drawing, in the evidence store.
        digest: Hash of the answers as the device had them when it was signed.
    """

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("inspection_id", "sha256", "digest"),)

    id: Mapped[serial]
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"))
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("evidence.sha256"))
    digest: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
