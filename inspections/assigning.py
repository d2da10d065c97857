"""Assign people to occurrences and store who, why, or why nobody."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from inspections.assignment_problem import StoredProblem, stored_problem
from inspections.models import AssignmentRow, OccurrenceRow, PastAssignmentRow, PersonRow
from inspections.plan_changes import PlanChanges, Reassignment
from inspections.spent_minutes import spent_minutes
from inspections.walks.on_the_way import minutes_on_the_way
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.problem import (
    Assigned,
    AssignmentPlan,
    AssignmentProblem,
    Uncovered,
)
from scheduler.assignment.replan import replan
from scheduler.assignment.solver import assign
from scheduler.assignment.together import joined, told_apart

Progress = Callable[[str, int, int], None]
_OCCURRENCE: Any = OccurrenceRow.__table__
_ASSIGNMENT: Any = AssignmentRow.__table__
_PAST: Any = PastAssignmentRow.__table__


@dataclass(frozen=True)
class UncoveredOccurrence:
    """An occurrence that nobody can do, and why; `helps` would cover it."""

    occurrence_id: int
    code: str
    reason: Text
    helps: tuple[Text, ...]


@dataclass(frozen=True)
class Assigning:
    """
    What an assignment needs beside session, organisation and rule book.

    Attributes:
        span: First instant of the horizon and first one after it.
        seconds: The solver's limit.
        within: Where given, only these days may change, and as little as possible on them.
        sites: Keys of the sites that are planned; empty means all.
    """

    span: tuple[datetime, datetime]
    now: datetime
    seed: int
    seconds: float
    run_id: int
    changes: PlanChanges
    progress: Progress
    within: frozenset[date] | None = None
    sites: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AssignmentOutcome:
    """
    How many occurrences have people, and those that have none.

    Attributes:
        is_least: Whether it is proved that as much cannot be covered with fewer changes; nothing
            where the plan was not asked to change as little as possible.
        gap: What part of its points another plan could save at most, as is proved; nothing where
            the plan was asked to change as little as possible, or nothing is proved.
    """

    assigned: int = 0
    uncovered: tuple[UncoveredOccurrence, ...] = ()
    is_least: bool | None = None
    gap: float | None = None


def assign_people(
    session: Session, organisation: Organisation, rulebook: RuleBook, how: Assigning
) -> AssignmentOutcome:
    """
    Solve and store the assignment of the open occurrences of the span.

    Where some sites alone are planned, *organisation* has these, their people, and the other sites
    at which those work: what they have there takes their time and stays.
    """
    stored = stored_problem(
        session, organisation, rulebook, span=how.span, now=how.now, sites=how.sites
    )
    spent = Counter(spent_minutes(session, organisation, rulebook, now=how.now))
    if how.within is None:
        # A change in the day leaves what stands alone, even where ways make the day too long.
        spent.update(minutes_on_the_way(stored.problem, stored.ways))
    inspections = joined(replace(stored.problem, spent=spent))
    by_inspection, is_least = _solved(inspections.problem, how)
    solved = _planned_here(told_apart(by_inspection, inspections.members), stored, how)
    stored = stored.at(how.sites)
    _store_people(session, organisation.id, stored, solved, how)
    _store_days(session, stored, solved)
    return AssignmentOutcome(
        len(solved.assignments),
        tuple(_uncovered(each, stored.rows[int(each.task)], how.now) for each in solved.uncovered),
        is_least,
        by_inspection.gap,
    )


def _solved(problem: AssignmentProblem, how: Assigning) -> tuple[AssignmentPlan, bool | None]:
    """Return the plan, and whether it is proved to change least where that was asked for."""
    if how.within is not None:
        again = replan(problem, days=how.within, seconds=how.seconds)
        return again.plan, again.is_least
    plan = assign(
        problem,
        seconds=how.seconds,
        seed=how.seed,
        progress=lambda done, total, *_: how.progress("assign", done, total),
    )
    return plan, None


def _planned_here(plan: AssignmentPlan, stored: StoredProblem, how: Assigning) -> AssignmentPlan:
    """Return *plan* without what people have at sites that are not planned."""
    if not how.sites:
        return plan
    return replace(
        plan,
        assignments=tuple(e for e in plan.assignments if stored.site_of(e.task) in how.sites),
        uncovered=tuple(e for e in plan.uncovered if stored.site_of(e.task) in how.sites),
    )


def is_hidden(row: Any, now: datetime) -> bool:
    """Tell whether nobody may know yet when the occurrence falls."""
    return row.hidden_until is not None and row.hidden_until > now


def _store_people(
    session: Session,
    organisation_id: str,
    stored: StoredProblem,
    solved: AssignmentPlan,
    how: Assigning,
) -> None:
    ids = _person_ids(session, organisation_id)
    after = {int(each.task): each for each in solved.assignments}
    gone = [id_ for id_, who in stored.current.items() if _people(after.get(id_)) != who]
    if gone:
        statement = delete(_ASSIGNMENT).where(_ASSIGNMENT.c.occurrence_id == bindparam("gone"))
        session.connection().execute(statement, [{"gone": id_} for id_ in gone])
    handed_over = [
        {"occurrence_id": id_, "person_id": ids[person], "ended_at": how.now}
        for id_ in gone
        for person in stored.current[id_]
        if person not in _people(after.get(id_))
    ]
    if handed_over:
        # Their calendars show it as cancelled for a while.
        session.connection().execute(insert(_PAST), handed_over)
    rows = [
        {
            "occurrence_id": id_,
            "person_id": ids[person],
            "reason": each.reason,
            "pinned": False,
            "plan_run_id": how.run_id,
        }
        for id_, each in after.items()
        if _people(each) != stored.current.get(id_)
        for person in each.people
    ]
    if rows:
        session.connection().execute(insert(_ASSIGNMENT), rows)
    for id_ in gone:
        if is_hidden(stored.rows[id_], how.now):
            how.changes.count_only("reassigned")
        else:
            _note(stored, after.get(id_), id_, how.changes)


def _note(
    stored: StoredProblem, assigned: Assigned | None, occurrence_id: int, changes: PlanChanges
) -> None:
    row = stored.rows[occurrence_id]
    reason = assigned.reason if assigned else _NOBODY
    before, after = stored.current[occurrence_id], _people(assigned)
    changes.note(
        "reassigned",
        Reassignment(occurrence_id, row.rule, row.due_at, before, after, reason),
    )


def _store_days(session: Session, stored: StoredProblem, solved: AssignmentPlan) -> None:
    days = [
        {"row_id": int(each.task), "new_day": each.day}
        for each in solved.assignments
        if stored.rows[int(each.task)].planned_on != each.day
    ]
    covered = [
        {"row_id": int(each.task)}
        for each in solved.assignments
        if stored.rows[int(each.task)].uncovered_code is not None
    ]
    reasons = [
        {
            "row_id": int(each.task),
            "new_code": each.code,
            "new_reason": each.reason,
            "new_helps": [{"zh": text.zh, "en": text.en} for text in each.helps],
        }
        for each in solved.uncovered
    ]
    one = update(_OCCURRENCE).where(_OCCURRENCE.c.id == bindparam("row_id"))
    later: dict[str, Any] = {
        "uncovered_code": bindparam("new_code"),
        "uncovered": bindparam("new_reason"),
        "helps": bindparam("new_helps"),
    }
    nothing: dict[str, None] = dict.fromkeys(later)
    for statement, rows in (
        (one.values(planned_on=bindparam("new_day")), days),
        (one.values(**nothing), covered),
        (one.values(**later), reasons),
    ):
        if rows:
            session.connection().execute(statement, rows)


def _person_ids(session: Session, organisation_id: str) -> dict[str, int]:
    query = select(PersonRow.key, PersonRow.id).filter_by(organisation_id=organisation_id)
    return {row.key: row.id for row in session.execute(query)}


def _people(assigned: Assigned | None) -> tuple[str, ...]:
    return tuple(sorted(assigned.people)) if assigned else ()


def _uncovered(each: Uncovered, row: Any, now: datetime) -> UncoveredOccurrence:
    if is_hidden(row, now):
        # The reason names days.
        return UncoveredOccurrence(int(each.task), each.code, _SURPRISE, ())
    return UncoveredOccurrence(int(each.task), each.code, each.reason, each.helps)


_SURPRISE = Text(
    zh="不通知的检查，开始前不显示原因",
    en="a surprise check; its reason is shown when it begins",
)
_NOBODY = Text(zh="没有可派人员", en="nobody is available")
