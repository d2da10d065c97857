"""Inspections, their answers, and the evidence behind them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Data, Row, serial


class InspectionRow(Row):
    """
    The record of doing an occurrence.

    Attributes:
        id: UUID made by the client, so that a record sent twice stays one.
        checklist: The checklist as it was when the inspection was opened.
        started_at: Device time, corrected by the measured offset.
        finished_at: Device time, corrected; nothing while it runs.
        device_at: Device time of the last write, as the device told it.
        server_at: When the server received that write.
        offset_seconds: Server time minus device time, as measured.
        by: Key of the person.
        make_up: Whether it was started after the occurrence had closed; that stays missed.
        digest: SHA-256 of the finished record.
        device_digest: Hash over the answers as the device had them, which signatures name.
    """

    __tablename__ = "inspection"
    __table_args__ = (Index("ix_inspection_finished_at", "finished_at", "occurrence_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"), index=True)
    checklist: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    device_at: Mapped[datetime]
    server_at: Mapped[datetime]
    offset_seconds: Mapped[float]
    by: Mapped[str]
    note: Mapped[str | None]
    make_up: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str | None]
    device_digest: Mapped[str | None]


class AnswerRow(Row):
    """
    One answer to one item; a changed answer is a further attempt, the earlier one stays.

    Attributes:
        attempt: From 1.
        value: As `inspections.judging` admits it for the item's type.
        verdict: `pass`, `fail`, `na` or `noted`.
        told: What somebody said of a failure beside the rules: `severity`, `danger`, `same_as`.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("inspection_id", "item", "attempt"),)

    id: Mapped[serial]
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"))
    item: Mapped[str]
    attempt: Mapped[int]
    value: Mapped[Any] = mapped_column(Data)
    verdict: Mapped[str]
    note: Mapped[str | None]
    told: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]


class EvidenceRow(Row):
    """
    A stored file, named by its content; the bytes stand under `var/evidence`.

    Attributes:
        look: Of a photo, what it looks like (`inspections.plausibility.look`); nothing where it
            shows nothing, or was stored before looks were kept.
    """

    __tablename__ = "evidence"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    stored_at: Mapped[datetime]
    look: Mapped[int | None] = mapped_column(BigInteger)


class EvidenceLinkRow(Row):
    """What a stored file is evidence of; at least one of the owners is set."""

    __tablename__ = "evidence_link"

    id: Mapped[serial]
    sha256: Mapped[str] = mapped_column(ForeignKey("evidence.sha256"), index=True)
    inspection_id: Mapped[str | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    item: Mapped[str | None]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("problem_report.id"), index=True)
    drill_id: Mapped[int | None] = mapped_column(ForeignKey("drill.id"), index=True)
    caption: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]
