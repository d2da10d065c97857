"""Solved rosters, cell by cell."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


class RosterRunRow(Row):
    """
    One solve of a site's posts over a span of days.

    Attributes:
        result: Figures, uncovered demand and warnings of the solve.
        published_at: When it was published; nothing while a draft.
    """

    __tablename__ = "roster_run"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    seed: Mapped[int]
    inputs_digest: Mapped[str]
    result: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]


class RosterCellRow(Row):
    """One person on one shift of one post on one day; an uncovered place has no person."""

    __tablename__ = "roster_cell"
    __table_args__ = (Index("ix_roster_cell_roster_run_id_day", "roster_run_id", "day"),)

    id: Mapped[serial]
    roster_run_id: Mapped[int] = mapped_column(ForeignKey("roster_run.id"))
    post: Mapped[str]
    day: Mapped[date]
    shift: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    pinned: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Text | None]
