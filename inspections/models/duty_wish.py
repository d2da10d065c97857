"""What people would like of the rosters of posts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class DutyWishRow(Row):
    """
    A wish of a person for a run of days.

    Attributes:
        client_id: UUID made by the page, so that a wish sent twice stays one.
        kind: `off` for days off, `stand` for a shift, `avoid` for any shift but this.
        since: First day; `until` the last, included.
        post: Key of the post; with `shift` the code; nothing for days off.
        reason: Empty where none is given.
        by: Key of who entered it, the person or an officer.
        withdrawn_at: From then on it counts no more.
    """

    __tablename__ = "duty_wish"
    __table_args__ = (Index("ix_duty_wish_organisation_id_until", "organisation_id", "until"),)

    id: Mapped[serial]
    client_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    post: Mapped[str | None]
    shift: Mapped[str | None]
    reason: Mapped[str]
    by: Mapped[str]
    entered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
