"""Tasks for people: what is to be done, by whom, from when and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import FindingRow, FollowUpRow, SiteRow
from inspections.reactions.on_duty import on_duty
from inspections.rounds.names import people_names, person_text
from inspections.rounds.scope import Scope
from rules.text import Text

TaskShow = Literal["mine", "open", "done"]
# Done tasks of the last weeks; older ones stand in the record of what started them.
_SHOWN = timedelta(days=31)
_MOST = 200


@dataclass(frozen=True)
class TaskLine:
    """
    A task.

    Attributes:
        subject: What started it: `finding/12`, `meal/7`, `drill/…`, `ticket/3`.
        arithmetic: How its deadline was counted: `days`, `text` and `source`.
        who: Names of those it falls to now; empty where anybody in scope may do it.
        mine: Whether it falls to the person asking.
        number: Of the finding that it belongs to, if one.
    """

    id: int
    title: Text
    site: str
    site_name: Text
    subject: str
    not_before: datetime | None
    due_at: datetime
    arithmetic: Mapping[str, Any]
    who: tuple[Text, ...]
    mine: bool
    on_duty: bool
    qualification: str | None
    standard_change: bool
    finding_id: int | None
    number: str | None
    rule: str | None
    done_at: datetime | None
    done_by: Text | None
    verdict: str | None
    note: str | None

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it should be done by now."""
        return self.verdict != "pass" and now > self.due_at

    def may_begin(self, now: datetime) -> bool:
        """Tell whether it may be done now."""
        return self.not_before is None or now >= self.not_before


def tasks(session: Session, scope: Scope, *, show: TaskShow, now: datetime) -> tuple[TaskLine, ...]:
    """Return the tasks in scope by deadline; those done newest first."""
    rows = session.execute(_query(scope, show, now)).all()
    names = people_names(session, scope.organisation)
    lines = tuple(_line(session, row, names, scope, now) for row in rows)
    return tuple(line for line in lines if line.mine) if show == "mine" else lines


def task(session: Session, task_id: int, scope: Scope, *, now: datetime) -> TaskLine:
    """
    Return one task.

    Raises:
        NotFound: If there is none with this id in scope.
    """
    query = _joined(scope).where(FollowUpRow.id == task_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(Text(zh="任务", en="task"), task_id)
    return _line(session, row, people_names(session, scope.organisation), scope, now)


def _joined(scope: Scope) -> Any:
    query: Any = (
        select(FollowUpRow, SiteRow, FindingRow.number)
        .join(SiteRow, SiteRow.id == FollowUpRow.site_id)
        .outerjoin(FindingRow, FindingRow.id == FollowUpRow.finding_id)
        .where(FollowUpRow.organisation_id == scope.organisation)
    )
    return query.where(SiteRow.key.in_(scope.sites)) if scope.sites else query


def _query(scope: Scope, show: TaskShow, now: datetime) -> Any:
    query: Any = _joined(scope)
    if show == "done":
        query = query.where(FollowUpRow.verdict == "pass", FollowUpRow.done_at >= now - _SHOWN)
        return query.order_by(FollowUpRow.done_at.desc(), FollowUpRow.id).limit(_MOST)
    query = query.where(or_(FollowUpRow.verdict.is_(None), FollowUpRow.verdict != "pass"))
    if show == "mine":
        mine = or_(FollowUpRow.owner == scope.person, FollowUpRow.on_duty)
        query = query.where(mine)
    return query.order_by(FollowUpRow.due_at, FollowUpRow.id).limit(_MOST)


def _line(
    session: Session, row: Any, names: dict[str, Text], scope: Scope, now: datetime
) -> TaskLine:
    found, site, number = row
    keys = _falls_to(session, found, site, now)
    return TaskLine(
        id=found.id,
        title=found.title,
        site=site.key,
        site_name=site.name,
        subject=found.subject,
        not_before=found.not_before,
        due_at=found.due_at,
        arithmetic=found.arithmetic,
        who=tuple(person_text(names, key) for key in keys),
        mine=scope.person in keys,
        on_duty=found.on_duty,
        qualification=found.qualification,
        standard_change=found.standard_change,
        finding_id=found.finding_id,
        number=number,
        rule=found.rule,
        done_at=found.done_at,
        done_by=person_text(names, found.done_by) if found.done_by else None,
        verdict=found.verdict,
        note=found.note,
    )


def _falls_to(session: Session, row: FollowUpRow, site: SiteRow, now: datetime) -> tuple[str, ...]:
    """Return whom a task falls to: its owner, or whoever is on duty when it may be done."""
    if row.owner is not None:
        return (row.owner,)
    if not row.on_duty or row.verdict == "pass":
        return ()
    at = max(now, row.not_before) if row.not_before else now
    return on_duty(session, site, at=at, roles=row.roles)
