"""The route of the day on Today: walks, their stops, and what each stop asks for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from inspections.rounds.scope import Scope
from inspections.walks.day import DayRoute, day_route
from rules.text import Text
from scheduler.walks.visits import Stop, Walk
from web.database import now, session
from web.formatting import local
from web.inspector.bands import Job


@dataclass(frozen=True)
class RouteStop:
    """
    One place on the way.

    Attributes:
        number: Counted through the whole day.
        way: Minutes of the way to it.
        minutes: Minutes of work there.
        late: Ids of jobs that come after their due time by this route.
    """

    number: int
    place: Text
    starts_at: datetime
    way: int
    minutes: int
    jobs: tuple[Job, ...]
    late: frozenset[int]


@dataclass(frozen=True)
class RouteWalk:
    """One walk: when it begins and ends, and how many duties it serves."""

    starts_at: datetime
    ends_at: datetime
    duties: int
    stops: tuple[RouteStop, ...]


@dataclass(frozen=True)
class ShownRoute:
    """
    The route of a day.

    Attributes:
        minutes: Work and way of all walks.
        way: Minutes of way alone.
        served: Minutes saved because one check serves several duties.
        walked: Minutes of way saved against going by due time.
    """

    walks: tuple[RouteWalk, ...]
    minutes: int
    way: int
    served: int
    walked: int

    @property
    def places(self) -> int:
        """How many stops it has."""
        return sum(len(walk.stops) for walk in self.walks)


def shown_route(scope: Scope, jobs: Iterable[Job], *, since: datetime) -> ShownRoute | None:
    """
    Return the route through *jobs*; nothing where they do not lead to two stops.

    What is due on a later day is on the way only where the plan has it by today.
    """
    by_id = {job.id: job for job in jobs if _is_for_today(job, since)}
    checks = [job.check for job in by_id.values() if job.check]
    if len({check.on for check in checks}) < 2:
        return None
    found = day_route(session(), scope, checks, now=now(), since=since)
    return _shown(found, by_id) if len(found.route.stops) > 1 else None


def _is_for_today(job: Job, since: datetime) -> bool:
    planned = job.planned_on is not None and job.planned_on <= since.date()
    return planned or local(job.due_at).date() <= since.date()


def _shown(found: DayRoute, jobs: Mapping[int, Job]) -> ShownRoute:
    route = found.route
    numbers = iter(range(1, len(route.stops) + 1))
    walks = tuple(_walk(walk, found, jobs, numbers) for walk in route.walks)
    return ShownRoute(
        walks,
        minutes=round(route.work + route.way),
        way=round(route.way),
        served=route.served,
        walked=max(0, round(route.walked)),
    )


def _walk(
    walk: Walk, found: DayRoute, jobs: Mapping[int, Job], numbers: Iterator[int]
) -> RouteWalk:
    stops = tuple(_stop(stop, found, jobs, next(numbers)) for stop in walk.stops)
    return RouteWalk(_at(walk.starts), _at(walk.ends), walk.duties, stops)


def _stop(stop: Stop, found: DayRoute, jobs: Mapping[int, Job], number: int) -> RouteStop:
    return RouteStop(
        number=number,
        place=found.names[stop.at],
        starts_at=_at(stop.starts),
        way=round(stop.way),
        minutes=stop.minutes,
        jobs=tuple(jobs[int(visit.id)] for visit in stop.visits),
        late=frozenset(int(id_) for id_ in stop.late),
    )


def _at(minute: float) -> datetime:
    return local(datetime.fromtimestamp(minute * 60, tz=UTC))
