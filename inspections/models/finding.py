"""Findings with their event log, and the tasks they start."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


def _as_due_at(context: Any) -> datetime:
    """Nobody has extended what is only being written."""
    due_at: datetime = context.get_current_parameters()["due_at"]
    return due_at


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
        state: Cached, as are `due_at` and `first_due_at`; `inspections.findings.clock` computes
            them from the event log.
        due_at: The deadline in force, as last extended.
        first_due_at: The deadline of the rule, which no extension moves.
        arithmetic: The days counted to `first_due_at`, with the sentence in both languages.
        deadline_from: Rule that set the deadline; nothing where the product's default did.
        separate_verifier: Whether who puts it right may not confirm it.
        without: Keys of people who may not confirm it, for example the maintainer.
        proof: Evidence that its rule asked for when it was opened, in both languages; where it
            names any, putting right and confirming need a photo.
        gathers: What further events of the same kind are noted in it while it is open, instead of
            opening another; nothing where each event opens its own.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("inspection_id", "item"),
        Index("ix_finding_site_id_state", "site_id", "state"),
        Index("ix_finding_organisation_id_owner", "organisation_id", "owner"),
        Index("ix_finding_organisation_id_state_due_at", "organisation_id", "state", "due_at"),
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
    first_due_at: Mapped[datetime] = mapped_column(default=_as_due_at)
    arithmetic: Mapped[dict[str, Any]]
    deadline_from: Mapped[str | None]
    separate_verifier: Mapped[bool] = mapped_column(default=True)
    without: Mapped[list[str]]
    proof: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    gathers: Mapped[str | None] = mapped_column(index=True)


class FindingEventRow(Row):
    """What happened to a finding; rows are only ever added."""

    __tablename__ = "finding_event"
    __table_args__ = (Index("ix_finding_event_kind_at", "kind", "at"),)

    id: Mapped[serial]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any] | None]


class FollowUpRow(Row):
    """
    A task that something in the record started, for example a repeat reading or a clear-out.

    Attributes:
        subject: What started it: `finding/12`, `meal/7`, `drill/…`; with `key` it is the identity.
        key: Id of the task in its rule, with the rule before it where a reaction started it.
        finding_id: The finding that it belongs to and that cannot close before it is done.
        rule: The reaction that asks for it; nothing where the finding's own rule does.
        not_before: It may not be done earlier; nothing where it may be done at once.
        owner: Key of who is to do it; nothing where anybody in scope may, or whoever is on duty.
        on_duty: Whether it falls to whoever is on duty when it may first be done.
        roles: Of whom is on duty, those with one of these roles; empty means everybody.
        qualification: Certificate that who does it must hold.
        standard_change: Whether it is done by changing a standard: a rule, plan or checklist.
        separate_person: Whether another person than who found it must do it.
        repeats: Whether it takes the reading again that was out of range.
        reading: What was read, where the item is a number.
        verdict: `pass` or `fail`, once done.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("organisation_id", "subject", "key"),
        Index("ix_follow_up_organisation_id_verdict", "organisation_id", "verdict"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), index=True)
    subject: Mapped[str]
    key: Mapped[str]
    rule: Mapped[str | None]
    title: Mapped[Text]
    opened_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    due_at: Mapped[datetime]
    arithmetic: Mapped[dict[str, Any]]
    owner: Mapped[str | None]
    on_duty: Mapped[bool] = mapped_column(default=False)
    roles: Mapped[list[str]] = mapped_column(default=list)
    qualification: Mapped[str | None]
    standard_change: Mapped[bool] = mapped_column(default=False)
    separate_person: Mapped[bool] = mapped_column(default=False)
    repeats: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    reading: Mapped[float | None]
    verdict: Mapped[str | None]
    note: Mapped[str | None]


class FindingBatchRow(Row):
    """
    One action taken on many findings at once; never closing.

    Attributes:
        id: UUID.
        kind: `assign`, `escalate`, `chase` or `ask`.
        results: For each finding `id`, `number`, and `refused` where it was, in both languages.
        undone_at: When it was taken back, as far as that was possible; `undo` says for each how.
    """

    __tablename__ = "finding_batch"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    results: Mapped[list[dict[str, Any]]]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    undo: Mapped[list[dict[str, Any]] | None]


class ChaseLetterRow(Row):
    """
    A letter that chases rectifications, kept as it was sent.

    Attributes:
        number: `C-2026-00001`, unique in the organisation.
        to: Key of the person whom it chases.
        reply_by: Until when they are to answer.
        findings: What it says of each finding, as it stood when the letter was made.
        batch_id: The action that made it.
        withdrawn_at: From then on it counts for nothing.
    """

    __tablename__ = "chase_letter"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str]
    to: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    reply_by: Mapped[datetime]
    note: Mapped[str | None]
    findings: Mapped[list[dict[str, Any]]]
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("finding_batch.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
