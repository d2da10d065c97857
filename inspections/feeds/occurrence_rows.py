"""The rows that tasks and drills on a calendar are told from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.feeds.occurrence_statements import PAST_PEOPLE, PEOPLE, PUBLISHED, statements
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import Scope

Rows = Sequence[Any]


@dataclass(frozen=True)
class OccurrenceRows:
    """
    What the items are made of; equal rows make equal items.

    Attributes:
        tasks: By time.
        people: Who is on them now.
        past: Who was to do them before, and until when.
        published: Weeks of their sites that were published on the board, by time.
        left_out: How many more lie in the window.
        next_seen_at: When the next hidden one starts to be seen.
    """

    tasks: Rows
    people: Rows
    past: Rows
    published: Rows
    left_out: int
    next_seen_at: datetime | None


def occurrence_rows(
    session: Session, scope: Scope, kinds: RuleKinds, *, most: int
) -> OccurrenceRows:
    """
    Return the rows of the tasks that a link shows, at most *most* of them.

    What lies ahead comes first, nearest first, then the newest of what lies behind. Whatever is
    hidden, or is not announced, is left out until it starts.
    """
    whole = statements(_shape(scope)).whole
    values = _values(scope, kinds)
    rows = list(session.execute(whole, {**values, "most": most + 1}))
    if len(rows) > most:
        return _nearest(session, scope, kinds, most)
    seen, later = [], []
    for row in rows:
        seen_at = _seen_at(row, kinds)
        if seen_at is not None and seen_at > scope.now:
            later.append(seen_at)
        elif row.state != "cancelled" or _is_recent(row, scope):
            seen.append(row)
    return _complete(session, scope, seen, 0, min(later, default=None))


def _nearest(session: Session, scope: Scope, kinds: RuleKinds, most: int) -> OccurrenceRows:
    """Choose among more tasks than fit."""
    made, values = statements(_shape(scope)), {**_values(scope, kinds), "today": scope.today}
    rows = list(session.execute(made.ahead, {**values, "most": most}))
    if len(rows) < most:
        rows += session.execute(made.behind, {**values, "most": most - len(rows)})
    left_out = (session.scalar(made.count, values) or 0) - len(rows)
    return _complete(session, scope, rows, left_out, session.scalar(made.next_seen_at, values))


def _complete(
    session: Session, scope: Scope, rows: list[Any], left_out: int, seen_at: datetime | None
) -> OccurrenceRows:
    ids = [row.id for row in rows]
    people = list(session.execute(PEOPLE, {"ids": ids})) if ids else []
    past = list(session.execute(PAST_PEOPLE, {"ids": ids})) if ids else []
    weeks = {"organisation": scope.organisation}
    published = list(session.execute(PUBLISHED, weeks)) if ids else []
    return OccurrenceRows(rows, people, past, published, left_out, seen_at)


def _seen_at(row: Any, kinds: RuleKinds) -> datetime | None:
    if row.rule in kinds.unannounced:
        latest: datetime = max(row.opens_at, row.hidden_until or row.opens_at)
        return latest
    hidden: datetime | None = row.hidden_until
    return hidden


def _is_recent(row: Any, scope: Scope) -> bool:
    return row.logged_at is not None and row.logged_at > scope.forgotten_before


def _shape(scope: Scope) -> tuple[bool, bool, bool, bool]:
    leaders = scope.choices.shows == "leaders"
    return scope.site is not None, scope.post is not None, leaders, scope.people is not None


def _values(scope: Scope, kinds: RuleKinds) -> dict[str, Any]:
    return {
        "organisation": scope.organisation,
        "since": scope.since,
        "until": scope.until,
        "now": scope.now,
        "forgotten_before": scope.forgotten_before,
        "unannounced": sorted(kinds.unannounced),
        "site": scope.site,
        "post": scope.post[1] if scope.post else None,
        "drills": sorted(kinds.drills) if scope.choices.shows == "leaders" else [],
        "people": tuple(scope.people or ()),
    }
