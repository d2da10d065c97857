"""What tablets sent and the record does not hold: conflicts, refused and waiting items."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import (
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    SiteRow,
    SyncItemRow,
)
from inspections.rounds.names import people_names, person_text
from inspections.sync.stored import PHOTO_BYTES, body_of
from inspections.sync.wire import AnswerBody, Body, FindingBody
from rules.checklist import Checklist
from rules.text import Text

Show = Literal["conflict", "refused", "held", "decided"]
SHOWS: tuple[Show, ...] = ("conflict", "refused", "held", "decided")
PAGE = 25


@dataclass(frozen=True)
class Version:
    """
    One version of an item.

    Attributes:
        body: What it says; nothing for the bytes of a photo and for what cannot be read.
        by: Name of the person.
        item_title: What the checklist calls the item.
    """

    number: int
    kind: str
    state: str
    subject: str | None
    body: Body | None
    raw: str
    by: Text
    device: str
    device_at: datetime
    received_at: datetime
    offset_seconds: float
    sha256: str
    waits_for: str | None
    problem_code: str | None
    problem: Text | None
    imported_by: Text | None
    decision: str | None
    decided_by: Text | None
    decided_at: datetime | None
    outcome: Mapping[str, object]
    item_title: Text | None

    @property
    def inspection(self) -> str | None:
        """Id of the inspection that it belongs to."""
        kind, _, id_ = (self.subject or "").partition("/")
        return id_ if kind == "inspection" else None


@dataclass(frozen=True)
class Conflict:
    """Two versions of one thing; `first` is the one in the record, where a tablet sent it."""

    first: Version | None
    second: Version


@dataclass(frozen=True)
class KeptPage:
    """One page of a list; `pages` is at least 1."""

    rows: tuple[Version, ...]
    number: int
    pages: int


def kept_counts(
    session: Session, organisation: str, *, sites: Collection[str] = ()
) -> dict[Show, int]:
    """Return how many items there are of each kind."""
    query = _seen(select(SyncItemRow.state, func.count()), organisation, sites)
    found = dict(row for row in session.execute(query.group_by(SyncItemRow.state)))
    return {show: found.get(show, 0) for show in SHOWS}


def kept_page(
    session: Session,
    organisation: str,
    *,
    show: Show,
    number: int,
    sites: Collection[str] = (),
) -> KeptPage:
    """Return a page of items in a state, the newest first."""
    query = _seen(select(SyncItemRow), organisation, sites).where(SyncItemRow.state == show)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    rows = session.scalars(
        query.order_by(SyncItemRow.number.desc()).limit(PAGE).offset((number - 1) * PAGE)
    )
    names = people_names(session, organisation)
    return KeptPage(tuple(_version(session, row, names) for row in rows), number, pages)


def kept_item(
    session: Session, number: int, *, organisation: str, sites: Collection[str] = ()
) -> Conflict:
    """
    Return one item, with the version in the record that it stands against.

    Raises:
        NotFound: If the organisation has none with this number, or only at other sites.
    """
    row = row_in_scope(session, number, organisation=organisation, sites=sites)
    names = people_names(session, organisation)
    first = session.get(SyncItemRow, row.against) if row.against else None
    return Conflict(
        _version(session, first, names) if first else None, _version(session, row, names)
    )


def row_in_scope(
    session: Session, number: int, *, organisation: str, sites: Collection[str] = ()
) -> SyncItemRow:
    """
    Return a stored item that somebody may see, locked until the transaction ends.

    Raises:
        NotFound: If the organisation has none with this number, or only at other sites.
    """
    query = _seen(select(SyncItemRow), organisation, sites).where(SyncItemRow.number == number)
    row: SyncItemRow | None = session.scalars(query.with_for_update(of=SyncItemRow)).one_or_none()
    if row is None:
        raise NotFound(Text(zh="同步条目", en="synced item"), number)
    return row


def versions_beside(session: Session, inspection_id: str) -> tuple[Version, ...]:
    """Return what a person decided to keep beside a finished record, the oldest first."""
    query = (
        select(SyncItemRow)
        .where(SyncItemRow.subject == f"inspection/{inspection_id}")
        .where(SyncItemRow.state.in_(("decided", "conflict")))
        .where(or_(SyncItemRow.decision.is_(None), SyncItemRow.decision.in_(("both", "second"))))
        .order_by(SyncItemRow.number)
    )
    rows = session.scalars(query).all()
    names = people_names(session, rows[0].organisation_id) if rows else {}
    return tuple(_version(session, row, names) for row in rows)


def _seen(
    query: Select[*tuple[Any, ...]], organisation: str, sites: Collection[str]
) -> Select[*tuple[Any, ...]]:
    """Keep to what somebody may see; who sees some sites sees what is known to belong to them."""
    query = query.where(SyncItemRow.organisation_id == organisation)
    if not sites:
        return query
    of_inspection = (
        exists()
        .where(SyncItemRow.subject == "inspection/" + InspectionRow.id)
        .where(OccurrenceRow.id == InspectionRow.occurrence_id)
        .where(SiteRow.id == OccurrenceRow.site_id, SiteRow.key.in_(tuple(sites)))
    )
    number = case((SyncItemRow.outcome.is_not(None), SyncItemRow.outcome["finding"].as_integer()))
    of_finding = exists().where(
        and_(
            FindingRow.id == number,
            SiteRow.id == FindingRow.site_id,
            SiteRow.key.in_(tuple(sites)),
        )
    )
    return query.where(or_(of_inspection, of_finding))


def _version(session: Session, row: SyncItemRow, names: dict[str, Text]) -> Version:
    body = body_of(row.kind, row.body) if row.kind != PHOTO_BYTES else None
    return Version(
        number=row.number,
        kind=row.kind,
        state=row.state,
        subject=row.subject,
        body=body,
        raw=row.body,
        by=person_text(names, row.by),
        device=row.device,
        device_at=row.device_at,
        received_at=row.received_at,
        offset_seconds=row.offset_seconds,
        sha256=row.sha256,
        waits_for=row.waits_for,
        problem_code=row.problem_code,
        problem=row.problem,
        imported_by=person_text(names, row.imported_by) if row.imported_by else None,
        decision=row.decision,
        decided_by=person_text(names, row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        outcome=row.outcome or {},
        item_title=_item_title(session, body),
    )


def _item_title(session: Session, body: Body | None) -> Text | None:
    if isinstance(body, FindingBody):
        return Text(zh=body.what, en=body.what)
    if not isinstance(body, AnswerBody):
        return None
    inspection = session.get(InspectionRow, body.inspection)
    if inspection is None:
        return None
    items = Checklist.model_validate(inspection.checklist).items
    return next((item.title for item in items if item.id == body.item), None)
