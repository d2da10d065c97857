"""Work off the occurrences of past days: most in time, some not at all, a few with findings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from inspections.demonstration.answering import careful_answers
from inspections.demonstration.picture import demonstration_picture
from inspections.demonstration.sampling import sample_past_lunches
from inspections.device_clock import server_clock
from inspections.errors import Refused
from inspections.evidence import EvidenceStore, Owner, link_evidence
from inspections.findings.rectification import (
    assign_owner,
    confirm,
    start_rectification,
    submit_rectification,
)
from inspections.lookup import duty_of
from inspections.models import (
    AssignmentRow,
    DrillServesRow,
    DutyRow,
    FindingRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    SiteRow,
)
from inspections.reactions.sweeping import sweep_reactions
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.sweep import sweep
from inspections.target import target_of
from rules.checklist import PhotoItem
from rules.rulebook import RuleBook

MISSED_OF_100 = 3
FAILED_OF_100 = 5
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PastDays:
    """How many occurrences of the past days were inspected and how many were missed."""

    inspected: int
    missed: int


def work_off(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    now: datetime,
    seed: int,
    store: EvidenceStore,
    progress: Progress,
) -> PastDays:
    """Inspect what was due before *now*, follow its findings up, and sweep what was left."""
    photo = store.keep(session, demonstration_picture(), media_type="image/png", now=now)
    draw = Random(f"{organisation_id}:{seed}")  # noqa: S311 - a demonstration, not a secret
    waiting = _assigned(session, organisation_id, now)
    # The session forgets rows that nobody holds, and would read these again for every answer.
    held = standing_rows(session, organisation_id)
    inspected = 0
    for done, (occurrence, person) in enumerate(waiting):
        progress(done, len(waiting))
        if draw.randrange(100) >= MISSED_OF_100:
            inspected += _inspect(session, rulebook, occurrence, (person, photo), draw)
    sample_past_lunches(session, rulebook, organisation_id, now=now, seed=seed)
    _follow_up(session, organisation_id, photo, now=now, draw=draw)
    missed = sweep(session, now=now, organisation_id=organisation_id).missed
    sweep_reactions(session, rulebook, organisation_id=organisation_id, now=now)
    progress(len(waiting), len(waiting))
    del held
    return PastDays(inspected, len(missed))


def standing_rows(session: Session, organisation_id: str) -> list[object]:
    """Read what every inspection asks for again: the organisation, its sites, people, duties."""
    mine = {"organisation_id": organisation_id}
    rows: list[object] = [session.get_one(OrganisationRow, organisation_id)]
    for kind in (SiteRow, PersonRow, DutyRow):
        rows += session.scalars(select(kind).filter_by(**mine))
    return rows


def _assigned(
    session: Session, organisation_id: str, now: datetime
) -> list[tuple[OccurrenceRow, str]]:
    query = (
        select(OccurrenceRow, PersonRow.key)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == organisation_id)
        .where(OccurrenceRow.due_at < now, OccurrenceRow.state == "scheduled")
        .where(~_served_by_drill())
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id, PersonRow.position)
    )
    first: dict[int, tuple[OccurrenceRow, str]] = {}
    for occurrence, person in session.execute(query):
        first.setdefault(occurrence.id, (occurrence, person))
    return list(first.values())


def _served_by_drill() -> ColumnElement[bool]:
    """Return the condition that a drill serves the occurrence: its report performs it."""
    return exists().where(
        DrillServesRow.duty_id == OccurrenceRow.duty_id,
        DrillServesRow.period == OccurrenceRow.period,
    )


def _inspect(
    session: Session,
    rulebook: RuleBook,
    occurrence: OccurrenceRow,
    with_what: tuple[str, str],
    draw: Random,
) -> bool:
    """Record one inspection near the end of its window; false where it cannot be done."""
    person, photo = with_what
    at = _moment(occurrence, draw)
    inspection_id = str(UUID(int=draw.getrandbits(128), version=4))
    facts = target_of(session, duty_of(session, occurrence)).facts
    try:
        running = start_inspection(
            session,
            rulebook,
            inspection_id=inspection_id,
            occurrence_id=occurrence.id,
            by=person,
            clock=server_clock(at),
        )
    except Refused:
        return False
    fails = draw.randrange(100) < FAILED_OF_100
    record_answers(
        session,
        rulebook,
        inspection_id=inspection_id,
        answers=careful_answers(running.checklist, facts, draw, fail_one=fails, photo=photo),
        clock=server_clock(at),
    )
    for item in running.checklist.items:
        if isinstance(item, PhotoItem):
            owner = Owner(inspection_id=inspection_id, item=item.id)
            link_evidence(session, photo, owner, by=person, now=at)
    end = server_clock(min(at + timedelta(minutes=6), occurrence.due_at))
    finish_inspection(session, rulebook, inspection_id=inspection_id, clock=end)
    return True


def _moment(occurrence: OccurrenceRow, draw: Random) -> datetime:
    """Return an instant in the window, in its last hours where it is long."""
    length = min(occurrence.due_at - occurrence.opens_at, timedelta(hours=5))
    return occurrence.due_at - length * draw.uniform(0.15, 0.85)


def _follow_up(
    session: Session, organisation_id: str, photo: str, *, now: datetime, draw: Random
) -> None:
    """Let findings stand at different stages, as on any real day."""
    people = list(
        session.scalars(
            select(PersonRow.key)
            .filter_by(organisation_id=organisation_id, employer=None)
            .order_by(PersonRow.position)
        )
    )
    query = select(FindingRow).filter_by(organisation_id=organisation_id, state="open")
    for row in session.scalars(query.order_by(FindingRow.id)).all():
        rectifier, verifier, officer = draw.sample(people, 3)
        at = min(row.found_at + timedelta(hours=draw.uniform(1, 4)), now)
        stage = draw.randrange(4)
        if row.owner is None:
            assign_owner(session, finding_id=row.id, by=officer, now=at, owner=rectifier)
        if stage == 1:
            start_rectification(session, finding_id=row.id, by=rectifier, now=at)
        if stage > 1:
            submit_rectification(
                session,
                finding_id=row.id,
                by=rectifier,
                now=at,
                note="已处理，现场恢复正常",
                photos=[photo],
            )
        if stage > 2:
            _confirm(session, row, (verifier, photo), min(at + timedelta(hours=1), now))


def _confirm(session: Session, row: FindingRow, with_what: tuple[str, str], at: datetime) -> None:
    verifier, photo = with_what
    try:
        confirm(session, finding_id=row.id, by=verifier, now=at, note="复查合格", photos=[photo])
    except Refused:
        # A follow-up is still open or the rule bars this person: it stays awaiting verification.
        return
