"""Assign people to occurrences and store who, why, or why nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from inspections.assignment_problem import StoredProblem, stored_problem
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from inspections.plan_changes import PlanChanges, Reassignment
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.problem import Assigned, AssignmentPlan, Uncovered
from scheduler.assignment.solver import assign
from scheduler.assignment.together import joined, told_apart

Progress = Callable[[str, int, int], None]
_OCCURRENCE: Any = OccurrenceRow.__table__
_ASSIGNMENT: Any = AssignmentRow.__table__


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
    """

    span: tuple[datetime, datetime]
    now: datetime
    seed: int
    seconds: float
    run_id: int
    changes: PlanChanges
    progress: Progress


@dataclass(frozen=True)
class AssignmentOutcome:
    """How many occurrences have people, and those that have none."""

    assigned: int = 0
    uncovered: tuple[UncoveredOccurrence, ...] = ()


def assign_people(
    session: Session, organisation: Organisation, rulebook: RuleBook, how: Assigning
) -> AssignmentOutcome:
    """Solve and store the assignment of all open occurrences of the span."""
    stored = stored_problem(session, organisation, rulebook, span=how.span, now=how.now)
    inspections = joined(stored.problem)
    by_inspection = assign(
        inspections.problem,
        seconds=how.seconds,
        seed=how.seed,
        progress=lambda done, total, *_: how.progress("assign", done, total),
    )
    solved = told_apart(by_inspection, inspections.members)
    _store_people(session, organisation.id, stored, solved, how)
    _store_days(session, stored, solved)
    return AssignmentOutcome(
        len(solved.assignments), tuple(_uncovered(each) for each in solved.uncovered)
    )


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


def _uncovered(each: Uncovered) -> UncoveredOccurrence:
    return UncoveredOccurrence(int(each.task), each.code, each.reason, each.helps)


_NOBODY = Text(zh="没有可派人员", en="nobody is available")
