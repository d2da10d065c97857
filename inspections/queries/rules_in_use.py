"""Which rules bind an organisation, how often, and at which targets of which sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, SiteRow


@dataclass(frozen=True, slots=True)
class Use:
    """How many targets at how many sites a rule binds, and how many it may bind."""

    binds: int = 0
    may_apply: int = 0
    sites: int = 0


def rules_in_use(
    session: Session, organisation_id: str, scope: tuple[str, ...] = ()
) -> Mapping[str, Use]:
    """Return the use of every rule that binds or may bind something today, by rule id."""
    query = (
        select(
            DutyRow.rule,
            DutyRow.status,
            func.count(),
            func.count(DutyRow.site_id.distinct()),
        )
        .where(DutyRow.organisation_id == organisation_id, DutyRow.valid_until.is_(None))
        .group_by(DutyRow.rule, DutyRow.status)
    )
    if scope:
        query = query.join(SiteRow, SiteRow.id == DutyRow.site_id).where(SiteRow.key.in_(scope))
    found: dict[str, _Tally] = {}
    for rule, status, count, sites in session.execute(query):
        tally = found.setdefault(rule, _Tally())
        tally.counts[status] = count
        tally.sites = max(tally.sites, sites)
    return {rule: tally.use() for rule, tally in found.items()}


@dataclass
class _Tally:
    counts: dict[str, int] = field(default_factory=dict)
    sites: int = 0

    def use(self) -> Use:
        return Use(self.counts.get("binds", 0), self.counts.get("may-apply", 0), self.sites)


def duties_of_rule(session: Session, organisation_id: str, rule_id: str) -> list[DutyRow]:
    """Return the present duties of the rule, in the order of sites."""
    query = (
        select(DutyRow)
        .join(SiteRow, SiteRow.id == DutyRow.site_id)
        .where(DutyRow.organisation_id == organisation_id, DutyRow.rule == rule_id)
        .where(DutyRow.valid_until.is_(None))
        .order_by(SiteRow.position, DutyRow.id)
    )
    return list(session.scalars(query))
