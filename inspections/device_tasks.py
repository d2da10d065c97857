"""A person's tasks for task apps, and what a tick there means."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.answers import AnswerGiven
from inspections.app_passwords import Caller
from inspections.device_clock import server_clock
from inspections.errors import NotFound, NotYetOpen, Refused
from inspections.lookup import work_calendar
from inspections.messages.matters import Asked, Matter, matters
from inspections.models import (
    AssignmentRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from inspections.occurrence_log import append
from inspections.outcomes import refuse_unless
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.reported import reported_done
from inspections.rounds.names import target_names
from inspections.rules_in_force import checklist_for, rule_behind
from rules.rulebook import RuleBook
from rules.text import Text

# So long a finished task is still shown as finished.
RECENT = timedelta(days=7)
Outcome = Literal["performed", "reported", "unchanged"]
_TASK = Text(zh="任务", en="task")


class NotByTick(Refused):
    """Some things are not done by a tick, and what is done is not undone by one."""

    code = "not-by-tick"

    def __init__(self, text: Text) -> None:
        super().__init__(text)


@dataclass(frozen=True)
class DeviceTask:
    """
    A task as a task app shows it.

    Attributes:
        key: `occurrence-12`; stable.
        changed_at: When it last changed.
        done: Whether it was performed; not when it is only said to be.
    """

    key: str
    matter: Matter
    changed_at: datetime
    done: bool


def device_tasks(
    session: Session, rulebook: RuleBook, caller: Caller, *, now: datetime
) -> tuple[DeviceTask, ...]:
    """Return the caller's tasks: open ones that opened, and those finished in the last week."""
    person = caller.account.person
    if person is None:
        return ()
    asked = Asked(caller.account.organisation, [person])
    mine = [
        matter
        for matter in matters(session, rulebook, asked, now=now).get(person, [])
        if matter.about.startswith("occurrence/") and matter.opens_at <= now
    ]
    done = _finished(session, rulebook, caller, now)
    changed = _changed(session, [_number(one) for one in (*mine, *done)])
    return tuple(
        DeviceTask(
            key=matter.about.replace("/", "-"),
            matter=matter,
            changed_at=changed.get(_number(matter), matter.opens_at),
            done=matter.state in {"done", "late"},
        )
        for matter in (*mine, *done)
    )


def tick(
    session: Session, rulebook: RuleBook, caller: Caller, key: str, *, now: datetime
) -> Outcome:
    """
    Take a tick: where the rule needs no evidence it is performed, else only said to be done.

    Raises:
        NotFound: If the caller has no such task.
        WrongState: If it was excused or cancelled.
        NotYetOpen: If its window has not begun.
        Refused: If the rule bars the caller from doing it.
    """
    row, person = _mine(session, caller, key)
    if row.state in {"done", "late"} or row.id in reported_done(session, [row.id]):
        return "unchanged"
    refuse_unless(
        row, {"scheduled", "in_progress", "missed"}, Text(zh="报完成", en="reporting it done")
    )
    if row.hidden_until is not None and now < row.hidden_until:
        raise NotFound(_TASK, key)
    if now < row.opens_at:
        site = session.get_one(SiteRow, row.site_id)
        raise NotYetOpen(row.opens_at.astimezone(work_calendar(session, site).zone))
    if needs_evidence(session, rulebook, row):
        data = {"device": caller.device}
        append(session, row, "reported", at=now, recorded_at=now, by=person, data=data)
        return "reported"
    _perform(session, rulebook, row, person, caller.device, now)
    return "performed"


def untick(session: Session, caller: Caller, key: str, *, now: datetime) -> Outcome:
    """
    Take back that it is said to be done.

    Raises:
        NotFound: If the caller has no such task.
        NotByTick: If it was performed: a record does not change.
    """
    row, person = _mine(session, caller, key)
    if row.state in {"done", "late"}:
        raise NotByTick(
            Text(
                zh="该任务已有检查记录，不能在手机上改回未完成。如需更正，请在巡检中另作记录。",
                en="This task has a record and cannot be set back on a phone. "
                "Please make a new record in Xunjian to correct it.",
            )
        )
    if row.id not in reported_done(session, [row.id]):
        return "unchanged"
    data = {"device": caller.device}
    append(session, row, "report-withdrawn", at=now, recorded_at=now, by=person, data=data)
    return "reported"


def needs_evidence(session: Session, rulebook: RuleBook, row: OccurrenceRow) -> bool:
    """Tell whether a tick cannot be enough: a checklist, evidence, or a rule that is gone."""
    found = rule_behind(session, rulebook, row)
    return found is None or bool(found.version.evidence or found.version.checklist)


def _perform(  # noqa: PLR0913, PLR0917 (internal, called once)
    session: Session,
    rulebook: RuleBook,
    row: OccurrenceRow,
    person: str,
    device: str,
    now: datetime,
) -> None:
    # One tick sent twice stays one record.
    inspection = str(uuid5(NAMESPACE_URL, f"xunjian:tick/{row.id}/{person}"))
    clock = server_clock(now)
    start_inspection(
        session, rulebook, inspection_id=inspection, occurrence_id=row.id, by=person, clock=clock
    )
    (item,) = checklist_for(rulebook, rule_behind(session, rulebook, row)).items
    answers = {item.id: AnswerGiven("pass")}
    record_answers(session, rulebook, inspection_id=inspection, answers=answers, clock=clock)
    note = f"在“{device}”上勾选完成 / Ticked on “{device}”"
    finish_inspection(session, rulebook, inspection_id=inspection, clock=clock, note=note)


def _mine(session: Session, caller: Caller, key: str) -> tuple[OccurrenceRow, str]:
    kind, _, number = key.partition("-")
    person = caller.account.person
    if kind != "occurrence" or not number.isdecimal() or len(number) > 18 or person is None:
        raise NotFound(_TASK, key)
    query = (
        select(OccurrenceRow)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(OccurrenceRow.id == int(number), PersonRow.key == person)
        .where(PersonRow.organisation_id == caller.account.organisation)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(_TASK, key)
    return row, person


def _finished(session: Session, rulebook: RuleBook, caller: Caller, now: datetime) -> list[Matter]:
    row = OccurrenceRow
    query = (
        select(row, DutyRow, SiteRow)
        .join(DutyRow, DutyRow.id == row.duty_id)
        .join(SiteRow, SiteRow.id == row.site_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == row.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == caller.account.organisation)
        .where(PersonRow.key == caller.account.person)
        .where(row.state.in_(("done", "late")), row.due_at >= now - RECENT, row.opens_at <= now)
        .order_by(row.due_at, row.id)
    )
    rows = session.execute(query).all()
    targets = [(one.site_id, duty.target_kind, duty.target) for one, duty, _ in rows]
    names = target_names(session, targets)
    found = []
    for (occurrence, duty, site), target in zip(rows, targets, strict=True):
        rule = rulebook.rules.get(duty.rule)
        found.append(
            Matter(
                about=f"occurrence/{occurrence.id}",
                path=f"/occurrences/{occurrence.id}",
                site=site.key,
                title=rule.title if rule else Text(zh=duty.rule, en=duty.rule),
                place=names[target],
                opens_at=occurrence.opens_at,
                due_at=occurrence.due_at,
                state=occurrence.state,
                clause=rulebook.clause_text(rule) if rule else None,
            )
        )
    return found


def _changed(session: Session, occurrences: list[int]) -> dict[int, datetime]:
    event = OccurrenceEventRow
    query = select(event.occurrence_id, func.max(event.recorded_at))
    query = query.where(event.occurrence_id.in_(occurrences)).group_by(event.occurrence_id)
    return dict(row for row in session.execute(query))


def _number(matter: Matter) -> int:
    return int(matter.about.partition("/")[2])
