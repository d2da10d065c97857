"""What a group robot posts: an overview once a day, and at once what cannot wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.messages.outbox import Draft
from inspections.messages.urgent import RECENT, Urgent
from inspections.messages.webhooks import Webhook
from inspections.messages.words import Words
from inspections.models import DutyRow, FindingRow, OccurrenceRow, SiteRow

MOST_LINES = 8


@dataclass(frozen=True)
class Group:
    """A robot with the words of its group."""

    robot: Webhook
    words: Words

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return self.words.zone


def overview(session: Session, group: Group, *, now: datetime) -> Draft | None:
    """
    Return today's overview: due today, missed since yesterday, overdue findings.

    Nothing before its hour. The body is empty where all three are none.
    """
    today = now.astimezone(group.zone).date()
    if now < datetime.combine(today, group.robot.at, group.zone):
        return None
    start = datetime.combine(today, time(), group.zone)
    end = start + timedelta(days=1)
    lines = _lines(session, group, (start, end), now)
    subject = group.words.both(
        f"巡检概况 {today.month}月{today.day}日", f"Xunjian overview for {today.isoformat()}"
    )
    return _draft(group, "overview", today.isoformat(), (subject, lines), now, stale_at=end)


def group_urgent(group: Group, found: Iterable[Urgent], *, now: datetime) -> Iterator[Draft]:
    """Yield one post for each at the robot's site; two notices of one event are one post."""
    told = set()
    for one in found:
        said = one.subject(group.words), one.lines(group.words, now=now)
        same = (said[0], *said[1])
        if group.robot.site not in (None, one.site) or same in told:
            continue
        told.add(same)
        draft = _draft(group, one.kind, one.ref, said, now, stale_at=now + RECENT)
        yield replace(draft, about=one.about)


def _draft(  # noqa: PLR0913 (internal, called twice)
    group: Group,
    kind: str,
    day: str,
    said: tuple[str, list[str]],
    now: datetime,
    *,
    stale_at: datetime,
) -> Draft:
    subject, lines = said
    return Draft(
        organisation=group.robot.organisation,
        channel="webhook",
        kind=kind,
        recipient=f"webhook-{group.robot.id}",
        day=day,
        webhook=group.robot.id,
        subject=subject,
        body="\n".join(lines),
        not_before=now,
        stale_at=stale_at,
    )


def _lines(
    session: Session, group: Group, span: tuple[datetime, datetime], now: datetime
) -> list[str]:
    start, end = span
    words = group.words
    row = OccurrenceRow
    shown = row.hidden_until.is_(None) | (row.hidden_until <= now)
    due = _count(session, group, row.due_at >= start, row.due_at < end, row.state.in_(_OPEN), shown)
    missed = _count(
        session,
        group,
        row.closes_at >= start - timedelta(days=1),
        row.closes_at < now,
        row.state.in_((*_OPEN, "missed")),
    )
    late = _overdue(session, group, now)
    if not (due or missed or late):
        return []
    lines = [
        words.both(f"今天应检 {due} 项", f"Due today: {due}"),
        words.both(f"昨天以来漏检 {missed} 项", f"Missed since yesterday: {missed}"),
        words.both(f"整改逾期 {len(late)} 项", f"Findings overdue: {len(late)}"),
    ]
    was_due = words.both("应于 ", "was due ")
    listed = [
        f"· {one.number} {words.say(one.title)} {was_due}{words.moment(one.due_at)}"
        for one in late[:MOST_LINES]
    ]
    return [*lines, *listed, f"{words.address}/alerts/"]


_OPEN = ("scheduled", "in_progress")


def _count(session: Session, group: Group, *conditions: Any) -> int:
    query = (
        select(func.count(OccurrenceRow.id))
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(DutyRow.organisation_id == group.robot.organisation, *conditions)
    )
    if group.robot.site:
        query = query.where(SiteRow.key == group.robot.site)
    return session.scalar(query) or 0


def _overdue(session: Session, group: Group, now: datetime) -> list[FindingRow]:
    query = (
        select(FindingRow)
        .join(SiteRow, SiteRow.id == FindingRow.site_id)
        .where(FindingRow.organisation_id == group.robot.organisation)
        .where(FindingRow.state != "closed", FindingRow.due_at < now)
        .order_by(FindingRow.due_at)
    )
    if group.robot.site:
        query = query.where(SiteRow.key == group.robot.site)
    return list(session.scalars(query))
