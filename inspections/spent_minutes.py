"""Minutes that people already worked today: a plan made in the day must not give them out again."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.assignment_problem import Tasks, occurrence_rows
from inspections.lookup import site_ids
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from scheduler.assignment.problem import AssignmentProblem
from scheduler.assignment.together import joined


def spent_minutes(
    session: Session, organisation: Organisation, rulebook: RuleBook, *, now: datetime
) -> Mapping[tuple[str, date], int]:
    """
    Return the minutes of tasks done today, by those who were to do them and the day.

    At the sites that *organisation* has.
    """
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    done = (OccurrenceRow.state.in_(("done", "late")), OccurrenceRow.planned_on == today)
    here = OccurrenceRow.site_id.in_(site_ids(session, organisation))
    rows = occurrence_rows(session, organisation.id, *done, here).all()
    people = _people(session, [row.id for row in rows])
    tasks = tuple(Tasks(organisation, rulebook, now).of(rows))
    spent: defaultdict[tuple[str, date], int] = defaultdict(int)
    # One inspection that served several duties took its time once.
    for task in joined(AssignmentProblem(tasks, ())).problem.tasks:
        for person in people[int(task.id)]:
            spent[person, today] += task.minutes
    return spent


def _people(session: Session, occurrences: list[int]) -> Mapping[int, list[str]]:
    query = (
        select(AssignmentRow.occurrence_id, PersonRow.key)
        .join(PersonRow)
        .where(AssignmentRow.occurrence_id.in_(occurrences))
        .order_by(PersonRow.key)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in session.execute(query):
        found[row.occurrence_id].append(row.key)
    return found
