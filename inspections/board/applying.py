"""Write one step into the record, before the plan is made anew around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspections.assignment_problem import is_open
from inspections.board.standing import Check, Days, Standing, standing
from inspections.board.stands import Holder, Stand, put_stand
from inspections.board.steps import Again, Away, Give, Release, Step
from inspections.edit_records import note_edits
from inspections.editing import Editor
from inspections.edits import Absences, absent
from inspections.errors import NotFound, WrongState
from inspections.importing import import_absences
from inspections.lookup import person_name
from inspections.models import AssignmentRow, OccurrenceRow, PersonRow, SiteRow
from inspections.states import STATE_NAMES
from rules.organisation.model import DateSpan, Organisation, Person
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.eligibility import stopped_by
from scheduler.assignment.problem import Task, Worker
from scheduler.assignment.wording import stop_text

_CHECK = Text(zh="应检任务", en="check")
_PERSON = Text(zh="人员", en="person")


@dataclass(frozen=True)
class Applied:
    """
    What writing a step came to.

    Attributes:
        breaches: Hard rules that it would break; nothing was written where there are any.
        people: Whose minutes and clock must be looked at once the plan is made.
        left: Checks that somebody away had begun; they stay as they are.
        days: Those on which the plan may change; nothing for all of them.
        data: What is needed to take it back, beside how occurrences stood.
    """

    breaches: tuple[Text, ...] = ()
    people: tuple[str, ...] = ()
    left: tuple[int, ...] = ()
    days: frozenset[date] | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Planner:
    """The record with who plans in it, and when."""

    session: Session
    organisation: Organisation
    rulebook: RuleBook
    desk: Editor
    now: datetime

    @property
    def today(self) -> date:
        """The present day of the organisation."""
        return self.now.astimezone(ZoneInfo(self.organisation.time_zone)).date()

    def ids(self) -> dict[str, int]:
        """Return the row ids of all people by key."""
        query = select(PersonRow.key, PersonRow.id)
        mine = query.filter_by(organisation_id=self.organisation.id)
        return {row.key: row.id for row in self.session.execute(mine)}


def apply_step(planner: Planner, step: Step) -> Applied:
    """
    Write *step*; where it would break a hard rule, only say so.

    Raises:
        NotFound: If it names what is not there, or is out of scope.
        WrongState: If the check was begun or is over.
    """
    match step:
        case Give():
            return _give(planner, step)
        case Release():
            return _release(planner, step)
        case Away():
            return _away(planner, step)
        case Again():
            return Applied()


def check_in_scope(planner: Planner, occurrence_id: int) -> tuple[Standing, Check]:
    """
    Return the check that serves an occurrence, with the plan of its day.

    Raises:
        NotFound: If there is none, or it is out of scope.
    """
    query = (
        select(OccurrenceRow.planned_on, SiteRow.key)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(OccurrenceRow.id == occurrence_id)
        .where(SiteRow.organisation_id == planner.organisation.id)
    )
    row = planner.session.execute(query).one_or_none()
    if row is not None:
        day = row.planned_on
        days = Days(day, day, (row.key,), hidden=sees_hidden(planner.desk))
        found = standing(
            planner.session, planner.organisation, planner.rulebook, days, now=planner.now
        )
        check = found.check_of(occurrence_id)
        if check is not None and planner.desk.sees(check.site):
            return found, check
    raise NotFound(_CHECK, occurrence_id)


def sees_hidden(desk: Editor) -> bool:
    """Tell whether checks drawn at random are shown before they may be known."""
    return desk.role in {"administrator", "safety-officer"}


def _give(planner: Planner, step: Give) -> Applied:
    found, check = check_in_scope(planner, step.occurrence)
    _still_open(check, Text(zh="改派", en="giving it to somebody"))
    workers = {worker.id: worker for worker in found.problem.workers}
    people = tuple(sorted(dict.fromkeys(step.people)))
    for person in people:
        if person not in workers:
            raise NotFound(_PERSON, person)
    task = next(one for one in found.problem.tasks if one.id == str(check.id))
    breaches = tuple(_breaches(found, task, [workers[one] for one in people], step.day, check))
    if breaches:
        return Applied(breaches)
    by = person_name(planner.session, planner.organisation.id, planner.desk.by)
    reason = Text(zh=f"由{by.zh}指定", en=f"chosen by {by.en}")
    holders = tuple(Holder(one, pinned=True, reason=reason, run=None) for one in people)
    ids = planner.ids()
    for member in check.members:
        put_stand(planner.session, member, Stand(holders, step.day), ids, now=planner.now)
    return Applied(people=people, days=frozenset({check.day, step.day}))


def _breaches(
    found: Standing, task: Task, people: list[Worker], day: date, check: Check
) -> Iterator[Text]:
    if len(people) != task.people:
        yield Text(
            zh=f"该项检查需要 {task.people} 人，选了 {len(people)} 人",
            en=f"the check needs {task.people} people, and {len(people)} are chosen",
        )
    if day not in (*check.days, check.day):
        allowed = (check.days[0].isoformat(), check.days[-1].isoformat())
        yield Text(
            zh=f"只能排在 {allowed[0]} 至 {allowed[1]} 的开放日",
            en=f"it may be planned on opening days from {allowed[0]} to {allowed[1]} only",
        )
    for worker in people:
        if task.site not in worker.sites:
            yield Text(
                zh=f"{worker.name.zh}不属于该场所",
                en=f"{worker.name.en} does not belong to the site",
            )
            continue
        code = stopped_by(task, worker, day)
        if code:
            why = stop_text(code, task, found.problem.titles)
            yield Text(zh=f"{worker.name.zh}{why.zh}", en=f"{worker.name.en} is {why.en}")


def _release(planner: Planner, step: Release) -> Applied:
    _found, check = check_in_scope(planner, step.occurrence)
    _still_open(check, Text(zh="取消固定", en="releasing it"))
    _unpin(planner.session, check.members)
    return Applied(days=frozenset({check.day}))


def _away(planner: Planner, step: Away) -> Applied:
    person = next((one for one in planner.organisation.people if one.id == step.person), None)
    if person is None or not any(map(planner.desk.sees, person.sites)):
        raise NotFound(_PERSON, step.person)
    since = max(step.since, planner.today)
    span = DateSpan(since=since, until=max(step.until, since), reason=_both(step.reason))
    absences = (*(one for one in person.absences if one.since != span.since), span)
    edited = absent(planner.organisation, Absences(person.id, absences))
    import_absences(planner.session, edited, person.id, now=planner.now, by=planner.desk.by)
    note_edits(planner.session, planner.organisation, edited, by=planner.desk.by, now=planner.now)
    mine = _theirs(planner, person, span)
    _unpin(planner.session, [row.occurrence_id for row in mine if row.pinned])
    return Applied(
        left=tuple(row.occurrence_id for row in mine if row.state == "in_progress"),
        days=frozenset(_each_day(span)),
        data={"span": _plain(span), "absences": [_plain(one) for one in person.absences]},
    )


def _theirs(planner: Planner, person: Person, span: DateSpan) -> list[Any]:
    query = (
        select(AssignmentRow.occurrence_id, AssignmentRow.pinned, OccurrenceRow.state)
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .where(AssignmentRow.person_id == planner.ids()[person.id], is_open(planner.now))
        .where(OccurrenceRow.planned_on >= span.since, OccurrenceRow.planned_on <= span.until)
    )
    return list(planner.session.execute(query))


def _unpin(session: Session, occurrences: Any) -> None:
    if occurrences:
        mine = AssignmentRow.occurrence_id.in_(tuple(occurrences))
        session.execute(update(AssignmentRow).where(mine).values(pinned=False))


def _still_open(check: Check, step: Text) -> None:
    if not check.is_open:
        raise WrongState(step=step, state=STATE_NAMES[check.state])


def _each_day(span: DateSpan) -> Iterator[date]:
    for number in range((span.until - span.since).days + 1):
        yield span.since + timedelta(days=number)


def _plain(span: DateSpan) -> dict[str, Any]:
    return span.model_dump(mode="json", by_alias=True)


def _both(words: str) -> Text:
    return Text(zh=words, en=words)
