"""What one shift leaves to the next."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class HandoverRow(Row):
    """
    A note of handing a post over; another note of the same change of shift is a further version.

    Attributes:
        client_id: UUID made by the page, so that a note sent twice stays one.
        post: Key of the post; `day` and `shift` are those of the shift that ends.
        version: From 1; the newest holds, and the older ones stay.
        by: Key of who wrote it.
        notes: What happened and what to mind.
        keys: How many keys and passes are handed over; nothing where there are none.
        open_items: What was open when it was written: findings and what may not be used.
        taken_by: Key of who took over; nothing until then.
        taken_keys: How many keys the relief counted.
        taken_note: What the relief found to differ.
    """

    __tablename__ = "handover"
    __table_args__ = (UniqueConstraint("site_id", "post", "day", "shift", "version"),)

    id: Mapped[serial]
    client_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    post: Mapped[str]
    day: Mapped[date]
    shift: Mapped[str]
    version: Mapped[int]
    by: Mapped[str]
    written_at: Mapped[datetime]
    notes: Mapped[str]
    keys: Mapped[int | None]
    open_items: Mapped[list[dict[str, Any]]]
    taken_by: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    taken_keys: Mapped[int | None]
    taken_note: Mapped[str | None]
