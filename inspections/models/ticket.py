"""Repair tickets and their event log; clocks are computed, never stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class TicketRow(Row):
    """
    A repair or service request.

    Attributes:
        number: `T-2026-0001`, unique in the organisation.
        category: As at creation, for example `network`; a change is an event.
        priority: As at creation, `urgent` or `normal`; a change is an event.
        contact: How to reach who reported it.
    """

    __tablename__ = "ticket"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    place: Mapped[str | None]
    asset: Mapped[str | None]
    title: Mapped[str]
    detail: Mapped[str | None]
    category: Mapped[str]
    priority: Mapped[str]
    reported_at: Mapped[datetime]
    reported_by: Mapped[str | None]
    contact: Mapped[str | None]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))


class TicketEventRow(Row):
    """What happened to a ticket; rows are only ever added."""

    __tablename__ = "ticket_event"

    id: Mapped[serial]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any] | None]
