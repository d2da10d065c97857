"""Reports for officers: counts that add up, the list, and one with what it became."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.codes.behind import Behind, behind
from inspections.codes.statements import AnySelect
from inspections.errors import NotFound
from inspections.evidence import Owner, evidence_of
from inspections.models import (
    EvidenceLinkRow,
    FindingRow,
    ProblemReportRow,
    ShortCodeRow,
    SiteRow,
    TicketRow,
)
from inspections.queries.organisation_lists import ListPage
from inspections.rounds.names import people_names, person_text, target_names
from rules.text import Text

PAGE = 25
OUTCOMES = ("waiting", "finding", "joined", "ticket", "dismissed")
Show = Literal["waiting", "finding", "joined", "ticket", "dismissed", "all"]


@dataclass(frozen=True)
class SiteCounts:
    """How many reports of a site came to what; `received` is their sum."""

    site: str
    name: Text
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def received(self) -> int:
        """How many came in at all."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class ReportLine:
    """One row of the list; `outcome` is `waiting` while nobody decided."""

    id: int
    number: str
    site_name: Text
    where: Text
    what: str
    photos: int
    reported_at: datetime
    outcome: str


@dataclass(frozen=True)
class ReportDetail:
    """
    One report with what it became.

    Attributes:
        became: Number of the finding or ticket.
        photos: Hashes of its photos.
    """

    id: int
    number: str
    on: Behind
    what: str
    contact: str | None
    reported_at: datetime
    outcome: str
    photos: tuple[str, ...]
    finding_id: int | None
    ticket_id: int | None
    became: str | None
    decided_at: datetime | None
    decided_by: Text | None
    reason: str | None


def report_counts(
    session: Session, organisation: str, *, sites: Collection[str] = ()
) -> tuple[SiteCounts, ...]:
    """Return the counts of every site in scope that ever had a report, in the sites' order."""
    query = _in_scope(
        select(SiteRow.key, SiteRow.name, ProblemReportRow.outcome, func.count().label("many")),
        organisation,
        sites,
    )
    grouped = query.group_by(SiteRow.id, SiteRow.key, ProblemReportRow.outcome).order_by(
        SiteRow.position
    )
    found: dict[str, SiteCounts] = {}
    for row in session.execute(grouped):
        of_site = found.setdefault(row.key, SiteCounts(row.key, row.name))
        of_site.counts[row.outcome or "waiting"] += row.many
    return tuple(found.values())


def reports_page(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    organisation: str,
    *,
    sites: Collection[str],
    show: Show,
    number: int,
    site: str | None = None,
) -> ListPage[ReportLine]:
    """Return a page of reports: those that wait oldest first, others newest first."""
    chosen = (site,) if site and (not sites or site in sites) else sites
    query = _in_scope(select(ProblemReportRow), organisation, chosen)
    if show != "all":
        outcome = None if show == "waiting" else show
        query = query.where(ProblemReportRow.outcome.is_not_distinct_from(outcome))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(max(1, number), max(1, -(-total // PAGE)))
    newest = ProblemReportRow.id if show == "waiting" else ProblemReportRow.id.desc()
    rows = session.scalars(query.order_by(newest).limit(PAGE).offset((number - 1) * PAGE)).all()
    return ListPage(tuple(_lines(session, rows)), number, total, PAGE)


def report_detail(
    session: Session, report_id: int, *, organisation: str, sites: Collection[str] = ()
) -> ReportDetail:
    """
    Return one report.

    Raises:
        NotFound: If it is not there, or out of scope.
    """
    query = _in_scope(select(ProblemReportRow), organisation, sites)
    row = session.scalars(query.where(ProblemReportRow.id == report_id)).one_or_none()
    if row is None:
        raise NotFound(Text(zh="报告", en="report"), report_id)
    names = people_names(session, organisation)
    return ReportDetail(
        id=row.id,
        number=row.number,
        on=behind(session, row.code),
        what=row.what,
        contact=row.contact,
        reported_at=row.reported_at,
        outcome=row.outcome or "waiting",
        photos=evidence_of(session, Owner(report_id=row.id)),
        finding_id=row.finding_id,
        ticket_id=row.ticket_id,
        became=_became(session, row),
        decided_at=row.decided_at,
        decided_by=person_text(names, row.decided_by) if row.decided_by else None,
        reason=row.reason,
    )


def _in_scope(query: AnySelect, organisation: str, sites: Collection[str]) -> AnySelect:
    query = query.select_from(ProblemReportRow).join(
        SiteRow, SiteRow.id == ProblemReportRow.site_id
    )
    query = query.where(ProblemReportRow.organisation_id == organisation)
    return query.where(SiteRow.key.in_(tuple(sites))) if sites else query


def _lines(session: Session, rows: Any) -> list[ReportLine]:
    codes = select(ShortCodeRow).where(ShortCodeRow.code.in_([row.code for row in rows]))
    targets = {
        each.code: (each.site_id, each.target_kind, each.target) for each in session.scalars(codes)
    }
    names = target_names(session, targets.values())
    ids = select(SiteRow.id, SiteRow.name).where(SiteRow.id.in_({row.site_id for row in rows}))
    of_sites = {key: name for key, name in session.execute(ids)}  # noqa: C416 (rows are no pairs)
    photos = _photos(session, [row.id for row in rows])
    return [
        ReportLine(
            row.id,
            row.number,
            of_sites[row.site_id],
            names[targets[row.code]],
            row.what,
            photos[row.id],
            row.reported_at,
            row.outcome or "waiting",
        )
        for row in rows
    ]


def _photos(session: Session, reports: list[int]) -> Counter[int]:
    query = (
        select(EvidenceLinkRow.report_id, func.count())
        .where(EvidenceLinkRow.report_id.in_(reports))
        .group_by(EvidenceLinkRow.report_id)
    )
    return Counter({report: many for report, many in session.execute(query) if report})


def _became(session: Session, row: ProblemReportRow) -> str | None:
    if row.finding_id is not None:
        return session.get_one(FindingRow, row.finding_id).number
    if row.ticket_id is not None:
        return session.get_one(TicketRow, row.ticket_id).number
    return None
