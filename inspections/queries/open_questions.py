"""What rules that may apply wait for: facts of sites and targets, and open readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import AssetRow, DecisionRow, DutyRow, SiteRow

_DECISION = "decision:"


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    One thing waited for by one rule.

    Attributes:
        fact: Name of the fact; nothing where the rule waits for a decision.
        kind: Of what the fact speaks: `site`, `place`, `asset`, `person` or `post`.
        target: Its key; that of the site for a fact of the site or a decision.
    """

    fact: str | None
    site: str
    site_id: int
    kind: str
    target: str
    rule: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on an open reading: who took it, when and why."""

    site: str
    rule: str
    applies: bool
    note: Any
    by: str
    on: Any


def open_questions(
    session: Session, organisation_id: str, *, scope: Sequence[str] = ()
) -> tuple[Waiting, ...]:
    """Return everything that duties which may apply wait for, each once, in order of the sites."""
    query = (
        select(DutyRow, SiteRow.key)
        .join(SiteRow, SiteRow.id == DutyRow.site_id)
        .where(DutyRow.organisation_id == organisation_id, DutyRow.status == "may-apply")
        .where(DutyRow.valid_until.is_(None), SiteRow.ended_on.is_(None))
        .order_by(SiteRow.position, DutyRow.id)
    )
    places = _places_of_assets(session, organisation_id)
    found: dict[Waiting, None] = {}
    for duty, site in session.execute(query):
        if scope and site not in scope:
            continue
        for name in duty.waits_for:
            waiting = _waiting(duty, site, name, places)
            if waiting is not None:
                found[waiting] = None
    return tuple(found)


def decisions(
    session: Session, organisation_id: str, *, scope: Sequence[str] = ()
) -> tuple[Decided, ...]:
    """Return the decisions taken, the latest first."""
    query = select(DecisionRow).filter_by(organisation_id=organisation_id, ended_on=None)
    return tuple(
        Decided(row.site, row.rule, row.applies, row.note, row.by, row.on)
        for row in session.scalars(query.order_by(DecisionRow.on.desc(), DecisionRow.id.desc()))
        if not scope or row.site in scope
    )


def _waiting(
    duty: DutyRow, site: str, name: str, places: dict[tuple[int, str], str | None]
) -> Waiting | None:
    if name.startswith(_DECISION):
        return Waiting(None, site, duty.site_id, "site", site, name.removeprefix(_DECISION))
    kind = name.split(".", 1)[0]
    if kind == "site":
        return Waiting(name, site, duty.site_id, kind, site, duty.rule)
    if kind == duty.target_kind:
        return Waiting(name, site, duty.site_id, kind, duty.target, duty.rule)
    place = places.get((duty.site_id, duty.target)) if duty.target_kind == "asset" else None
    if kind != "place" or place is None:
        return None
    return Waiting(name, site, duty.site_id, "place", place, duty.rule)


def _places_of_assets(session: Session, organisation_id: str) -> dict[tuple[int, str], str | None]:
    mine = select(SiteRow.id).filter_by(organisation_id=organisation_id)
    query = select(AssetRow.site_id, AssetRow.key, AssetRow.place)
    rows = session.execute(query.where(AssetRow.site_id.in_(mine)))
    return {(row.site_id, row.key): row.place for row in rows}
