"""Record an inspection: start it, answer its items, finish it. Every step can be sent twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.answers import (
    AnswerGiven,
    Judged,
    answers_of,
    check_answers,
    check_complete,
    checklist_of,
    write_answers,
)
from inspections.device_clock import DeviceClock
from inspections.drills.from_inspection import report_from_inspection
from inspections.errors import ExcludedPerson, NotFound, NotYetOpen, RecordClosed
from inspections.lookup import duty_of, existing, person_by_key, work_calendar
from inspections.models import AnswerRow, FindingRow, InspectionRow, OccurrenceRow, SiteRow
from inspections.occurrence_log import append, log_of
from inspections.reactions import react_to
from inspections.reactions.answer_events import answer_happenings
from inspections.record_digest import record_digest
from inspections.rules_in_force import RuleInForce, checklist_for, rule_behind
from inspections.served_together import served_together
from inspections.states import OccurrenceEvent
from inspections.target import EXCLUDED_ROLES, target_of
from rules.checklist import Checklist
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class RunningInspection:
    """
    An opened inspection with the checklist it is pinned to.

    Attributes:
        make_up: Whether the occurrence had closed before; it stays missed.
    """

    id: str
    occurrence_id: int
    checklist: Checklist
    make_up: bool


@dataclass(frozen=True)
class FinishedInspection:
    """
    What a finished inspection came to.

    Attributes:
        findings: Ids of the findings it opened.
        digest: SHA-256 of the record, echoed to the device.
    """

    id: str
    occurrence_state: str
    findings: tuple[int, ...]
    digest: str


def start_inspection(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    inspection_id: str,
    occurrence_id: int,
    by: str,
    clock: DeviceClock,
    checklist: Checklist | None = None,
) -> RunningInspection:
    """
    Open an inspection of an occurrence under an id made by the client.

    It is pinned to *checklist*, the version that was answered, else to the one of today.

    Raises:
        NotYetOpen: If its window has not begun at the corrected time.
        NotFound: If it is not there, or comes as a surprise that has not begun.
        ExcludedPerson: If the rule bars *by*, for example as the maintainer.
        RecordClosed: If the id belongs to another inspection.
    """
    known = session.get(InspectionRow, inspection_id)
    if known is not None:
        return _known(known, occurrence_id, by)
    occurrence = existing(session, OccurrenceRow, occurrence_id)
    if occurrence.hidden_until is not None and clock.at < occurrence.opens_at:
        # To say when it opens would tell when the surprise comes.
        raise NotFound(Text(zh="应检任务", en="occurrence"), occurrence_id)
    if clock.at < occurrence.opens_at:
        site = existing(session, SiteRow, occurrence.site_id)
        raise NotYetOpen(occurrence.opens_at.astimezone(work_calendar(session, site).zone))
    found = rule_behind(session, rulebook, occurrence)
    _refuse_excluded(session, occurrence, found, by)
    row = InspectionRow(
        id=inspection_id,
        occurrence_id=occurrence_id,
        checklist=(checklist or checklist_for(rulebook, found)).model_dump(mode="json"),
        started_at=clock.at,
        by=by,
        make_up=clock.at > occurrence.closes_at,
    )
    _set_clock(row, clock)
    session.add(row)
    session.flush()
    if not row.make_up:
        _log(session, occurrence, "started", row, clock)
    return _running(row)


def record_answers(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    inspection_id: str,
    answers: Mapping[str, AnswerGiven],
    clock: DeviceClock,
    last: dict[str, AnswerRow] | None = None,
) -> tuple[Judged, ...]:
    """
    Write the answers to some items and apply what follows: a finding for each that fails, and more.

    A changed answer is a further attempt beside the earlier one; an equal one writes nothing.
    *last* holds the last attempts where the caller has read them, and takes up those written now.

    Raises:
        InputInvalid: If any answer has the wrong type or no item; then nothing is written.
        RecordClosed: If the inspection is finished and the answers are not those it holds.
    """
    row = existing(session, InspectionRow, inspection_id)
    check_answers(row, answers)
    if row.finished_at is not None:
        _refuse_change(session, row, answers)
    occurrence = existing(session, OccurrenceRow, row.occurrence_id)
    # Nothing of what is read here is written with answers, which are written together later.
    with session.no_autoflush:
        target = target_of(session, duty_of(session, occurrence))
    if last is None:
        last = answers_of(session, row)
    judged = write_answers(session, row, answers, last=last, facts=target.facts, at=clock.at)
    if any(answer.is_new for answer in judged):
        react_to(
            session,
            rulebook,
            list(answer_happenings(session, rulebook, row, judged, at=clock.at)),
            organisation_id=target.site.organisation_id,
            now=clock.at,
            by=row.by,
        )
        _set_clock(row, clock)
    return judged


def finish_inspection(
    session: Session,
    rulebook: RuleBook,
    *,
    inspection_id: str,
    clock: DeviceClock,
    note: str | None = None,
) -> FinishedInspection:
    """
    Close the record and let the occurrence's state follow from when it was done.

    Other occurrences that the same inspection serves are performed with it, and so are those of
    the drill whose report it is.

    A record whose time lies in the window recovers an occurrence that the sweep had marked
    missed; one that lies after it is a make-up check, and missed stays missed.

    Raises:
        InputInvalid: If a required item has no answer.
    """
    row = existing(session, InspectionRow, inspection_id)
    occurrence = existing(session, OccurrenceRow, row.occurrence_id)
    if row.finished_at is None:
        answers = answers_of(session, row)
        check_complete(row, answers)
        row.finished_at, row.note = clock.at, note
        row.make_up = clock.at > occurrence.closes_at
        _set_clock(row, clock)
        row.digest = record_digest(row, answers)
        _log_performance(session, occurrence, row, clock)
        for other in served_together(session, rulebook, occurrence, by=row.by, at=clock.at):
            _log_performance(session, other, row, clock)
        report_from_inspection(session, row, occurrence)
    return FinishedInspection(row.id, occurrence.state, _findings(session, row), str(row.digest))


def _known(row: InspectionRow, occurrence_id: int, by: str) -> RunningInspection:
    if (row.occurrence_id, row.by) != (occurrence_id, by):
        raise RecordClosed
    return _running(row)


def _running(row: InspectionRow) -> RunningInspection:
    return RunningInspection(row.id, row.occurrence_id, checklist_of(row), row.make_up)


def _refuse_excluded(
    session: Session, occurrence: OccurrenceRow, found: RuleInForce | None, by: str
) -> None:
    duty = duty_of(session, occurrence)
    person = person_by_key(session, duty.organisation_id, by)
    if found is None:
        return
    excluded = target_of(session, duty).excluded(found.version.people.excludes)
    if by in excluded:
        raise ExcludedPerson(person.name, EXCLUDED_ROLES[excluded[by]])


def _refuse_change(
    session: Session, row: InspectionRow, answers: Mapping[str, AnswerGiven]
) -> None:
    last = {item: (r.value, r.note) for item, r in answers_of(session, row).items()}
    # A failure's own words were settled with it: value and note are what the record is held to.
    if any(last.get(item) != (given.value, given.note) for item, given in answers.items()):
        raise RecordClosed


def _set_clock(row: InspectionRow, clock: DeviceClock) -> None:
    row.device_at, row.server_at = clock.device_at, clock.server_at
    row.offset_seconds = clock.offset_seconds


def _log_performance(
    session: Session, occurrence: OccurrenceRow, row: InspectionRow, clock: DeviceClock
) -> None:
    if clock.at > occurrence.closes_at:
        _log(session, occurrence, "made-up", row, clock)
        return
    was_missed = any(entry.kind == "missed" for entry in log_of(session, occurrence.id))
    _log(session, occurrence, "performed", row, clock)
    if was_missed:
        _log(session, occurrence, "recovered", row, clock)


def _log(
    session: Session,
    occurrence: OccurrenceRow,
    kind: OccurrenceEvent,
    row: InspectionRow,
    clock: DeviceClock,
) -> None:
    append(
        session,
        occurrence,
        kind,
        at=clock.at,
        recorded_at=clock.server_at,
        by=row.by,
        data={"inspection": row.id},
    )


def _findings(session: Session, row: InspectionRow) -> tuple[int, ...]:
    query = select(FindingRow.id).filter_by(inspection_id=row.id).order_by(FindingRow.id)
    return tuple(session.scalars(query))
