"""Turn stored occurrences and people into the assignment solver's plain values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.gates import closed_gates
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow, SiteRow
from inspections.on_shift import Presence, on_shift
from inspections.person_titles import person_titles
from rules.organisation.model import Asset, Organisation, Person, Place, Site
from rules.pack import RuleVersion
from rules.rulebook import RuleBook
from scheduler.assignment.problem import AssignmentProblem, Task, Worker
from scheduler.workdays import WorkCalendar

# A window of a year may be planned on any day of the horizon; more days add nothing to choose from.
MOST_DAYS = 31
Current = dict[int, tuple[str, ...]]


@dataclass(frozen=True)
class StoredProblem:
    """
    The solver's problem with what is needed to store its answer.

    Attributes:
        current: People of each occurrence as stored.
        rows: Stored columns of each occurrence, by id.
    """

    problem: AssignmentProblem
    current: Current
    rows: Mapping[int, Any]


def stored_problem(
    session: Session,
    organisation: Organisation,
    rulebook: RuleBook,
    *,
    span: tuple[datetime, datetime],
    now: datetime,
) -> StoredProblem:
    """Return the problem of all occurrences that fall due in *span* and are not over."""
    rows = {row.id: row for row in _open_occurrences(session, organisation.id, span, now)}
    current, pinned = _assignments(session, organisation.id, rows.keys())
    tasks = tuple(_Tasks(organisation, rulebook, now).of(rows.values()))
    standing = {id_ for id_, row in rows.items() if row.state == "in_progress"} | pinned
    blocked = _blocked(session, rulebook, organisation.id, now)
    zone = ZoneInfo(organisation.time_zone)
    days = (span[0].astimezone(zone).date(), span[1].astimezone(zone).date())
    shifts = on_shift(session, organisation, *days)
    problem = AssignmentProblem(
        tasks,
        tuple(
            _worker(person, blocked.get(person.id, ()), shifts.get(person.id))
            for person in organisation.people
        ),
        fixed={str(id_): who for id_, who in current.items() if id_ in standing},
        previous={str(id_): who for id_, who in current.items() if id_ not in standing},
        planned_on={str(id_): rows[id_].planned_on for id_ in current if rows[id_].planned_on},
        titles=person_titles(),
    )
    return StoredProblem(problem, current, rows)


def _open_occurrences(
    session: Session, organisation_id: str, span: tuple[datetime, datetime], now: datetime
) -> Any:
    columns = (
        OccurrenceRow.id,
        OccurrenceRow.opens_at,
        OccurrenceRow.due_at,
        OccurrenceRow.planned_on,
        OccurrenceRow.state,
        OccurrenceRow.priority,
        OccurrenceRow.uncovered_code,
        DutyRow.rule,
        DutyRow.target_kind,
        DutyRow.target,
        SiteRow.key.label("site"),
    )
    return session.execute(
        select(*columns)
        .join(DutyRow, OccurrenceRow.duty_id == DutyRow.id)
        .join(SiteRow, OccurrenceRow.site_id == SiteRow.id)
        .where(DutyRow.organisation_id == organisation_id)
        .where(OccurrenceRow.state.in_(("scheduled", "in_progress")))
        .where(OccurrenceRow.due_at >= max(span[0], now), OccurrenceRow.due_at < span[1])
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )


def _assignments(
    session: Session, organisation_id: str, wanted: Any
) -> tuple[Current, frozenset[int]]:
    query = (
        select(AssignmentRow.occurrence_id, PersonRow.key, AssignmentRow.pinned)
        .join(PersonRow)
        .where(PersonRow.organisation_id == organisation_id)
        .order_by(PersonRow.key)
    )
    people: defaultdict[int, list[str]] = defaultdict(list)
    pinned = set()
    for row in session.execute(query):
        if row.occurrence_id in wanted:
            people[row.occurrence_id].append(row.key)
            if row.pinned:
                pinned.add(row.occurrence_id)
    return {id_: tuple(keys) for id_, keys in people.items()}, frozenset(pinned)


class _Tasks:
    """Builds tasks; looks sites, places and rule versions up once."""

    def __init__(self, organisation: Organisation, rulebook: RuleBook, now: datetime) -> None:
        self._rulebook = rulebook
        self._zone = ZoneInfo(organisation.time_zone)
        self._first = now.astimezone(self._zone).date()
        self._calendars = {
            site.id: WorkCalendar(
                site.calendar, time_zone=organisation.time_zone, country=organisation.country
            )
            for site in organisation.sites
        }
        self._sites = {site.id: site for site in organisation.sites}
        self._pieces: dict[tuple[str, str, str], Place | Asset] = {
            (site.id, kind, piece.id): piece
            for site in organisation.sites
            for kind, pieces in (("place", site.places), ("asset", site.assets))
            for piece in pieces
        }

    def of(self, rows: Any) -> Iterator[Task]:
        for row in rows:
            site = self._sites.get(row.site)
            rule = self._rulebook.rules.get(row.rule)
            due_on = row.due_at.astimezone(self._zone).date()
            version = rule and self._rulebook.version(rule, due_on)
            if site is not None and version:
                yield self._task(row, site, version, due_on)

    def _task(self, row: Any, site: Site, version: RuleVersion, due_on: date) -> Task:
        people = version.people
        piece = self._pieces.get((site.id, row.target_kind, row.target))
        place = piece.place if isinstance(piece, Asset) else row.target if piece else ""
        return Task(
            id=str(row.id),
            site=site.id,
            place=place or "",
            day=due_on,
            opens_at=row.opens_at,
            due_at=row.due_at,
            minutes=version.minutes,
            people=people.count,
            roles=people.roles,
            qualifications=people.qualifications,
            excluded=_excluded(people.excludes, piece, row),
            priority=row.priority,
            rule=row.rule,
            days=self._days(row, site.id, due_on),
            inspection=_inspection(row, version),
        )

    def _days(self, row: Any, site: str, due_on: date) -> tuple[date, ...]:
        """Return the opening days of the window before the due day, from today on."""
        opened = row.opens_at.astimezone(self._zone).date()
        first = max(opened, self._first, due_on - timedelta(days=MOST_DAYS))
        days = (first + timedelta(days=n) for n in range((due_on - first).days))
        return tuple(day for day in days if self._calendars[site].is_open(day))


def _inspection(row: Any, version: RuleVersion) -> str:
    """Name what one inspection of it would be; re-checks and rules without checklist stay alone."""
    checklist, excludes = version.checklist, version.people.excludes
    is_shared = checklist is not None and "rectifier" not in excludes
    return f"{row.target_kind}|{row.target}|{checklist}" if is_shared else ""


def _excluded(excludes: tuple[str, ...], piece: Place | Asset | None, row: Any) -> frozenset[str]:
    people = {
        "keeper": piece.keeper if piece else None,
        "maintainer": piece.maintainer if isinstance(piece, Asset) else None,
        "person-checked": row.target if row.target_kind == "person" else None,
    }
    return frozenset(key for kind in excludes if (key := people.get(kind)))


def _blocked(
    session: Session, rulebook: RuleBook, organisation_id: str, now: datetime
) -> dict[str, tuple[date, ...]]:
    """Return the days on which somebody may not work: a check that gates the day was not passed."""
    closed = closed_gates(session, rulebook, organisation_id=organisation_id, now=now)
    return {gate.person: (gate.day,) for gate in closed}


def _worker(person: Person, blocked: tuple[date, ...], presence: Presence | None) -> Worker:
    return Worker(
        id=person.id,
        name=person.name,
        sites=person.sites,
        roles=person.roles,
        qualifications=person.qualifications,
        absences=person.absences,
        minutes_per_day=person.minutes_per_day,
        works=person.works,
        presence=presence,
        blocked=frozenset(blocked),
    )
