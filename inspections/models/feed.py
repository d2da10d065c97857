"""What calendar feeds keep: revisions, rendered documents, and who did a task before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class CalendarEntryRow(Row):
    """
    The revision of one thing on calendars; it rises with every change that calendars show.

    Attributes:
        key: Stable over moves and reassignment, for example `occurrence-12`.
        digest: Hash of what was shown last.
        revision: From 0; the SEQUENCE of the event.
        changed_at: When the change was made; the event's LAST-MODIFIED and DTSTAMP.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    digest: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[datetime]


class CalendarClockRow(Row):
    """One row that rises with every commit that wrote anything calendars may show."""

    __tablename__ = "calendar_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int]


class FeedDocumentRow(Row):
    """
    A feed as it was rendered last, shared by all links with the same choices.

    Attributes:
        view: Hash of the choices, the organisation and the address of the service.
        state: Hash of the rows that it was rendered from.
        clock: Value of the calendar clock when `state` was last found to hold.
        holds_until: From then on the passing of time alone may change it.
        etag: SHA-256 of the document.
        body: The document, compressed.
        events: UID to revision, offset and length of each kept fragment.
        changed_at: When the bytes last changed; whole seconds, rising.
        used_on: Last day on which it was asked for; what nobody asks for is forgotten.
    """

    __tablename__ = "feed_document"
    __table_args__ = (Index("ix_feed_document_used_on", "used_on"),)

    view: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str]
    clock: Mapped[int]
    holds_until: Mapped[datetime]
    etag: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    events: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    used_on: Mapped[date]


class PastAssignmentRow(Row):
    """Who was to do an occurrence until it was handed to somebody else; rows are only added."""

    __tablename__ = "past_assignment"

    id: Mapped[serial]
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime]
