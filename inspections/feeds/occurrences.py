"""Tasks and drills on a calendar: the items made of their rows."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.feeds.item import FeedItem, Kind, Who
from inspections.feeds.occurrence_rows import OccurrenceRows, Rows
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import Scope
from inspections.models import (
    PlanRunRow,
    SiteRow,
)
from inspections.rounds.names import target_names
from rules.text import Text

# A window of at most this length is shown as it is, a longer one as its planned day.
LONGEST_SPAN = timedelta(hours=12)
_PUBLISHED = (
    Text(zh="排程", en="Plan"),
    Text(zh="本周派工已发布", en="the rounds of this week are published"),
)


def occurrence_items(
    session: Session, scope: Scope, kinds: RuleKinds, rows: OccurrenceRows
) -> list[FeedItem]:
    """Return the items of *rows*."""
    where = [(row.site_id, row.target_kind, row.target) for row in rows.tasks]
    names = target_names(session, where)
    sites = site_names(session, {row.site_id for row in rows.tasks})
    people, past = _by_task(rows.people), _by_task(rows.past)
    weeks = _weeks(rows.published)
    planned_at = _planned_at(session, scope.organisation)
    found = []
    for row, target in zip(rows.tasks, where, strict=True):
        on_it, before = people.get(row.id, []), past.get(row.id, [])
        published_at = weeks.get((row.site_id, _monday(row.planned_on)))
        instants = [row.logged_at, *(one.at for one in on_it), *(one.ended_at for one in before)]
        instants.append(published_at)
        known = max((at for at in instants if at), default=planned_at)
        mine = scope.people is None or any(one.person_id in scope.people for one in on_it)
        found.append(
            FeedItem(
                kind=_kind(row.rule, kinds),
                key=f"occurrence-{row.id}",
                known_at=known,
                site=sites[row.site_id],
                place=names[target],
                state=row.state,
                path=f"/occurrences/{row.id}",
                title=kinds.title(row.rule),
                clause=kinds.clause(row.rule),
                due_at=row.due_at,
                provisional=row.provisional,
                who=tuple(Who(one.key, _text(one.name), _text(one.reason)) for one in on_it),
                handed_over=not mine,
                facts=(_PUBLISHED,) if published_at else (),
                **_span(row, kinds),
            )
        )
    return found


def site_names(session: Session, ids: Iterable[int]) -> dict[int, Text]:
    """Return the names of some sites by row id."""
    query = select(SiteRow.id, SiteRow.name).where(SiteRow.id.in_(tuple(ids)))
    return {row.id: row.name for row in session.execute(query)}


def _weeks(rows: Rows) -> dict[tuple[int, date], datetime]:
    """Return when the week of a site was published first; boards begin on Mondays."""
    return {(row.site_id, row.since): row.at for row in rows}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_task(rows: Rows) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.occurrence_id].append(row)
    return found


def _kind(rule: str, kinds: RuleKinds) -> Kind:
    return "drill" if rule in kinds.drills else "occurrence"


def _span(row: Any, kinds: RuleKinds) -> dict[str, Any]:
    """Drills and long windows are whole days."""
    if row.rule in kinds.drills or row.due_at - row.opens_at > LONGEST_SPAN:
        return {"day": row.planned_on}
    return {"starts": row.opens_at, "ends": row.due_at}


def _text(value: str) -> Text:
    return Text(**json.loads(value))


def _planned_at(session: Session, organisation: str) -> datetime | None:
    query = select(func.min(PlanRunRow.at)).filter_by(organisation_id=organisation)
    return session.scalar(query)
