"""Duties, their occurrences, who does them, and the runs that planned them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspections.models.base import Data, Row, serial
from rules.text import Text


class KeptTextRow(Row):
    """
    A text that plan runs refer to by its hash, kept so that a past plan can be derived again.

    Attributes:
        digest: SHA-256 of `text` in UTF-8, as hex.
        kind: `pack` or `pack-text` (YAML as read or published), `organisation` (JSON of the
            pydantic model), `performed` (JSON: the days from which dates are counted, by duty) or
            `outcome` (JSON: what a run came to, rule by rule).
    """

    __tablename__ = "kept_text"

    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    text: Mapped[str]


class PlanRunRow(Row):
    """
    One planning: its inputs by hash, its seed and its result in figures.

    Attributes:
        packs: Hashes of the texts of its packs.
        performed_digest: Hash of the days from which duties counted their next dates; nothing in
            runs of before it was kept.
        software: Version of Xunjian that planned.
    """

    __tablename__ = "plan_run"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    at: Mapped[datetime]
    since: Mapped[date]
    until: Mapped[date]
    seed: Mapped[int]
    inputs_digest: Mapped[str]
    rulebook_digest: Mapped[str]
    packs: Mapped[list[str]]
    performed_digest: Mapped[str | None]
    software: Mapped[str]
    result: Mapped[dict[str, Any]]


class DutyRow(Row):
    """
    A rule bound to one target.

    Attributes:
        target_kind: `site`, `place`, `asset`, `person` or `post`.
        target: Key of the target.
        status: `binds` or `may-apply`; only the first has occurrences.
        waits_for: Facts that must be known before a may-apply rule can bind.
        because: The facts that made it apply.
        valid_until: Last day, included; nothing while it binds.
        days: First and last days, included, of the spans in which it binds, where a dated change
            cuts the horizon of the plan; nothing where it binds throughout.
        digest: Hash of everything its occurrences were computed from.
    """

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("site_id", "rule", "target_kind", "target", "valid_from"),
        Index("ix_duty_organisation_id_rule", "organisation_id", "rule"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    rule: Mapped[str]
    target_kind: Mapped[str]
    target: Mapped[str]
    status: Mapped[str]
    waits_for: Mapped[list[str]]
    because: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    days: Mapped[list[list[str]] | None] = mapped_column(Data)
    digest: Mapped[str | None]


class OccurrenceRow(Row):
    """
    One dated instance of a duty.

    Attributes:
        period: Key of the period within the duty; with `duty_id` it is the identity.
        planned_on: Day it is planned for, in the site's zone.
        state: Cached; `inspections.states` computes it from the window and the event log.
        moved: Why its due day is not the cadence's own.
        hidden_until: Random checks stay unseen by those checked until then.
        provisional: Whether a public holiday that is not yet published may still move it.
        revision: Rises when a date changes, for calendar feeds.
        priority: 0 mandatory by law, 1 recommended by law, 2 house rule.
        uncovered_code: Why nobody is assigned; nothing where it is covered or not yet tried.
        helps: What would cover it.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("duty_id", "period"),
        Index("ix_occurrence_site_id_due_at", "site_id", "due_at"),
        Index("ix_occurrence_state_closes_at", "state", "closes_at"),
    )

    id: Mapped[serial]
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    period: Mapped[str]
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    planned_on: Mapped[date]
    state: Mapped[str]
    moved_code: Mapped[str | None]
    moved: Mapped[Text | None]
    hidden_until: Mapped[datetime | None]
    provisional: Mapped[bool]
    revision: Mapped[int]
    priority: Mapped[int]
    uncovered_code: Mapped[str | None]
    uncovered: Mapped[Text | None]
    helps: Mapped[list[dict[str, Any]] | None]
    duty: Mapped[DutyRow] = relationship()


class AssignmentRow(Row):
    """A person on an occurrence, with the reason; `pinned` ones are kept by a re-plan."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("occurrence_id", "person_id"),)

    id: Mapped[serial]
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[Text]
    pinned: Mapped[bool] = mapped_column(default=False)
    plan_run_id: Mapped[int | None] = mapped_column(ForeignKey("plan_run.id"))


class OccurrenceEventRow(Row):
    """
    What happened to an occurrence; rows are only ever added.

    Attributes:
        kind: One of `inspections.states.OCCURRENCE_EVENTS`.
        at: When it happened; for a performance the corrected time of finishing.
        recorded_at: When the server wrote it.
        by: Key of the person or name of the account; `sweep` and `plan` for the machine.
    """

    __tablename__ = "occurrence_event"

    id: Mapped[serial]
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any] | None]
