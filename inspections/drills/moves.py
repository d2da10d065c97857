"""Move a drill, pin it, cancel it: what that breaks is told before, and it can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from inspections.drills.applying import release
from inspections.drills.breaches import Breach, BreaksRules, breaches_of
from inspections.drills.changing import fresh, note_drill, place_of
from inspections.drills.looking import find, look, seen_again
from inspections.drills.planners import DrillBegun, may_plan
from inspections.drills.viewing import Viewing
from inspections.drills.year import DrillView
from inspections.editing import Editor
from inspections.models import DrillProgrammeRow, DrillRow
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook


def check_move(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    on: date,
    *,
    by: Editor,
    now: datetime,
    at: time | None = None,
) -> tuple[Breach, ...]:
    """
    Return what moving the drill to *on* would break; nothing is changed.

    Without a clock time it keeps its own.

    Raises:
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such drill in scope.
    """
    return check_moves(session, rulebook, drill_id, [on], by=by, now=now, at=at)[on]


def check_moves(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    days: Iterable[date],
    *,
    by: Editor,
    now: datetime,
    at: time | None = None,
) -> dict[date, tuple[Breach, ...]]:
    """
    Return what moving the drill to each of some *days* would break, as `check_move` does for one.

    Raises:
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such drill in scope.
    """
    may_plan(by)
    organisation, viewing, row = look(session, rulebook, drill_id, by=by, now=now)
    view = viewing.view(row)
    return {day: breaches_of(viewing, view, _start(organisation, view, day, at)) for day in days}


def move(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    on: date,
    *,
    by: Editor,
    now: datetime,
    at: time | None = None,
    despite: bool = False,
    revision: int | None = None,
) -> DrillView:
    """
    Move a drill to another day or time, and pin it there.

    Args:
        session: Of the record.
        rulebook: The one that binds the organisation.
        drill_id: Row id.
        on: The new day.
        by: Who moves it.
        now: The present instant.
        at: The new clock time; its own where not given.
        despite: Whether it is moved although that breaks rules.
        revision: Of the year that was looked at; not checked where not given.

    Raises:
        BreaksRules: If the move cannot be made, or breaks rules and *despite* is not set.
        DrillBegun: If it has begun, was held or cancelled.
        YearChanged: If somebody changed the year meanwhile.
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such drill in scope.
    """
    opened = _open(session, rulebook, drill_id, revision=revision, by=by, now=now)
    row = opened.row
    starts_at = _start(opened.organisation, opened.view, on, at)
    breaches = breaches_of(opened.viewing, opened.view, starts_at)
    against = [one for one in breaches if one.forbids or (one.breaks and not despite)]
    if against:
        raise BreaksRules(against)
    row.on, row.starts_at, row.pinned = on, starts_at, True
    row.moved_from = opened.before
    row.avoids = [
        {"zh": one.text.zh, "en": one.text.en} for one in breaches if one.code == "less-good"
    ]
    return _noted(session, rulebook, opened, "drill.moved", by=by, now=now)


def take_back_move(
    session: Session, rulebook: RuleBook, drill_id: int, *, by: Editor, now: datetime
) -> DrillView:
    """
    Put a drill back where it stood before its last move.

    Raises:
        DrillBegun: If it has begun, that day is over, or it was not moved.
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such drill in scope.
    """
    opened = _open(session, rulebook, drill_id, by=by, now=now)
    row = opened.row
    stood = row.moved_from
    starts_at = datetime.fromisoformat(stood["starts_at"]) if stood else now
    if stood is None or starts_at <= now:
        raise DrillBegun
    row.on, row.starts_at = date.fromisoformat(stood["on"]), starts_at
    row.pinned, row.avoids, row.moved_from = stood["pinned"], stood["avoids"], None
    return _noted(session, rulebook, opened, "drill.moved-back", by=by, now=now)


def pin(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    *,
    pinned: bool,
    by: Editor,
    now: datetime,
) -> DrillView:
    """
    Settle the day of a drill, or leave it to the planner again.

    Raises:
        DrillBegun: If it has begun, was held or cancelled.
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such drill in scope.
    """
    opened = _open(session, rulebook, drill_id, by=by, now=now)
    opened.row.pinned = pinned
    return _noted(session, rulebook, opened, "drill.pinned", by=by, now=now)


def cancel(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    *,
    why: str,
    by: Editor,
    now: datetime,
) -> DrillView:
    """
    Cancel a drill; what it was to serve is open again.

    Raises:
        DrillBegun: If it has begun, was held or cancelled before.
        NotPlanner: If the role does not plan drills.
        NotFound: If there is no such drill in scope.
    """
    opened = _open(session, rulebook, drill_id, by=by, now=now)
    row, serves = opened.row, opened.viewing.records.serves
    row.state, row.note = "cancelled", why.strip()
    release(session, opened.organisation.id, serves.get(row.id, ()), now=now)
    return _noted(session, rulebook, opened, "drill.cancelled", by=by, now=now)


@dataclass(frozen=True)
class _Opened:
    """A drill that may still change, its programme locked; `before` is where it stood."""

    organisation: Organisation
    viewing: Viewing
    programme: DrillProgrammeRow
    row: DrillRow
    view: DrillView
    before: dict[str, Any]


def _open(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    *,
    by: Editor,
    now: datetime,
    revision: int | None = None,
) -> _Opened:
    may_plan(by)
    programme, row = find(session, drill_id, by=by, now=now)
    programme = fresh(session, programme.id, revision)
    # Whoever held the lock before may have moved it.
    session.refresh(row)
    organisation, viewing, row = look(session, rulebook, drill_id, by=by, now=now)
    view = viewing.view(row)
    if not view.can_move:
        raise DrillBegun
    return _Opened(organisation, viewing, programme, row, view, place_of(row))


def _noted(  # noqa: PLR0913 (the parts of one change)
    session: Session,
    rulebook: RuleBook,
    opened: _Opened,
    action: str,
    *,
    by: Editor,
    now: datetime,
) -> DrillView:
    change = (action, opened.before)
    note_drill(session, opened.programme, opened.row, change, by=by, now=now)
    return seen_again(session, rulebook, opened.row.id, by=by, now=now)


def _start(organisation: Organisation, view: DrillView, on: date, at: time | None) -> datetime:
    zone = ZoneInfo(organisation.time_zone)
    clock = at or view.starts_at.astimezone(zone).time()
    return datetime.combine(on, clock, zone)
