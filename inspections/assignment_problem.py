"""Turn stored occurrences and people into the assignment solver's plain values."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from inspections.drills.applying import announced_days
from inspections.gates import closed_gates
from inspections.layered_occurrences import stricter_occurrences
from inspections.lookup import site_ids
from inspections.models import DutyRow, OccurrenceRow, SiteRow
from inspections.on_shift import Presence, on_shift
from inspections.person_titles import person_titles
from inspections.there_or_theirs import Current, people_of, there_or_theirs
from inspections.walks.ways import known_ways
from inspections.walks.zones import zones_of
from rules.organisation.model import Asset, Organisation, Person, Place, Site
from rules.pack import RuleVersion
from rules.rulebook import RuleBook
from scheduler.assignment.problem import AssignmentProblem, Task, Worker
from scheduler.walks.ways import Ways
from scheduler.walks.zones import in_zones
from scheduler.workdays import WorkCalendar

# A window of a year may be planned on any day of the horizon; more days add nothing to choose from.
MOST_DAYS = 31


@dataclass(frozen=True)
class StoredProblem:
    """
    The solver's problem with what is needed to store its answer.

    Attributes:
        current: People of each occurrence as stored.
        rows: Stored columns of each occurrence, by id.
        ways: What is known of the ways between the places of its sites.
    """

    problem: AssignmentProblem
    current: Current
    rows: Mapping[int, Any]
    ways: Ways

    def site_of(self, task: str) -> str:
        """Return the key of the site of a task."""
        return str(self.rows[int(task)].site)

    def at(self, sites: Collection[str]) -> "StoredProblem":
        """Return what is needed to store an answer for *sites* alone; empty means all."""
        if not sites:
            return self
        rows = {id_: row for id_, row in self.rows.items() if row.site in sites}
        current = {id_: who for id_, who in self.current.items() if id_ in rows}
        return replace(self, current=current, rows=rows)


def stored_problem(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    organisation: Organisation,
    rulebook: RuleBook,
    *,
    span: tuple[datetime, datetime],
    now: datetime,
    sites: Collection[str] = (),
) -> StoredProblem:
    """
    Return the problem of all occurrences that fall due in *span* and are not over.

    With *sites*, keys, of those at these alone; what their people have elsewhere is settled.
    """
    falls_due = (OccurrenceRow.due_at >= span[0], OccurrenceRow.due_at < span[1])
    which = (is_open(now), *falls_due)
    named = (there_or_theirs(organisation, sites, *which),) if sites else ()
    found = occurrence_rows(session, organisation.id, *which, *named)
    rows = {row.id: row for row in found}
    current, pinned = people_of(session, organisation.id, rows.keys())
    elsewhere = {row.id for row in rows.values() if sites and row.site not in sites}
    settled = (current, pinned | elsewhere)
    zone = ZoneInfo(organisation.time_zone)
    days = (span[0].astimezone(zone).date(), span[1].astimezone(zone).date())
    return problem_of(session, organisation, rulebook, rows, settled, days=days, now=now)


def problem_of(  # noqa: PLR0913 (all but the first five are named at the call)
    session: Session,
    organisation: Organisation,
    rulebook: RuleBook,
    rows: Mapping[int, Any],
    settled: tuple[Current, frozenset[int]],
    *,
    days: tuple[date, date],
    now: datetime,
) -> StoredProblem:
    """
    Return the problem of these occurrences, which come in the order of their due times.

    `settled` says who has each of them, and which are pinned; `days` are the first and last one
    for which it matters who is on shift.
    """
    current, pinned = settled
    first = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    sites = site_ids(session, organisation)
    drills = announced_days(session, organisation.id, now=now, sites=sites)
    tasks = (
        _on_drill_day(task, drills.get(int(task.id)), first)
        for task in Tasks(organisation, rulebook, now).of(rows.values())
    )
    standing = {id_ for id_, row in rows.items() if row.state == "in_progress"} | pinned
    blocked = _blocked(session, rulebook, (organisation.id, sites), now)
    shifts = on_shift(session, organisation, *days)
    ways = known_ways(session, organisation.id, sites=sites, on=first)
    problem = AssignmentProblem(
        in_zones(tasks, zones_of(organisation, ways)),
        tuple(
            worker_of(person, blocked.get(person.id, ()), shifts.get(person.id))
            for person in organisation.people
        ),
        fixed={str(id_): who for id_, who in current.items() if id_ in standing},
        previous={str(id_): who for id_, who in current.items() if id_ not in standing},
        planned_on={str(id_): rows[id_].planned_on for id_ in current if rows[id_].planned_on},
        titles=person_titles(),
        first_day=now.astimezone(ZoneInfo(organisation.time_zone)).date(),
        most_running=organisation.most_running,
    )
    return StoredProblem(problem, current, rows, ways)


def _on_drill_day(task: Task, day: date | None, first: date) -> Task:
    """Return the task on the day of the announced drill that serves it, if there is one ahead."""
    return task if day is None or day < first else replace(task, day=day, days=())


def is_open(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an occurrence may still be performed in time."""
    return and_(OccurrenceRow.state.in_(("scheduled", "in_progress")), OccurrenceRow.due_at >= now)


def is_given_out() -> ColumnElement[bool]:
    """Return the condition that people may be sent: to an unannounced drill would tell of it."""
    return OccurrenceRow.hidden_until.is_distinct_from(OccurrenceRow.due_at)


def occurrence_rows(session: Session, organisation_id: str, *which: ColumnElement[bool]) -> Any:
    """Return the columns that tasks are made of, in the order of due times."""
    columns = (
        OccurrenceRow.id,
        OccurrenceRow.opens_at,
        OccurrenceRow.due_at,
        OccurrenceRow.planned_on,
        OccurrenceRow.state,
        OccurrenceRow.priority,
        OccurrenceRow.uncovered_code,
        OccurrenceRow.hidden_until,
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
        .where(*which)
        .where(is_given_out())
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )


class Tasks:
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
        """Yield the tasks of *rows*, which come in the order of their due times."""
        rows = tuple(rows)
        leads = stricter_occurrences(rows, self._rulebook, self._first)
        leading = {lead.id for lead in leads.values()}
        for row in rows:
            site = self._sites.get(row.site)
            rule = self._rulebook.rules.get(row.rule)
            due_on = row.due_at.astimezone(self._zone).date()
            version = rule and self._rulebook.version(rule, due_on)
            if site is not None and version:
                task = self._task(row, site, version, due_on)
                if row.id in leading and not task.inspection:
                    task = replace(task, inspection=_of_rule(row))
                yield self._with(task, leads[row.id]) if row.id in leads else task

    def _with(self, task: Task, lead: Any) -> Task:
        """Put *task* where the occurrence of the stricter rule stands, whose check serves it."""
        due_on = lead.due_at.astimezone(self._zone).date()
        version = self._rulebook.version(self._rulebook.rule(lead.rule), due_on)
        own = _inspection(lead, version) if version else ""
        days = self._days(lead, lead.site, due_on)
        return replace(task, day=due_on, days=days, inspection=own or _of_rule(lead))

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


def _of_rule(row: Any) -> str:
    """Name the inspection of a rule that shares no checklist, but serves a lower rule."""
    return f"{row.target_kind}|{row.target}|rule:{row.rule}"


def _excluded(excludes: tuple[str, ...], piece: Place | Asset | None, row: Any) -> frozenset[str]:
    people = {
        "keeper": piece.keeper if piece else None,
        "maintainer": piece.maintainer if isinstance(piece, Asset) else None,
        "person-checked": row.target if row.target_kind == "person" else None,
    }
    return frozenset(key for kind in excludes if (key := people.get(kind)))


def _blocked(
    session: Session, rulebook: RuleBook, where: tuple[str, Collection[int]], now: datetime
) -> dict[str, tuple[date, ...]]:
    """Return the days on which somebody may not work: a check that gates the day was not passed."""
    organisation_id, sites = where
    closed = closed_gates(session, rulebook, organisation_id=organisation_id, now=now, sites=sites)
    return {gate.person: (gate.day,) for gate in closed}


def worker_of(
    person: Person, blocked: tuple[date, ...] = (), presence: Presence | None = None
) -> Worker:
    """Return the person as the planner sees one."""
    return Worker(
        id=person.id,
        name=person.name,
        sites=person.sites,
        roles=person.roles,
        qualifications=person.qualifications,
        absences=person.absences,
        minutes_per_day=person.minutes_per_day,
        works=person.works,
        prefers=frozenset(person.prefers),
        presence=presence,
        blocked=frozenset(blocked),
    )
