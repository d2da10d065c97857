"""Which rules stand over which at the targets of an organisation, and at how many."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, SiteRow
from rules.layers import Overruled, obligations, standing_over
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class Layered:
    """
    How a rule stands to the others of its obligation, today.

    Attributes:
        over: Rules that it stands over, with the number of targets.
        under: Rules that stand over it, with the number of targets.
        alone: At how many targets it binds and none stands over it.
        reasons: Why, by the id of the other rule.
    """

    over: Counter[str] = field(default_factory=Counter)
    under: Counter[str] = field(default_factory=Counter)
    alone: int = 0
    reasons: Mapping[str, Text] = field(default_factory=dict)


def layers_in_use(
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    *,
    on: date,
    scope: tuple[str, ...] = (),
) -> Mapping[str, Layered]:
    """Return how each rule of an obligation with several rules stands, by rule id."""
    members = obligations(rulebook)
    if not members:
        return {}
    bound = _bound(session, organisation_id, members, scope)
    over = standing_over(rulebook, bound, on)
    found = {rule_id: _layered(rule_id, over.values()) for rule_id in members}
    free = Counter(rule for target, rule in bound if (target, rule) not in over)
    return {
        rule_id: Layered(each.over, each.under, free[rule_id], each.reasons)
        for rule_id, each in found.items()
    }


def _layered(rule_id: str, every: Iterable[Overruled]) -> Layered:
    over, under = Counter[str](), Counter[str]()
    reasons = {}
    for each in every:
        if each.by == rule_id:
            over[each.rule] += 1
            reasons[each.rule] = each.reason
        if each.rule == rule_id:
            under[each.by] += 1
            reasons[each.by] = each.reason
    return Layered(over, under, 0, reasons)


def _bound(
    session: Session, organisation_id: str, rules: Iterable[str], scope: tuple[str, ...]
) -> list[tuple[str, str]]:
    query = (
        select(SiteRow.key, DutyRow.target_kind, DutyRow.target, DutyRow.rule)
        .join(SiteRow, SiteRow.id == DutyRow.site_id)
        .where(DutyRow.organisation_id == organisation_id, DutyRow.status == "binds")
        .where(DutyRow.valid_until.is_(None), DutyRow.rule.in_(tuple(rules)))
        .order_by(DutyRow.id)
    )
    if scope:
        query = query.where(SiteRow.key.in_(scope))
    return [
        (f"{row.key}|{row.target_kind}|{row.target}", row.rule) for row in session.execute(query)
    ]
