"""Try a step on the week board: what the plan would become, or what hard rule it would break."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.board.applying import Applied, Planner, apply_step
from inspections.board.overfull import overfull
from inspections.board.refusals import BoardOutdated, BreaksRules, may_plan
from inspections.board.stands import Moved, Stand, Stands, as_data, moved, stands
from inspections.board.steps import Step, step_as_data
from inspections.board.touched import touched_sites
from inspections.editing import Editor
from inspections.importing import load_from_record
from inspections.models import AssignmentRow, BoardChangeRow, OccurrenceRow, PlanRunRow
from inspections.plan_diff import Horizon
from inspections.planning import PlanResult, Progress, plan
from inspections.record_digest import digest_of
from rules.rulebook import RuleBook
from rules.text import Text

SECONDS = 3.0


@dataclass(frozen=True)
class Uncovered:
    """How many occurrences nobody can do, and how many of them the law demands."""

    all: int
    by_law: int


@dataclass(frozen=True)
class Outcome:
    """
    What a step would come to.

    Attributes:
        moved: Occurrences that would stand differently, the one asked for among them.
        breaches: Hard rules that it would break; it is refused then.
        left: Occurrences that somebody away had begun; they stay as they are.
        is_least: Whether it is proved that nothing covers as much with fewer changes; nothing where
            all days were planned once more.
        digest: Of all of that; who applies it must have seen the same.
        gap: Where all days were planned once more, by what part another plan could be better at
            most, as is proved.
    """

    moved: tuple[Moved, ...]
    breaches: tuple[Text, ...]
    left: tuple[int, ...]
    before: Uncovered
    after: Uncovered
    is_least: bool | None
    digest: str
    gap: float | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Keys of everyone who would get or lose something."""
        touched = {
            person
            for one in self.moved
            for person in {*one.before.people} ^ {*one.after.people}
            or ({*one.after.people} if one.before.day != one.after.day else ())
        }
        return tuple(sorted(touched))


def try_step(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    step: Step,
    *,
    desk: Editor,
    now: datetime,
    progress: Progress | None = None,
) -> Outcome:
    """
    Return what *step* would come to; nothing is saved.

    It is done inside a savepoint, planning included, and undone, so this is what will happen. What
    names a check or a person is planned at the sites that it touches alone.
    `progress` is called as by `inspections.planning.plan`.

    Raises:
        NotPlanner: If the role does not plan rounds.
        NotFound: If the step names what is not there, or is out of scope.
        WrongState: If the check was begun or is over.
    """
    may_plan(desk)
    session.flush()
    attempt = session.begin_nested()
    try:
        return _carry(Planning(session, rulebook, desk, now, progress), step)[0]
    finally:
        attempt.rollback()
        session.expire_all()


def take_step(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    step: Step,
    *,
    desk: Editor,
    seen: str,
    now: datetime,
    progress: Progress | None = None,
) -> str:
    """
    Save *step* with the plan around it and return the id of the change; it can be taken back.

    Raises:
        BoardOutdated: If the plan is not the one that was *seen* when it was tried.
        BreaksRules: If it would break a hard rule.
    """
    may_plan(desk)
    outcome, applied = _carry(Planning(session, rulebook, desk, now, progress), step)
    if outcome.breaches:
        raise BreaksRules(outcome.breaches)
    if outcome.digest != seen:
        raise BoardOutdated
    told = step_as_data(step)
    row = BoardChangeRow(
        id=str(uuid4()),
        organisation_id=desk.organisation,
        kind=step.kind,
        step={**told, **(applied.data or {})},
        by=desk.by,
        at=now,
        results=[_result(one) for one in outcome.moved],
    )
    session.add(row)
    session.flush()
    note_change(
        session,
        organisation=desk.organisation,
        by=desk.by,
        action=f"board.{step.kind}",
        subject=f"board-change/{row.id}",
        before={"plan": [_told(one, one.before) for one in outcome.moved]},
        after={"step": told, "plan": [_told(one, one.after) for one in outcome.moved]},
        now=now,
    )
    return row.id


@dataclass(frozen=True)
class Planning:
    """Who plans in which record, when, and whom to tell how far it is."""

    session: Session
    rulebook: RuleBook
    desk: Editor
    now: datetime
    progress: Progress | None = None


def _carry(how: Planning, step: Step) -> tuple[Outcome, Applied]:
    sites = touched_sites(how.session, how.desk.organisation, step)
    organisation = load_from_record(how.session, how.desk.organisation, sites=sites)
    planner = Planner(how.session, organisation, how.rulebook, how.desk, how.now)
    horizon = _horizon(planner)
    end = _end(horizon, organisation.time_zone)
    asked: Any = {"now": how.now, "before": end, "sites": sites}
    before = stands(how.session, organisation.id, **asked)
    applied = apply_step(planner, step)
    if applied.breaches:
        same = _uncovered(how.session, before)
        return Outcome((), applied.breaches, (), same, same, None, ""), applied
    uncovered = _uncovered(how.session, before)
    result = _plan(how, horizon, applied.days, sites)
    after = stands(how.session, organisation.id, **asked)
    _note_run(how.session, moved(before, after), result.run_id)
    after = stands(how.session, organisation.id, **asked)
    changed = moved(before, after)
    outcome = Outcome(
        changed,
        overfull(planner, applied.people, [one.after.day for one in changed]),
        applied.left,
        uncovered,
        _uncovered(how.session, {id_: after[id_] for id_ in before if id_ in after}),
        result.is_least,
        digest_of([[_told(one, one.before), _told(one, one.after)] for one in changed]),
        result.gap,
    )
    return outcome, applied


def _horizon(planner: Planner) -> Horizon:
    """Return the days from today to the last planned one, with the seed of the last run."""
    mine = select(PlanRunRow).filter_by(organisation_id=planner.organisation.id)
    last = planner.session.scalars(mine.order_by(PlanRunRow.id.desc()).limit(1)).one_or_none()
    if last is None:
        return Horizon(planner.today, planner.today, seconds=SECONDS)
    # Another seed would move every random draw.
    return Horizon(planner.today, max(planner.today, last.until), last.seed, seconds=SECONDS)


def _plan(
    how: Planning, horizon: Horizon, days: frozenset[date] | None, sites: tuple[str, ...]
) -> PlanResult:
    return plan(
        how.session,
        how.rulebook,
        organisation_id=how.desk.organisation,
        since=horizon.since,
        until=horizon.until,
        now=how.now,
        seed=horizon.seed,
        seconds=horizon.seconds,
        progress=how.progress,
        within=days,
        sites=sites,
    )


def _note_run(session: Session, changed: tuple[Moved, ...], run: int) -> None:
    """Let what was settled by hand belong to the run that was made around it."""
    ids = tuple(one.occurrence for one in changed)
    by_hand = AssignmentRow.plan_run_id.is_(None)
    mine = update(AssignmentRow).where(AssignmentRow.occurrence_id.in_(ids), by_hand)
    session.execute(mine.values(plan_run_id=run))


def _end(horizon: Horizon, time_zone: str) -> datetime:
    zone = ZoneInfo(time_zone)
    return datetime.combine(horizon.until + timedelta(days=1), datetime.min.time(), zone)


def _uncovered(session: Session, found: Stands) -> Uncovered:
    ids = [id_ for id_, one in found.items() if one.uncovered]
    law = select(func.count()).where(OccurrenceRow.id.in_(ids), OccurrenceRow.priority == 0)
    return Uncovered(len(ids), session.scalar(law) or 0)


def _result(one: Moved) -> dict[str, Any]:
    return {"id": one.occurrence, "before": as_data(one.before), "after": as_data(one.after)}


def _told(one: Moved, stand: Stand) -> dict[str, Any]:
    return {"occurrence": one.occurrence, "people": [*stand.people], "day": stand.day.isoformat()}
