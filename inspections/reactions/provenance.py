"""Why something stands in the record: the reactions behind it, with their facts and chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.models import FindingRow, ReactionAppliedRow


@dataclass(frozen=True)
class Reason:
    """
    One consequence as it was applied.

    Attributes:
        do: What it did, for example `task`; `id` is its name in the rule.
        since: First day of the version of the rule.
        chain: The rules that led to the event, the first one first.
    """

    rule: str
    since: date
    do: str
    id: str
    event_kind: str
    at: datetime
    because: Mapping[str, Any]
    chain: tuple[str, ...]
    outcome: Mapping[str, Any]


def reasons_of_finding(session: Session, finding_id: int) -> tuple[Reason, ...]:
    """Return what opened a finding and what followed from it, in the order of being applied."""
    finding = session.get_one(FindingRow, finding_id)
    own = f"finding/{finding_id}"
    query = select(ReactionAppliedRow).where(
        ReactionAppliedRow.organisation_id == finding.organisation_id,
        or_(
            ReactionAppliedRow.event_key == own,
            ReactionAppliedRow.event_key.startswith(f"{own}/", autoescape=True),
            ReactionAppliedRow.outcome["finding"].as_integer() == finding_id,
        ),
    )
    rows = session.scalars(query.order_by(ReactionAppliedRow.id))
    return tuple(
        Reason(
            rule=row.rule,
            since=row.since,
            do=row.consequence["do"],
            id=row.consequence["id"],
            event_kind=row.event_kind,
            at=row.happened_at,
            because=row.because,
            chain=tuple(row.chain),
            outcome=row.outcome,
        )
        for row in rows
    )


@dataclass(frozen=True)
class Told:
    """
    A notice that a reaction gave.

    Attributes:
        to: Key of the person; nothing where nobody holds the role.
        finding: Id of the finding that it is about, if one.
    """

    id: int
    rule: str
    site: str
    at: datetime
    to: str | None
    role: str
    text: Mapping[str, str]
    finding: int | None


def notices(session: Session, organisation_id: str, since: datetime) -> tuple[Told, ...]:
    """Return the notices given from *since* on, included, in order of time."""
    query = (
        select(ReactionAppliedRow)
        .where(ReactionAppliedRow.organisation_id == organisation_id)
        .where(ReactionAppliedRow.applied_at >= since)
        .where(ReactionAppliedRow.consequence["do"].as_string() == "notice")
        .order_by(ReactionAppliedRow.applied_at, ReactionAppliedRow.id)
    )
    return tuple(
        Told(
            id=row.id,
            rule=row.rule,
            site=row.site,
            at=row.applied_at,
            to=row.outcome.get("to"),
            role=row.consequence["to"],
            text=row.consequence["text"],
            finding=_finding(row.event_key),
        )
        for row in session.scalars(query)
    )


def _finding(event_key: str) -> int | None:
    kind, _, rest = event_key.partition("/")
    number = rest.partition("/")[0]
    return int(number) if kind == "finding" and number.isdigit() else None
