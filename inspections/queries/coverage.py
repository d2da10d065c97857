"""The coverage map: how every rule stands at every site, from the record and the rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, OrganisationRow, PlanRunRow, SiteRow
from inspections.queries.coverage_cell import Cell, DutyStanding, cell_of
from inspections.queries.coverage_log import duties_at, duty_log
from inspections.queries.coverage_staffing import Staffing
from inspections.queries.coverage_standing import Standings
from inspections.queries.next_dates import NextDates
from rules.pack import Rule
from rules.rulebook import RuleBook
from rules.text import Text

# Kinds with something to cover: dated tasks, and posts to be staffed.
COVERED_KINDS = frozenset({"duty", "event", "coverage"})


@dataclass(frozen=True, slots=True)
class SiteHead:
    """A column of the map."""

    id: int
    key: str
    name: Text
    facts: Mapping[str, object]


@dataclass(frozen=True)
class CoverageMap:
    """
    Rules by sites.

    Attributes:
        sites: Those of this page, in the order of the organisation's file.
        site_count: How many there are in all.
        cells: By rule id and site key; what is missing does not apply.
        planned_until: Last planned day; nothing where nothing was planned yet.
    """

    sites: tuple[SiteHead, ...]
    site_count: int
    cells: Mapping[tuple[str, str], Cell]
    planned_until: date | None


@dataclass(frozen=True)
class SitePage:
    """Which sites to show: those in scope, or one of them by key, page by page from 1."""

    scope: tuple[str, ...] = ()
    only: str | None = None
    number: int = 1
    size: int = 8


def coverage_map(
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    *,
    now: datetime,
    page: SitePage,
) -> CoverageMap:
    """Return the map of one page of sites; the number of queries does not grow with it."""
    sites, count = _sites(session, organisation_id, page)
    reading = _Reading(session, rulebook, organisation_id, now)
    duties = duties_at(session, [site.id for site in sites], reading.today)
    standings = reading.standings(duties, [site.id for site in sites])
    keys = {site.id: site.key for site in sites}
    grouped: defaultdict[tuple[str, str], list[DutyStanding]] = defaultdict(list)
    for duty, standing in standings:
        grouped[duty.rule, keys[duty.site_id]].append(standing)
    cells = {key: cell_of(*key, found) for key, found in grouped.items()}
    return CoverageMap(tuple(sites), count, cells, reading.planned_until)


@dataclass(frozen=True)
class CellDetail:
    """
    What stands behind one cell.

    Attributes:
        duties: Each duty with how it stands, worst first.
    """

    rule: Rule
    site: SiteHead
    cell: Cell
    duties: tuple[tuple[DutyRow, DutyStanding], ...]
    planned_until: date | None


def cell_detail(
    session: Session,
    rulebook: RuleBook,
    organisation_id: str,
    *,
    now: datetime,
    where: tuple[str, str],
) -> CellDetail | None:
    """Return what stands behind the cell of a rule id and a site key; nothing for a dash."""
    rule_id, site_key = where
    sites, _ = _sites(session, organisation_id, SitePage(only=site_key))
    if not sites or rule_id not in rulebook.rules:
        return None
    site = sites[0]
    reading = _Reading(session, rulebook, organisation_id, now)
    duties = [one for one in duties_at(session, [site.id], reading.today) if one.rule == rule_id]
    found = list(reading.standings(duties, [site.id]))
    if not found:
        return None
    cell = cell_of(rule_id, site.key, [standing for _, standing in found])
    found.sort(key=lambda pair: (pair[1].state != cell.state, pair[0].id))
    rule = rulebook.rule(rule_id)
    return CellDetail(rule, site, cell, tuple(found), reading.planned_until)


class _Reading:
    """One look at an organisation's record."""

    def __init__(
        self, session: Session, rulebook: RuleBook, organisation_id: str, now: datetime
    ) -> None:
        self._session = session
        self._rulebook = rulebook
        self._organisation = session.get_one(OrganisationRow, organisation_id)
        self._now = now
        self._zone = ZoneInfo(self._organisation.time_zone)
        self.today = now.astimezone(self._zone).date()
        mine = select(func.max(PlanRunRow.until)).filter_by(organisation_id=organisation_id)
        self.planned_until: date | None = session.scalar(mine)

    def standings(
        self, duties: list[DutyRow], sites: list[int]
    ) -> Iterator[tuple[DutyRow, DutyStanding]]:
        """Yield every duty that has something to cover with how it stands."""
        mine = self._organisation.id
        log = duty_log(self._session, mine, sites=sites, now=self._now, zone=self._zone)
        dates = NextDates(self._session, self._rulebook, mine)
        standings = Standings(log, dates, self._rulebook, self._now, self.planned_until)
        staffing = Staffing(self._session, sites, self._now, self._zone)
        for duty in duties:
            rule = self._rulebook.rules.get(duty.rule)
            if rule is None or rule.kind not in COVERED_KINDS:
                continue
            if rule.kind == "coverage":
                version = self._rulebook.version(rule, self.today)
                yield duty, staffing.standing(duty, version)
            else:
                yield duty, standings.of(duty, rule)


def _sites(session: Session, organisation_id: str, page: SitePage) -> tuple[list[SiteHead], int]:
    query = select(SiteRow).filter_by(organisation_id=organisation_id, ended_on=None)
    if page.scope:
        query = query.where(SiteRow.key.in_(page.scope))
    if page.only:
        query = query.where(SiteRow.key == page.only)
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = query.order_by(SiteRow.position).limit(page.size).offset((page.number - 1) * page.size)
    heads = [SiteHead(row.id, row.key, row.name, row.facts) for row in session.scalars(shown)]
    return heads, count


def site_choices(
    session: Session, organisation_id: str, scope: tuple[str, ...] = ()
) -> list[tuple[str, Text]]:
    """Return key and name of every site in scope, in file order."""
    query = select(SiteRow.key, SiteRow.name).filter_by(
        organisation_id=organisation_id, ended_on=None
    )
    if scope:
        query = query.where(SiteRow.key.in_(scope))
    return [(key, name) for key, name in session.execute(query.order_by(SiteRow.position))]
