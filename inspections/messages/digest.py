"""The digest: once a day what a person is to do and what changed for them, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.messages.matters import Matter
from inspections.messages.outbox import Draft
from inspections.messages.reminders import Recipient
from inspections.models import (
    AbsenceRow,
    AssignmentRow,
    DutyRow,
    FindingEventRow,
    FindingRow,
    MessageRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PersonRow,
    PlanRunRow,
)
from rules.rulebook import RuleBook
from rules.text import Text

SOON = timedelta(days=3)
A_DAY = timedelta(days=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TASK_CHANGES = {
    "cancelled": Text(zh="取消", en="cancelled"),
    "excused": Text(zh="豁免", en="excused"),
    "rescheduled": Text(zh="重新列入", en="scheduled again"),
    "moved": Text(zh="改期", en="moved"),
}
_FINDING_CHANGES = {
    "rejected": Text(zh="复查退回", en="sent back"),
    "reopened": Text(zh="重开", en="opened again"),
    "extended": Text(zh="延期", en="deadline extended"),
    "confirmed": Text(zh="复查通过，已闭环", en="confirmed and closed"),
    "assigned": Text(zh="指定责任人", en="owner named"),
}


@dataclass(frozen=True)
class Changed:
    """One change, with the page to look at."""

    text: Text
    path: str


def digest(
    session: Session,
    rulebook: RuleBook,
    recipient: Recipient,
    mine: Sequence[Matter],
    *,
    now: datetime,
) -> Draft | None:
    """
    Return the digest of today; its body is empty where there is nothing to say.

    Nothing where its hour has not come or it is in the outbox already.
    """
    today = now.astimezone(recipient.zone).date()
    if not recipient.choice.is_time(now, today, recipient.zone):
        return None
    empty = _draft(recipient, today, [], now)
    if _is_put(session, empty):
        return None
    if _is_off(session, recipient, mine, today, now):
        return empty
    changed = _changes(session, rulebook, recipient, since=_last(session, recipient, now))
    return _draft(recipient, today, _body(recipient, mine, changed, now=now), now)


def _body(
    recipient: Recipient, mine: Sequence[Matter], changed: Sequence[Changed], *, now: datetime
) -> list[str]:
    words = recipient.words
    end = _end_of_day(now.astimezone(recipient.zone).date(), recipient)
    past = [one for one in mine if one.due_at < now]
    due = [one for one in mine if now <= one.due_at < end]
    soon = [one for one in mine if end <= one.due_at < end + SOON and one.takes_days]
    lines = [
        *words.section(
            Text(zh=f"已过期 {len(past)} 项", en=f"Overdue: {len(past)}"), past, now=now
        ),
        *words.section(Text(zh=f"今天 {len(due)} 项", en=f"Today: {len(due)}"), due, now=now),
        *words.section(
            Text(zh=f"三天内到期 {len(soon)} 项", en=f"Due within three days: {len(soon)}"),
            [one for one in soon if one.opens_at <= now],
            now=now,
        ),
    ]
    if changed:
        lines.append(words.both("【变化】", "[What changed]"))
        for one in changed:
            lines += [f"· {words.say(one.text)}", words.address + one.path]
        lines.append("")
    return lines


def _draft(recipient: Recipient, today: date, lines: list[str], now: datetime) -> Draft:
    words = recipient.words
    subject = words.both(
        f"巡检摘要 {today.month}月{today.day}日", f"Xunjian digest for {today.isoformat()}"
    )
    return Draft(
        organisation=recipient.organisation,
        channel="mail",
        kind="digest",
        recipient=recipient.person,
        day=today.isoformat(),
        address=recipient.address,
        subject=subject,
        body="\n".join([*lines, *words.foot()]) if lines else "",
        not_before=recipient.choice.after_quiet(now, recipient.zone),
        stale_at=_end_of_day(today, recipient),
    )


def _end_of_day(today: date, recipient: Recipient) -> datetime:
    return datetime.combine(today + A_DAY, time(), recipient.zone)


def _is_put(session: Session, draft: Draft) -> bool:
    query = select(MessageRow.id).filter_by(organisation_id=draft.organisation, key=draft.key)
    return session.scalar(query) is not None


def _is_off(
    session: Session, recipient: Recipient, mine: Sequence[Matter], today: date, now: datetime
) -> bool:
    """Tell whether the person is away today, or does not work and has nothing due."""
    who = {"organisation_id": recipient.organisation, "key": recipient.person}
    person = session.scalars(select(PersonRow).filter_by(**who)).one()
    away = select(AbsenceRow.id).where(
        AbsenceRow.person_id == person.id,
        AbsenceRow.ended_on.is_(None),
        AbsenceRow.since <= today,
        AbsenceRow.until >= today,
    )
    if session.scalar(away.limit(1)) is not None:
        return True
    end = _end_of_day(today, recipient)
    busy = any(now <= one.due_at < end for one in mine)
    return _WEEKDAYS[today.weekday()] not in person.works and not busy


def _last(session: Session, recipient: Recipient, now: datetime) -> datetime:
    """Return when the person got the digest before; a day ago where there is none."""
    query = select(func.max(MessageRow.created_at)).filter_by(
        organisation_id=recipient.organisation, person=recipient.person, kind="digest"
    )
    last: datetime | None = session.scalar(query)
    return max(last, now - timedelta(days=7)) if last else now - A_DAY


def _changes(
    session: Session, rulebook: RuleBook, recipient: Recipient, *, since: datetime
) -> list[Changed]:
    return [
        *_new_tasks(session, recipient, since),
        *_task_changes(session, rulebook, recipient, since),
        *_finding_changes(session, recipient, since),
    ]


def _new_tasks(session: Session, recipient: Recipient, since: datetime) -> list[Changed]:
    """Return how many tasks plans have given the person since, in one line."""
    query = (
        select(func.count(AssignmentRow.id))
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .join(PlanRunRow, PlanRunRow.id == AssignmentRow.plan_run_id)
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .where(PersonRow.organisation_id == recipient.organisation)
        .where(PersonRow.key == recipient.person, PlanRunRow.at > since)
        .where(OccurrenceRow.hidden_until.is_(None))
    )
    count = session.scalar(query) or 0
    text = Text(zh=f"新排给您 {count} 项任务", en=f"{count} tasks were planned for you")
    return [Changed(text, "/today")] if count else []


def _task_changes(
    session: Session, rulebook: RuleBook, recipient: Recipient, since: datetime
) -> list[Changed]:
    event, row = OccurrenceEventRow, OccurrenceRow
    query: Any = (
        select(event.kind, row.id, row.due_at, DutyRow.rule)
        .join(row, row.id == event.occurrence_id)
        .join(DutyRow, DutyRow.id == row.duty_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == row.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == recipient.organisation)
        .where(PersonRow.key == recipient.person, event.recorded_at > since)
        .where(event.kind.in_(tuple(_TASK_CHANGES)), row.hidden_until.is_(None))
        .order_by(row.due_at, event.id)
    )
    found = []
    for kind, occurrence, due_at, rule_id in session.execute(query):
        rule, what = rulebook.rules.get(rule_id), _TASK_CHANGES[kind]
        title = rule.title if rule else Text(zh=rule_id, en=rule_id)
        due = recipient.words.moment(due_at)
        text = Text(zh=f"{what.zh}：{title.zh}（原定 {due}）", en=f"{what.en}: {title.en} ({due})")
        found.append(Changed(text, f"/occurrences/{occurrence}"))
    return found


def _finding_changes(session: Session, recipient: Recipient, since: datetime) -> list[Changed]:
    query = (
        select(FindingEventRow.kind, FindingRow)
        .join(FindingRow, FindingRow.id == FindingEventRow.finding_id)
        .where(FindingRow.organisation_id == recipient.organisation)
        .where(FindingRow.owner == recipient.person, FindingEventRow.at > since)
        .where(FindingEventRow.by != recipient.person)
        .where(FindingEventRow.kind.in_(tuple(_FINDING_CHANGES)))
        .order_by(FindingEventRow.id)
    )
    found = []
    for kind, finding in session.execute(query):
        what = _FINDING_CHANGES[kind]
        text = Text(
            zh=f"{what.zh}：{finding.number} {finding.title.zh}",
            en=f"{what.en}: {finding.number} {finding.title.en}",
        )
        found.append(Changed(text, f"/findings/{finding.id}"))
    return found
