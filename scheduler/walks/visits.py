"""What a route is made of: visits, the stops they make, the walks these are done in."""

from dataclasses import dataclass
from itertools import accumulate, islice

from scheduler.walks.ways import Point


@dataclass(frozen=True)
class Visit:
    """
    One inspection that a person is to do.

    Attributes:
        opens: Minute since the epoch from which it may be done.
        due: Minute since the epoch by which it must be done.
        minutes: Effort.
        apart: Minutes of all duties that it serves, each done on its own; at least `minutes`.
        duties: How many duties it serves.
        priority: 0 mandatory by law, 1 recommended by law, 2 of the house.
    """

    id: str
    at: Point
    opens: int
    due: int
    minutes: int
    apart: int
    duties: int = 1
    priority: int = 0


@dataclass(frozen=True)
class Stop:
    """
    Visits done one after another at one place.

    Attributes:
        way: Minutes of the way that leads there; 0 where it is the first of a day.
        starts: Minute since the epoch at which its first visit begins.
    """

    at: Point
    visits: tuple[Visit, ...]
    way: float
    starts: float

    @property
    def minutes(self) -> int:
        """Effort at the place."""
        return sum(visit.minutes for visit in self.visits)

    @property
    def ends(self) -> float:
        """Minute since the epoch at which its last visit ends."""
        return self.starts + self.minutes

    @property
    def late(self) -> frozenset[str]:
        """Ids of visits that are not done in time by this route."""
        ends = accumulate((visit.minutes for visit in self.visits), initial=self.starts)
        timed = zip(self.visits, islice(ends, 1, None), strict=True)
        return frozenset(visit.id for visit, end in timed if end > visit.due)


@dataclass(frozen=True)
class Walk:
    """Stops without a pause between them; never empty."""

    stops: tuple[Stop, ...]

    @property
    def starts(self) -> float:
        """Minute since the epoch at which its first stop begins."""
        return self.stops[0].starts

    @property
    def ends(self) -> float:
        """Minute since the epoch at which its last stop ends."""
        return self.stops[-1].ends

    @property
    def duties(self) -> int:
        """How many duties it serves."""
        return sum(visit.duties for stop in self.stops for visit in stop.visits)


@dataclass(frozen=True)
class Route:
    """
    The walks of one person's day, in order.

    Attributes:
        served: Minutes saved because one inspection serves several duties.
        walked: Minutes of way saved against going by due time; negative where keeping to fewer
            walks, or to the windows, costs way.
    """

    walks: tuple[Walk, ...]
    served: int = 0
    walked: float = 0

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Every stop in order."""
        return tuple(stop for walk in self.walks for stop in walk.stops)

    @property
    def work(self) -> int:
        """Minutes of work."""
        return sum(stop.minutes for stop in self.stops)

    @property
    def way(self) -> float:
        """Minutes of way."""
        return sum(stop.way for stop in self.stops)

    @property
    def saved(self) -> float:
        """Minutes saved in all; never negative."""
        return max(0, self.served + self.walked)

    @property
    def late(self) -> frozenset[str]:
        """Ids of visits that are not done in time."""
        return frozenset(id_ for stop in self.stops for id_ in stop.late)
