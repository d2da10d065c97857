"""Deadlines of findings on a calendar."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import FindingEventRow, FindingRow, SiteRow
from inspections.queries.feed_item import FeedItem
from inspections.rounds.names import target_names
from inspections.subscriptions import Link


def finding_items(session: Session, link: Link, span: tuple[datetime, datetime]) -> list[FeedItem]:
    """Return the findings that the link's person puts right, or of its site, due in *span*."""
    since, until = span
    events = (
        select(
            FindingEventRow.finding_id,
            func.count().label("count"),
            func.max(FindingEventRow.at).label("at"),
        )
        .group_by(FindingEventRow.finding_id)
        .subquery()
    )
    query = (
        select(FindingRow, SiteRow, events.c.count, events.c.at)
        .join(SiteRow, SiteRow.id == FindingRow.site_id)
        .outerjoin(events, events.c.finding_id == FindingRow.id)
        .where(FindingRow.organisation_id == link.organisation)
        .where(FindingRow.due_at >= since, FindingRow.due_at < until)
        .where(FindingRow.owner == link.person if link.person else SiteRow.key == link.site)
        .order_by(FindingRow.id)
    )
    rows = session.execute(query).all()
    targets = {row.FindingRow.id: _target(row.FindingRow, row.SiteRow) for row in rows}
    names = target_names(session, targets.values())
    return [
        FeedItem(
            kind="finding",
            key=f"finding-{finding.id}",
            revision=count or 0,
            changed_at=at or finding.found_at,
            site=site.name,
            place=names[targets[finding.id]],
            state=finding.state,
            ref=finding.id,
            starts=finding.due_at,
            ends=finding.due_at,
            due_at=finding.due_at,
            title=finding.title,
            rule=finding.rule,
        )
        for finding, site, count, at in rows
    ]


def _target(finding: FindingRow, site: SiteRow) -> tuple[int, str, str]:
    if finding.asset:
        return (site.id, "asset", finding.asset)
    if finding.place:
        return (site.id, "place", finding.place)
    return (site.id, "site", site.key)
