"""
The assignment with minutes that may be split, as a network: minutes flow from tasks to people.

Work → people on a day who may do it → one person on that day → that person → done. Leaving work
undone is an arc of its own. The burden grows with the square of the minutes; here it is a chain of
straight pieces. What the network leaves out (whole tasks, different people for one task, the time
of day) only makes it cheaper.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from scheduler.assignment.book import Signature
from scheduler.assignment.bundles import Unit
from scheduler.assignment.draft import Draft
from scheduler.assignment.objective import day_room
from scheduler.assignment.problem import Worker

DONE = 0
ENDLESS = 10**9
# Where the slope of the burden changes, in parts of the mean share of their time that people work.
_PIECES = (*(n / 20 for n in range(1, 41)), 3.0, 5.0, 10.0)
_DAY_PIECES = (*(n / 8 for n in range(1, 17)), 3.0, 5.0, 10.0)


@dataclass
class Arcs:
    """Columns of the network: from, to, most minutes, points per minute."""

    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)

    def add(self, tail: int, head: int, room: int, price: int) -> int:
        """Add one arc; return its number."""
        self.tails.append(tail)
        self.heads.append(head)
        self.room.append(room)
        self.price.append(price)
        return len(self.tails) - 1


class Network:
    """
    The network of everything at some sites that has no place yet.

    Attributes:
        supply: Minutes by node that must flow; `DONE` takes all.
        people: Node of each person.
        days: Node of each person on each day.
        choices: Arc by what decides on the candidates and by person and day.
    """

    def __init__(self, draft: Draft, sites: Container[str]) -> None:
        self.draft = draft
        self.arcs = Arcs()
        self.supply: list[int] = [0]
        self.people: dict[str, int] = {}
        self.days: dict[tuple[str, date], int] = {}
        self.choices: dict[tuple[Signature, str], int] = {}
        self._groups: dict[Signature, int] = {}
        here = (unit for unit in draft.undone() if unit.whole.site in sites)
        units = [unit for unit in here if self._possible(unit)]
        self._share = _mean_share(draft, units, sites)
        for work in _works(draft, units):
            self._add_work(work)

    def _possible(self, unit: Unit) -> list[date]:
        whole, book = unit.whole, self.draft.book
        return [day for day in unit.days if len(book.candidates(whole, day)) >= whole.people]

    def _node(self) -> int:
        self.supply.append(0)
        return len(self.supply) - 1

    def _add_work(self, units: Sequence[Unit]) -> None:
        """Add equal units as one node."""
        unit = units[0]
        whole, prices = unit.whole, self.draft.prices
        minutes = sum(each.whole.minutes * each.whole.people for each in units)
        node = self._node()
        self.supply[node] = minutes
        one = whole.minutes * whole.people
        self.arcs.add(node, DONE, minutes, max(0, unit.undone - unit.changed) // one)
        for day in self._possible(unit):
            self.arcs.add(node, self._group(unit, day), minutes, 0)
            for worker in self._special(unit, day):
                own = sum(prices.person(task, worker.id, day) for task in unit.tasks)
                spot = self._day(worker, day)
                self.arcs.add(node, spot, whole.minutes * len(units), own // whole.minutes)

    def _special(self, unit: Unit, day: date) -> Iterable[Worker]:
        """Yield those for whom the unit is cheaper than for others."""
        kept = self.draft.prices.kept(unit.whole, day)
        fans = self.draft.prices.fans(unit.whole)
        for worker in self.draft.book.candidates(unit.whole, day) if kept or fans else ():
            if worker.id in kept or worker.id in fans:
                yield worker

    def _group(self, unit: Unit, day: date) -> int:
        """Return the node of all who may do such a unit on *day*."""
        book = self.draft.book
        signature = book.signature(unit.whole, day)
        if signature not in self._groups:
            node = self._groups[signature] = self._node()
            for worker in book.candidates(unit.whole, day):
                spot = self._day(worker, day)
                self.choices[signature, worker.id] = self.arcs.add(node, spot, ENDLESS, 0)
        return self._groups[signature]

    def _day(self, worker: Worker, day: date) -> int:
        key = (worker.id, day)
        if key not in self.days:
            node = self.days[key] = self._node()
            booked = self.draft.book.used(*key)
            left = max(0, worker.minutes_per_day - booked)
            person = self._person(worker.id)
            for room, price in _pieces(_DAY_PIECES, self._share, day_room(worker), booked):
                if left > 0:
                    self.arcs.add(node, person, min(room, left), price)
                left -= room
        return self.days[key]

    def _person(self, person: str) -> int:
        if person not in self.people:
            node = self.people[person] = self._node()
            had = self.draft.prices.available[person]
            for room, price in _pieces(_PIECES, self._share, had, self.draft.load[person]):
                self.arcs.add(node, DONE, room, price)
        return self.people[person]


def _works(draft: Draft, units: Iterable[Unit]) -> Iterable[list[Unit]]:
    """Join units that cost the same wherever they go."""
    groups: dict[object, list[Unit]] = defaultdict(list)
    for unit in units:
        whole = unit.whole
        own = unit.previous or draft.prices.fans(whole)
        one = unit.undone // (whole.minutes * whole.people)
        signatures = tuple(draft.book.signature(whole, day) for day in unit.days)
        groups[whole.id if own else (signatures, one)].append(unit)
    return groups.values()


def _mean_share(draft: Draft, units: Iterable[Unit], sites: Container[str]) -> float:
    """Return the part of all time that would be worked, were everything done."""
    work = sum(unit.whole.minutes * unit.whole.people for unit in units)
    people = [one.id for one in draft.book.problem.workers if any(s in sites for s in one.sites)]
    booked = sum(draft.load[person] for person in people)
    had = sum(draft.prices.available[person] for person in people)
    return min(1.0, max(0.01, (work + booked) / max(1, had)))


def _pieces(
    parts: Sequence[float], share: float, room: int, booked: int
) -> Iterable[tuple[int, int]]:
    """Yield minutes and points a minute of the straight pieces above *booked*; the last endless."""
    ends = sorted({max(1, round(part * share * room)) for part in parts})
    since = booked
    for until in ends:
        if until > since:
            yield until - since, 1000 * (since + until) // room
            since = until
    yield ENDLESS, 2000 * since // room
