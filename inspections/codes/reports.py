"""Problems that somebody without an account reports from the page behind a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.codes.behind import behind
from inspections.errors import FormUsedAlready, NotFound, Refused
from inspections.evidence import EvidenceStore, Owner, evidence_of, link_evidence
from inspections.findings.numbering import next_number
from inspections.models import FindingEventRow, ProblemReportRow, TicketEventRow
from inspections.photo_check import checked_photo
from rules.text import Text

MOST_PHOTOS = 3
STRANGER = "public"

Progress = Literal["waiting", "in-hand", "put-right", "dismissed"]


class NoLongerThere(Refused):
    """What the label is on was taken away."""

    code = "code-ended"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该标签所指的对象已停用，不再受理报告。请扫描所在部位的标签。",
                en="What this label is on is no longer in use, so nothing can be reported for it. "
                "Please scan the label of the place.",
            )
        )


@dataclass(frozen=True)
class NewReport:
    """
    What somebody sends.

    Attributes:
        client_id: UUID of the form; sent twice it stays one report.
        contact: How to reach them, if they wish; only officers see it.
        photos: Contents of at most `MOST_PHOTOS` files.
    """

    code: str
    client_id: str
    what: str
    contact: str | None = None
    photos: Sequence[bytes] = ()


@dataclass(frozen=True)
class ReportProgress:
    """
    What whoever reported may see of it: no names, no words of officers.

    Attributes:
        ended_at: When it was put right or dismissed.
    """

    number: str
    code: str
    what: str
    photos: int
    reported_at: datetime
    progress: Progress
    ended_at: datetime | None = None


def receive_report(session: Session, store: EvidenceStore, new: NewReport, *, now: datetime) -> str:
    """
    Keep a report with its photos and return its number; sent again it is the same one.

    Raises:
        FormUsedAlready: If the form kept another report before.
        NotFound: If there is no such code.
        NoLongerThere: If what it is on has ended.
        Refused: If a file is no photo; then nothing is kept.
    """
    known = _by_client_id(session, new.client_id)
    if known is not None:
        _check_sent(session, known, new)
        return known.number
    on = behind(session, new.code)
    if on.ended_on is not None:
        raise NoLongerThere
    checked = [(content, checked_photo(content)) for content in new.photos[:MOST_PHOTOS]]
    row = ProblemReportRow(
        client_id=new.client_id,
        organisation_id=on.organisation,
        number=next_number(
            session, ProblemReportRow, organisation_id=on.organisation, letter="R", at=now
        ),
        site_id=on.on[0],
        code=new.code,
        what=new.what,
        contact=new.contact,
        reported_at=now,
    )
    session.add(row)
    session.flush()
    for content, photo in checked:
        digest = store.keep(session, content, media_type=photo.media_type, now=now, look=photo.look)
        link_evidence(session, digest, Owner(report_id=row.id), by=STRANGER, now=now)
    return row.number


def report_progress(session: Session, client_id: str) -> ReportProgress:
    """
    Return what became of a report, for whoever holds the id of its form.

    Raises:
        NotFound: If there is no such report.
    """
    row = _by_client_id(session, client_id)
    if row is None:
        raise NotFound(Text(zh="报告", en="report"), client_id)
    photos = len(evidence_of(session, Owner(report_id=row.id)))
    progress, ended_at = _progress(session, row)
    return ReportProgress(
        row.number, row.code, row.what, photos, row.reported_at, progress, ended_at
    )


def _check_sent(session: Session, row: ProblemReportRow, new: NewReport) -> None:
    photos = len(evidence_of(session, Owner(report_id=row.id)))
    kept = (row.code, row.what, row.contact, photos)
    if kept != (new.code, new.what, new.contact, len(set(new.photos))):
        raise FormUsedAlready


def _by_client_id(session: Session, client_id: str) -> ProblemReportRow | None:
    query = select(ProblemReportRow).filter_by(client_id=client_id)
    return session.scalars(query).one_or_none()


def _progress(session: Session, row: ProblemReportRow) -> tuple[Progress, datetime | None]:
    if row.outcome is None:
        return "waiting", None
    if row.outcome == "dismissed":
        return "dismissed", row.decided_at
    closed = _finding_closed(session, row) if row.finding_id else _ticket_closed(session, row)
    return ("put-right", closed) if closed else ("in-hand", None)


def _finding_closed(session: Session, row: ProblemReportRow) -> datetime | None:
    turns = FindingEventRow.kind.in_(("confirmed", "reopened"))
    query = select(FindingEventRow).filter_by(finding_id=row.finding_id).where(turns)
    last = session.scalars(query.order_by(FindingEventRow.at.desc(), FindingEventRow.id.desc()))
    found = last.first()
    return found.at if found and found.kind == "confirmed" else None


def _ticket_closed(session: Session, row: ProblemReportRow) -> datetime | None:
    turns = TicketEventRow.kind.in_(("completed", "reopened"))
    query = select(TicketEventRow).filter_by(ticket_id=row.ticket_id).where(turns)
    last = session.scalars(query.order_by(TicketEventRow.at.desc(), TicketEventRow.id.desc()))
    found = last.first()
    return found.at if found and found.kind == "completed" else None
