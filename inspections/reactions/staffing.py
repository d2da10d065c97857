"""People that posts need for a time, because of an event: for rosters, and for people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import SiteRow, StaffingNeedRow
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.problem import PostCoverage, RosterPost, RosterProblem


@dataclass(frozen=True)
class StaffingNeed:
    """
    So many people on every post of a kind at a site, from an instant until another, excluded.

    Attributes:
        clause: Instrument and clause of the rule, for people.
    """

    site: str
    site_name: Text
    post_kind: str
    minimum: int
    since: datetime
    until: datetime
    rule: str
    clause: Text


def staffing_needs(
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    *,
    since: datetime,
    until: datetime,
) -> tuple[StaffingNeed, ...]:
    """Return the needs that overlap a span, in order of time."""
    query = (
        select(StaffingNeedRow, SiteRow)
        .join(SiteRow, SiteRow.id == StaffingNeedRow.site_id)
        .where(StaffingNeedRow.organisation_id == organisation_id)
        .where(StaffingNeedRow.since < until, StaffingNeedRow.until > since)
        .order_by(StaffingNeedRow.since, StaffingNeedRow.id)
    )
    return tuple(_need(rulebook, *row) for row in session.execute(query))


def with_staffing_needs(
    session: Session, rulebook: RuleBook, organisation: Organisation, problem: RosterProblem
) -> RosterProblem:
    """Return the roster problem with the shifts raised to what events ask for."""
    zone = ZoneInfo(problem.time_zone)
    start = datetime.combine(problem.since, time(), zone)
    end = datetime.combine(problem.until + timedelta(days=1), time(), zone)
    needs = staffing_needs(session, rulebook, organisation.id, since=start, until=end)
    if not needs:
        return problem
    kinds: dict[str, Any] = {
        post.id: post.facts.get("post.kind") for site in organisation.sites for post in site.posts
    }
    posts = tuple(_raised(post, kinds.get(post.id), needs) for post in problem.posts)
    return replace(problem, posts=posts)


def _raised(post: RosterPost, kind: str | None, needs: Iterable[StaffingNeed]) -> RosterPost:
    raised = tuple(
        PostCoverage(each.minimum, ((each.since, each.until),), clause=each.clause, raises=True)
        for each in needs
        if (each.site, each.post_kind) == (post.site, kind)
    )
    return replace(post, coverage=(*post.coverage, *raised)) if raised else post


def _need(rulebook: RuleBook, row: StaffingNeedRow, site: SiteRow) -> StaffingNeed:
    rule = rulebook.rules.get(row.rule)
    return StaffingNeed(
        site=site.key,
        site_name=site.name,
        post_kind=row.post_kind,
        minimum=row.minimum,
        since=row.since,
        until=row.until,
        rule=row.rule,
        clause=rulebook.clause_text(rule) if rule else Text(zh=row.rule, en=row.rule),
    )
