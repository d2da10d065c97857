"""The report of a drill: who took part, how long it took, what it showed, and its faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.evidence import Owner, evidence_of
from inspections.models import DrillReportRow, DrillShortcomingRow, EvidenceRow, FollowUpRow
from rules.faults import Fault, InputInvalid
from rules.text import Text

_LONGEST = timedelta(hours=12)
_MOST_PEOPLE = 1_000_000
_MOST_TEXT = 2_000
_MOST_SHORTCOMINGS = 50


@dataclass(frozen=True)
class Shortcoming:
    """Something that a drill showed to be wanting, and the standard to be changed for it."""

    text: str
    standard: str | None = None


@dataclass(frozen=True)
class ReportGiven:
    """
    A report as handed in.

    Attributes:
        started_at: When the signal was given.
        ended_at: When all was over.
        expected: People who were to take part; `present` those who did.
        seconds: Until the last one was out, or the matter under control; nothing where it was not
            taken.
        absent: Keys of people who were to take part and did not.
        photos: Hashes of stored evidence.
    """

    started_at: datetime
    ended_at: datetime
    expected: int
    present: int
    seconds: int | None = None
    absent: tuple[str, ...] = ()
    summary: str | None = None
    shortcomings: tuple[Shortcoming, ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShortcomingStanding:
    """
    A shortcoming with the task that it started.

    Attributes:
        task: Row id of the task; nothing where the rules ask for none.
        done: Whether the standard was changed.
    """

    number: int
    text: str
    standard: str | None
    task: int | None
    task_due_at: datetime | None
    done: bool


@dataclass(frozen=True)
class DrillReport:
    """A report as it stands; photos are hashes of stored evidence."""

    drill: int
    started_at: datetime
    ended_at: datetime
    expected: int
    present: int
    seconds: int | None
    absent: tuple[str, ...]
    summary: str | None
    shortcomings: tuple[ShortcomingStanding, ...]
    photos: tuple[str, ...]
    by: str
    at: datetime


def report_of(session: Session, drill_id: int) -> DrillReport | None:
    """Return the report of a drill; whether the drill may be seen is the caller's to ask."""
    row = session.scalars(select(DrillReportRow).filter_by(drill_id=drill_id)).one_or_none()
    if row is None:
        return None
    return DrillReport(
        drill=drill_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        expected=row.expected,
        present=row.present,
        seconds=row.seconds,
        absent=tuple(row.absent),
        summary=row.summary,
        shortcomings=tuple(_shortcomings(session, row)),
        photos=evidence_of(session, Owner(drill_id=drill_id)),
        by=row.by,
        at=row.at,
    )


def _shortcomings(session: Session, row: DrillReportRow) -> Iterator[ShortcomingStanding]:
    query = select(DrillShortcomingRow).filter_by(report_id=row.id, dropped_at=None)
    for one in session.scalars(query.order_by(DrillShortcomingRow.number)):
        subject = shortcoming_subject(row.drill_id, one.number)
        tasks = session.scalars(
            select(FollowUpRow).filter_by(subject=subject).order_by(FollowUpRow.due_at)
        ).all()
        yield ShortcomingStanding(
            number=one.number,
            text=one.text,
            standard=one.standard,
            task=tasks[0].id if tasks else None,
            task_due_at=tasks[0].due_at if tasks else None,
            done=bool(tasks) and all(task.verdict == "pass" for task in tasks),
        )


def shortcoming_subject(drill_id: int, number: int) -> str:
    """Return what the tasks of a shortcoming belong to."""
    return f"drill/{drill_id}/shortcoming/{number}"


def check_report(session: Session, given: ReportGiven, now: datetime) -> None:
    """
    Refuse a report that cannot be so.

    Raises:
        InputInvalid: With every fault of it, each with its field.
    """
    faults = [*_faults(given, now), *_photo_faults(session, given)]
    if faults:
        raise InputInvalid(faults)


def _faults(given: ReportGiven, now: datetime) -> Iterator[Fault]:
    if given.started_at > now:
        yield _fault("started_at", "开始时间在将来。", "It starts in the future.")
    if not given.started_at <= given.ended_at <= given.started_at + _LONGEST:
        yield _fault(
            "ended_at",
            "结束时间应在开始之后 12 小时内。",
            "It ends within 12 hours after it starts.",
        )
    if not 1 <= given.expected <= _MOST_PEOPLE:
        yield _fault("expected", "应到人数至少 1 人。", "At least one person is expected.")
    if not 0 <= given.present <= _MOST_PEOPLE:
        yield _fault("present", "请填写实到人数。", "Say how many took part.")
    longest = int(_LONGEST.total_seconds())
    if given.seconds is not None and not 1 <= given.seconds <= longest:
        yield _fault("seconds", "用时应为 1 秒至 12 小时。", "The time is 1 second to 12 hours.")
    if len(given.shortcomings) > _MOST_SHORTCOMINGS:
        yield _fault("shortcomings", "不足最多 50 条。", "At most 50 shortcomings.")
    for number, one in enumerate(given.shortcomings):
        if not one.text.strip() or len(one.text) > _MOST_TEXT:
            yield _fault(
                f"shortcomings.{number}",
                "请用 1 至 2000 字写明不足。",
                "Say what was wanting in 1 to 2000 characters.",
            )
    if len(given.summary or "") > _MOST_TEXT:
        yield _fault("summary", "经过最多 2000 字。", "At most 2000 characters.")


def _photo_faults(session: Session, given: ReportGiven) -> Iterator[Fault]:
    for digest in given.photos:
        if session.get(EvidenceRow, digest) is None:
            yield _fault("photos", "照片没有上传成功，请重新添加。", "A photo did not arrive.")


def _fault(field: str, zh: str, en: str) -> Fault:
    return Fault(
        "report", 1, field, Text(zh=zh, en=en), Text(zh="请改正。", en="Please correct it.")
    )
