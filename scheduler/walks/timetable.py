"""What an order of visits costs: what comes late, how often one sets out, how far one walks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.walks.visits import Visit
from scheduler.walks.ways import Point, Ways

# A walk longer than this is cut, so that nobody is sent round for half a day without a pause.
LONGEST_WALK = 120
# So many minutes are kept before a visit is due, where its window has twice as many to spare.
MARGIN = 15
# Between two walks of an order; visits are numbers from 0.
PAUSE = -1
_NOWHERE = -1

Order = tuple[int, ...]
Cost = tuple[float, ...]


@dataclass(frozen=True)
class Setting:
    """
    Where and when a route begins.

    Attributes:
        now: Minute since the epoch.
        here: Where the person is; nothing where the first way does not count.
    """

    now: int
    here: Point | None = None


class Step(NamedTuple):
    """A visit of a walk, the minutes of way to it and the minute at which it begins."""

    visit: int
    way: float
    begins: float


class Timetable:
    """
    The visits of one person's day as figures, looked up while orders are tried.

    Attributes:
        due: By when each visit should be done, a little before it must be.
    """

    def __init__(self, visits: Sequence[Visit], ways: Ways, setting: Setting) -> None:
        self.visits = visits
        self.due = [_with_margin(visit, setting.now) for visit in visits]
        self._now = setting.now
        points = [visit.at for visit in visits]
        self._opens = [visit.opens for visit in visits]
        self._minutes = [visit.minutes for visit in visits]
        self._priority = [visit.priority for visit in visits]
        self._rank = [ways.rank(point) for point in points]
        # The last row is that of where the person is at the beginning.
        self._ways = [[ways.minutes(one, other) for other in points] for one in points]
        here = setting.here
        self._ways.append([0.0 if here is None else ways.minutes(here, to) for to in points])
        self._moves = [[bool(to.place) or to.site != one.site for to in points] for one in points]
        self._moves.append([True] * len(points))

    def ways_along(self, visits: Iterable[int]) -> Iterator[float]:
        """Yield the minutes of way to each visit; one of the whole site is done where one is."""
        at = _NOWHERE
        for i in visits:
            yield self._ways[at][i]
            if self._moves[at][i]:
                at = i

    def walks(self, order: Order) -> list[list[Step]]:
        """Return the walks with their times; each begins when it can go on without waiting."""
        ways = self.ways_along(i for i in order if i != PAUSE)
        free = float(self._now)
        found: list[list[Step]] = []
        for walk in walks_in(order):
            offset, opening, steps = 0.0, free, []
            for number, i in enumerate(walk):
                way = next(ways)
                if number:
                    offset += way
                    opening = max(opening, self._opens[i] - offset)
                else:
                    opening = max(free + way, self._opens[i])
                steps.append((i, way, offset))
                offset += self._minutes[i]
            found.append([Step(i, way, opening + after) for i, way, after in steps])
            free = opening + offset
        return found

    def cost(self, order: Order) -> Cost:
        """
        Judge an order; smaller is better, the first figure that differs decides.

        Late visits of each priority, minutes late, minutes beyond the longest walk, walks, minutes
        of way, the sum of when visits end, steps against the house's order.
        """
        late, over, too_long, all_way, early, against = [0, 0, 0], 0.0, 0.0, 0.0, 0.0, 0
        at, rank, walks, free = _NOWHERE, -1, 0, float(self._now)
        walk: list[tuple[int, float]] = []
        offset = opening = 0.0
        for i in (*order, PAUSE):
            if i == PAUSE:
                over += self._beyond(walk, opening, late)
                early += sum(opening + done_after for _, done_after in walk)
                if len(walk) > 1:
                    too_long += max(0, offset - LONGEST_WALK)
                walks += bool(walk)
                free = opening + offset if walk else free
                walk = []
                continue
            way = self._ways[at][i]
            all_way += way
            if walk:
                offset += way
                opening = max(opening, self._opens[i] - offset)
            else:
                offset = 0.0
                opening = max(free + way, self._opens[i])
            offset += self._minutes[i]
            walk.append((i, offset))
            against += self._rank[i] < rank
            rank = self._rank[i]
            if self._moves[at][i]:
                at = i
        return (*late, over, too_long, walks, round(all_way, 6), round(early, 6), against)

    def _beyond(self, walk: list[tuple[int, float]], begins: float, late: list[int]) -> float:
        """Return the minutes by which visits of a walk are late, and count these by priority."""
        over = 0.0
        for visit, done_after in walk:
            beyond = begins + done_after - self.due[visit]
            if beyond > 0:
                late[self._priority[visit]] += 1
                over += beyond
        return over


def walks_in(order: Order) -> Iterator[list[int]]:
    """Yield the walks of an order; never an empty one."""
    walk: list[int] = []
    for i in (*order, PAUSE):
        if i != PAUSE:
            walk.append(i)
        elif walk:
            yield walk
            walk = []


def _with_margin(visit: Visit, now: int) -> float:
    """Return when the visit should be done: a little before it is due, where there is time."""
    spare = visit.due - max(visit.opens, now) - visit.minutes
    return visit.due - min(MARGIN, max(0, spare / 2))
