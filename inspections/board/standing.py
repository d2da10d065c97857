"""The plan of some days as it stands: one check for each inspection, with who does it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from inspections.assignment_problem import problem_of
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow, SiteRow
from inspections.rounds.names import Target, target_names
from inspections.rounds.state import state_at
from inspections.there_or_theirs import MOST_NAMED, there_or_theirs
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.problem import Assigned, AssignmentPlan, AssignmentProblem, Task
from scheduler.assignment.together import joined
from scheduler.walks.ways import Point, Ways

_NEVER = ("cancelled", "proposed")


@dataclass(frozen=True)
class Days:
    """
    What is asked for.

    Attributes:
        since: First day; `until` is the last one, included.
        sites: Keys; checks elsewhere are given as far as people of these sites have them. Empty
            means all of the organisation.
        hidden: Whether checks drawn at random are given before they may be known.
        team: Whose people are shown; everybody where it is empty.
    """

    since: date
    until: date
    sites: tuple[str, ...] = ()
    hidden: bool = False
    team: str = ""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Why nobody does a check, and what would cover it, each proved by trying."""

    code: str
    reason: Text
    helps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """
    One inspection of the plan.

    Attributes:
        id: The occurrence that leads it; `members` are all that it serves, itself first.
        place: What is checked, with its place; `at` is where that is.
        minutes: Of each of its people.
        days: On which it may be planned, in order.
        needs: How many people do it together.
    """

    id: int
    members: tuple[int, ...]
    site: str
    site_name: Text
    place: Text
    at: Point
    rule: str
    day: date
    days: tuple[date, ...]
    opens_at: datetime
    due_at: datetime
    state: str
    minutes: int
    needs: int
    priority: int
    people: tuple[str, ...]
    reason: Text | None
    pinned: bool
    hidden: bool
    uncovered: Uncovered | None

    @property
    def is_open(self) -> bool:
        """Whether it may still be given to somebody else."""
        return self.state == "scheduled"


@dataclass(frozen=True)
class Standing:
    """
    The plan as checks, and as the values of the solver.

    Attributes:
        problem: One task for each check, named by the id of the check.
        ways: Between the places of the checks.
    """

    checks: tuple[Check, ...]
    problem: AssignmentProblem
    plan: AssignmentPlan
    ways: Ways

    def check_of(self, occurrence_id: int) -> Check | None:
        """Return the check that serves the occurrence."""
        return next((one for one in self.checks if occurrence_id in one.members), None)


@dataclass(frozen=True, slots=True)
class _Held:
    people: tuple[str, ...]
    reason: Text | None
    pinned: bool


_NOBODY = _Held((), None, pinned=False)


def standing(
    session: Session, organisation: Organisation, rulebook: RuleBook, days: Days, *, now: datetime
) -> Standing:
    """Return the plan of *days*, in the order of due times."""
    organisation = around(organisation, days.sites)
    rows = {row.id: row for row in _rows(session, organisation, days, now)}
    held = _held(session, organisation.id, days, tuple(rows))
    current = {id_: held[id_].people for id_ in rows if id_ in held}
    stored = problem_of(
        session,
        organisation,
        rulebook,
        rows,
        (current, frozenset()),
        days=(days.since, days.until),
        now=now,
    )
    told = (_told(task, rows, held) for task in stored.problem.tasks)
    whole = joined(replace(stored.problem, tasks=tuple(told)))
    names = target_names(session, [_target(row) for row in rows.values()])
    checks = tuple(
        _check(task, whole.members.get(task.id, (task.id,)), rows, held, names, now)
        for task in whole.problem.tasks
    )
    assigned = tuple(
        Assigned(str(one.id), one.people, one.reason or one.place, one.day)
        for one in checks
        if one.people
    )
    return Standing(checks, whole.problem, AssignmentPlan(assigned, ()), stored.ways)


def around(organisation: Organisation, sites: Collection[str]) -> Organisation:
    """
    Return what *sites* need of the organisation; all of it where none are named.

    These are the sites, whoever works there, and the other sites at which those work.
    """
    if not sites:
        return organisation
    people = tuple(one for one in organisation.people if not set(sites).isdisjoint(one.sites))
    keys = {*sites, *(key for one in people for key in one.sites)}
    kept = tuple(site for site in organisation.sites if site.id in keys)
    return organisation.model_copy(update={"sites": kept, "people": people})


def unseen(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an occurrence may not be known yet."""
    return OccurrenceRow.hidden_until > now


def _rows(session: Session, organisation: Organisation, days: Days, now: datetime) -> Iterable[Any]:
    query: Any = (
        select(
            OccurrenceRow.id,
            OccurrenceRow.opens_at,
            OccurrenceRow.due_at,
            OccurrenceRow.closes_at,
            OccurrenceRow.planned_on,
            OccurrenceRow.state,
            OccurrenceRow.priority,
            OccurrenceRow.hidden_until,
            OccurrenceRow.uncovered_code,
            OccurrenceRow.uncovered,
            OccurrenceRow.helps,
            OccurrenceRow.site_id,
            DutyRow.rule,
            DutyRow.target_kind,
            DutyRow.target,
            SiteRow.key.label("site"),
            SiteRow.name.label("site_name"),
        )
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(DutyRow.organisation_id == organisation.id, OccurrenceRow.state.not_in(_NEVER))
        .where(OccurrenceRow.planned_on >= days.since, OccurrenceRow.planned_on <= days.until)
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )
    if days.sites:
        on_days = (OccurrenceRow.planned_on >= days.since, OccurrenceRow.planned_on <= days.until)
        query = query.where(there_or_theirs(organisation, days.sites, *on_days))
    if not days.hidden:
        query = query.where(or_(OccurrenceRow.hidden_until.is_(None), ~unseen(now)))
    return session.execute(query)


def _held(
    session: Session, organisation_id: str, days: Days, wanted: tuple[int, ...]
) -> Mapping[int, _Held]:
    query = (
        select(AssignmentRow.occurrence_id, PersonRow.key, AssignmentRow.reason)
        .add_columns(AssignmentRow.pinned)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .order_by(PersonRow.key)
    )
    if len(wanted) < MOST_NAMED:
        query = query.where(AssignmentRow.occurrence_id.in_(wanted))
    else:  # More than a database takes in one question.
        query = query.join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id).where(
            PersonRow.organisation_id == organisation_id,
            OccurrenceRow.planned_on >= days.since,
            OccurrenceRow.planned_on <= days.until,
        )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row.occurrence_id].append(row)
    return {
        id_: _Held(tuple(row.key for row in rows), rows[0].reason, any(row.pinned for row in rows))
        for id_, rows in found.items()
    }


def _told(task: Task, rows: Mapping[int, Any], held: Mapping[int, _Held]) -> Task:
    """Let only tasks that the same people do on the same day be one check."""
    if not task.inspection:
        return task
    mine, day = held.get(int(task.id), _NOBODY), rows[int(task.id)].planned_on
    parts = (task.inspection, day.isoformat(), *mine.people, str(mine.pinned))
    return replace(task, inspection="|".join(parts))


def _check(  # noqa: PLR0913, PLR0917 (the parts of one check)
    task: Task,
    members: tuple[str, ...],
    rows: Mapping[int, Any],
    held: Mapping[int, _Held],
    names: Mapping[Target, Text],
    now: datetime,
) -> Check:
    row, mine = rows[int(task.id)], held.get(int(task.id), _NOBODY)
    return Check(
        id=row.id,
        members=tuple(int(one) for one in members),
        site=row.site,
        site_name=row.site_name,
        place=names[_target(row)],
        at=Point(task.site, task.place),
        rule=row.rule,
        day=row.planned_on,
        days=task.choices,
        opens_at=task.opens_at,
        due_at=task.due_at,
        state=state_at(row.state, row.closes_at, now),
        minutes=task.minutes,
        needs=task.people,
        priority=task.priority,
        people=mine.people,
        reason=mine.reason,
        pinned=mine.pinned,
        hidden=row.hidden_until is not None and row.hidden_until > now,
        uncovered=_uncovered(row) if not mine.people else None,
    )


def _uncovered(row: Any) -> Uncovered | None:
    if row.uncovered_code is None or row.state != "scheduled":
        return None
    helps: Iterator[Text] = (Text(**one) for one in row.helps or ())
    return Uncovered(row.uncovered_code, row.uncovered, tuple(helps))


def _target(row: Any) -> Target:
    return (row.site_id, row.target_kind, row.target)
