"""Read the rows of a year of drills."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from inspections.drills.problems import Known, Standing
from inspections.models import (
    DrillProgrammeRow,
    DrillReportRow,
    DrillRow,
    DrillServesRow,
    DrillShortcomingRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    SiteRow,
)

_AT_ONCE = 5_000
_SETTLED = ("done", "late", "missed", "excused", "cancelled")
Key = tuple[int, str]


@dataclass(frozen=True)
class YearRecords:
    """
    The rows of a year.

    Attributes:
        programme: Nothing where nobody has proposed anything yet.
        serves: Keys of what each drill serves, by its row id.
        sites: Keys of the sites whose duties it serves.
        shortcomings: How many the report of a drill names.
    """

    programme: DrillProgrammeRow | None
    drills: tuple[DrillRow, ...]
    serves: Mapping[int, tuple[Key, ...]]
    sites: Mapping[int, tuple[str, ...]]
    reports: Mapping[int, DrillReportRow]
    shortcomings: Mapping[int, int]

    def by_key(self) -> dict[Key, DrillRow]:
        """Return the drill that serves each drill wanted; cancelled ones serve nothing."""
        return {
            key: drill
            for drill in self.drills
            if drill.state != "cancelled"
            for key in self.serves.get(drill.id, ())
        }


def year_records(
    session: Session, organisation_id: str, year: int, *, sites: Collection[int] | None = None
) -> YearRecords:
    """
    Return what is stored of the drills of *year*, drills by start.

    Only of those that are held or serve something at *sites*, where these row ids are given.
    """
    mine = {"organisation_id": organisation_id, "year": year}
    programme = session.scalars(select(DrillProgrammeRow).filter_by(**mine)).one_or_none()
    if programme is None:
        return YearRecords(None, (), {}, {}, {}, {})
    ours = select(DrillRow.id).filter_by(programme_id=programme.id)
    if sites is not None:
        ours = ours.where(or_(DrillRow.site_id.in_(sites), DrillRow.id.in_(_serving(sites))))
    query = select(DrillRow).where(DrillRow.id.in_(ours))
    drills = tuple(session.scalars(query.order_by(DrillRow.starts_at, DrillRow.id)))
    reports = session.scalars(select(DrillReportRow).where(DrillReportRow.drill_id.in_(ours)))
    serves, at_sites = _serves(session, ours)
    return YearRecords(
        programme,
        drills,
        serves,
        at_sites,
        {report.drill_id: report for report in reports},
        _shortcomings(session, ours),
    )


def _serving(sites: Collection[int]) -> Select[int]:
    query = select(DrillServesRow.drill_id).join(DutyRow, DutyRow.id == DrillServesRow.duty_id)
    return query.where(DutyRow.site_id.in_(sites))


def occurrence_states(
    session: Session, duties: Collection[int], since: datetime
) -> dict[Key, tuple[int, str]]:
    """Return row id and state of the stored occurrences of some duties that fall due from then."""
    found: dict[Key, tuple[int, str]] = {}
    for some in _batches(duties):
        query = (
            select(
                OccurrenceRow.duty_id, OccurrenceRow.period, OccurrenceRow.id, OccurrenceRow.state
            )
            .where(OccurrenceRow.duty_id.in_(some))
            .where(OccurrenceRow.due_at >= since)
        )
        for row in session.execute(query):
            found[row.duty_id, row.period] = (row.id, row.state)
    return found


def known(
    session: Session,
    records: YearRecords,
    states: Mapping[Key, tuple[int, str]],
    *,
    zone: ZoneInfo,
    now: datetime,
) -> Known:
    """Return what planning must respect: what stands, what was done, and from when days count."""
    duties = {duty for duty, _ in states}
    return Known(
        first=now.astimezone(zone).date() + timedelta(days=1),
        performed=_performed(session, duties, zone),
        settled=frozenset(key for key, (_, state) in states.items() if state in _SETTLED),
        standing=tuple(
            _standing(drill, records)
            for drill in records.drills
            if drill.state == "scheduled" or (drill.state == "proposed" and drill.pinned)
        ),
    )


def _standing(drill: DrillRow, records: YearRecords) -> Standing:
    report = records.reports.get(drill.id)
    return Standing(
        drill=drill.id,
        on=drill.on,
        kind=drill.kind,
        hidden=drill.hidden and report is None,
        serves=records.serves.get(drill.id, ()),
        leader=drill.leader,
        scenario=drill.scenario.zh if drill.scenario else None,
        shift=drill.shift.zh if drill.shift else None,
        building=drill.building.zh if drill.building else None,
    )


def _serves(
    session: Session, drills: Select[int]
) -> tuple[dict[int, tuple[Key, ...]], dict[int, tuple[str, ...]]]:
    """Return what the drills serve, and at which sites."""
    query = (
        select(DrillServesRow.drill_id, DrillServesRow.duty_id, DrillServesRow.period, SiteRow.key)
        .join(DutyRow, DutyRow.id == DrillServesRow.duty_id)
        .join(SiteRow, SiteRow.id == DutyRow.site_id)
        .where(DrillServesRow.drill_id.in_(drills))
        .order_by(DrillServesRow.id)
    )
    found: defaultdict[int, list[Key]] = defaultdict(list)
    sites: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for drill, duty, period, site in session.execute(query):
        found[drill].append((duty, period))
        sites[drill][site] = None
    serves = {drill: tuple(keys) for drill, keys in found.items()}
    return serves, {drill: tuple(keys) for drill, keys in sites.items()}


def _shortcomings(session: Session, drills: Select[int]) -> dict[int, int]:
    query = (
        select(DrillReportRow.drill_id, func.count(DrillShortcomingRow.id))
        .join(DrillShortcomingRow, DrillShortcomingRow.report_id == DrillReportRow.id)
        .where(DrillReportRow.drill_id.in_(drills), DrillShortcomingRow.dropped_at.is_(None))
        .group_by(DrillReportRow.drill_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _performed(session: Session, duties: Collection[int], zone: ZoneInfo) -> dict[int, date]:
    found: dict[int, date] = {}
    for some in _batches(duties):
        query = (
            select(OccurrenceRow.duty_id, func.max(OccurrenceEventRow.at))
            .join(OccurrenceEventRow, OccurrenceEventRow.occurrence_id == OccurrenceRow.id)
            .where(OccurrenceRow.duty_id.in_(some))
            .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
            .group_by(OccurrenceRow.duty_id)
        )
        found |= {duty: at.astimezone(zone).date() for duty, at in session.execute(query)}
    return found


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(ids)
    return (listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE))
