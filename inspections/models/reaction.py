"""What reactions did: each consequence once, what may not be used, and who must be there."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


class ReactionAppliedRow(Row):
    """
    One consequence of one event, applied once; rows are only ever added.

    Attributes:
        key: Identity of the consequence; unique in the organisation, so that nothing is done twice.
        rule: The rule that asks for it, `since` the first day of its version.
        event_kind: For example `answer`; `event_key` names the very event.
        target_kind: `site`, `place`, `asset`, `person` or `post`, with `target` its key.
        happened_at: When the event happened, on the record's clock.
        because: The facts that made the rule react.
        chain: The rules whose consequences led to the event, the first one first.
        consequence: What the rule asks for, as its pack declares it.
        outcome: What it came to, for example `{"finding": 12}`.
    """

    __tablename__ = "reaction_applied"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        Index("ix_reaction_applied_organisation_id_event_key", "organisation_id", "event_key"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    rule: Mapped[str]
    since: Mapped[date]
    event_kind: Mapped[str]
    event_key: Mapped[str]
    site: Mapped[str]
    target_kind: Mapped[str | None]
    target: Mapped[str | None]
    happened_at: Mapped[datetime]
    applied_at: Mapped[datetime]
    because: Mapped[dict[str, Any]]
    chain: Mapped[list[str]]
    consequence: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any]]


class StopUseRow(Row):
    """
    Something that may not be used until its finding is confirmed as put right.

    Whether it still holds is the state of the finding, so that a reopened finding stops it again.

    Attributes:
        scope: `asset`, `place`, `site-kitchen` or `site`.
        target: Key of the asset or place; the site's own key for the wider scopes.
        rule: The rule that asks for it.
    """

    __tablename__ = "stop_use"
    __table_args__ = (UniqueConstraint("finding_id", "scope", "target"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    scope: Mapped[str]
    target: Mapped[str]
    reason: Mapped[Text]
    rule: Mapped[str]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    since: Mapped[datetime]


class StaffingNeedRow(Row):
    """
    People that a post needs for a span, for example while a weather warning holds.

    Attributes:
        post_kind: Value of `post.kind`; every post of that kind at the site.
        until: The instant at which the need ends; not included.
    """

    __tablename__ = "staffing_need"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    post_kind: Mapped[str]
    minimum: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime]
    rule: Mapped[str]
    event_key: Mapped[str]
