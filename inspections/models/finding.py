"""Findings with their event log, and the tasks they start."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


class FindingRow(Row):
    """
    Something wrong, with severity and deadline.

    Attributes:
        number: `F-2026-0001`, unique in the organisation.
        place: Key of the place, where known.
        asset: Key of the asset, where known.
        inspection_id: The inspection that opened it; nothing for one reported by hand.
        detail: What somebody wrote about it.
        why: The comparison that failed a reading, in both languages.
        severity: `minor`, `moderate` or `severe`.
        major_hazard: The statutory grade, never a colour of severity.
        owner: Key of the person who puts it right.
        state: Cached; `inspections.states` computes it from the event log.
        arithmetic: The days counted to `due_at`, with the sentence in both languages.
        deadline_from: Rule that set the deadline; nothing where the product's default did.
        separate_verifier: Whether who puts it right may not confirm it.
        without: Keys of people who may not confirm it, for example the maintainer.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("inspection_id", "item"),
        Index("ix_finding_site_id_state", "site_id", "state"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    place: Mapped[str | None]
    asset: Mapped[str | None]
    rule: Mapped[str | None]
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id"), index=True)
    inspection_id: Mapped[str | None] = mapped_column(ForeignKey("inspection.id"))
    item: Mapped[str | None]
    title: Mapped[Text]
    detail: Mapped[str | None]
    why: Mapped[Text | None]
    severity: Mapped[str]
    major_hazard: Mapped[bool] = mapped_column(default=False)
    owner: Mapped[str | None]
    state: Mapped[str]
    found_at: Mapped[datetime]
    due_at: Mapped[datetime]
    arithmetic: Mapped[dict[str, Any]]
    deadline_from: Mapped[str | None]
    separate_verifier: Mapped[bool] = mapped_column(default=True)
    without: Mapped[list[str]]


class FindingEventRow(Row):
    """What happened to a finding; rows are only ever added."""

    __tablename__ = "finding_event"

    id: Mapped[serial]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any] | None]


class FollowUpRow(Row):
    """
    A task that a failed item started, for example a repeat reading.

    Attributes:
        key: Its id in the rule.
        separate_person: Whether another person than who found it must do it.
        repeats: Whether it takes the reading again that was out of range.
        reading: What was read, where the item is a number.
        verdict: `pass` or `fail`, once done.
    """

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("finding_id", "key"),)

    id: Mapped[serial]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    key: Mapped[str]
    title: Mapped[Text]
    due_at: Mapped[datetime]
    arithmetic: Mapped[dict[str, Any]]
    separate_person: Mapped[bool] = mapped_column(default=False)
    repeats: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    reading: Mapped[float | None]
    verdict: Mapped[str | None]
    note: Mapped[str | None]
