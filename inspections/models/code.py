"""Short codes on labels, and the problems that strangers report with them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class ShortCodeRow(Row):
    """
    The code of one site, place or asset; kept for ever, so that an old label still says what it is.

    Attributes:
        code: Six characters without the dash; unique in the whole record.
        target_kind: `site`, `place` or `asset`.
        target: Key of the target.
    """

    __tablename__ = "short_code"
    __table_args__ = (UniqueConstraint("site_id", "target_kind", "target"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    target_kind: Mapped[str]
    target: Mapped[str]
    made_at: Mapped[datetime]


class ProblemReportRow(Row):
    """
    What somebody without an account reported from the page behind a label.

    Attributes:
        client_id: UUID of the form, so that one sent twice stays one; it also opens the answer.
        number: `R-2026-00001`, unique in the organisation.
        what: In the words of who reported it.
        contact: How to reach who reported it, where they wished to say; for officers only.
        outcome: `finding`, `joined` (an open finding already said it), `ticket` or `dismissed`;
            nothing while it waits.
        decided_by: Key of the person or name of the account.
        reason: Why it was dismissed.
    """

    __tablename__ = "problem_report"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        Index("ix_problem_report_site_id_outcome", "site_id", "outcome"),
        Index("ix_problem_report_code_reported_at", "code", "reported_at"),
    )

    id: Mapped[serial]
    client_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str] = mapped_column(ForeignKey("short_code.code"))
    what: Mapped[str]
    contact: Mapped[str | None]
    reported_at: Mapped[datetime]
    outcome: Mapped[str | None]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
