"""What people did on the week board: steps that can be taken back, and published weeks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class BoardChangeRow(Row):
    """
    One step on the week board with everything that the plan changed because of it.

    Attributes:
        id: UUID.
        kind: `give`, `release`, `away` or `again`.
        step: What was asked for, as given.
        results: For each occurrence `id` and how it stood `before` and `after`.
        undone_at: When it was taken back; `kept` holds the occurrences that had changed since.
    """

    __tablename__ = "board_change"
    __table_args__ = (Index("ix_board_change_organisation_id_at", "organisation_id", "at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    step: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[datetime]
    results: Mapped[list[dict[str, Any]]]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    kept: Mapped[list[dict[str, Any]] | None]


class BoardPublicationRow(Row):
    """
    Somebody published the plan of one site for some days, both included.

    Attributes:
        result: Figures at that moment: checks, people, uncovered, and uncovered by law.
    """

    __tablename__ = "board_publication"
    __table_args__ = (Index("ix_board_publication_site_id_since", "site_id", "since"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    since: Mapped[date]
    until: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]
    result: Mapped[dict[str, Any]]
