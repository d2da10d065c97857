"""The plan while it is being made, unit by unit, with what each placing costs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from random import Random

from scheduler.assignment.book import Book
from scheduler.assignment.bundles import Unit, singles
from scheduler.assignment.objective import REPEATED, Prices, day_room
from scheduler.assignment.problem import Worker
from scheduler.assignment.running import Running

People = tuple[str, ...]
Spot = tuple[date, People]


class Draft:
    """
    Who does which unit on which day, so far.

    Attributes:
        units: All units by id; a walk may be split into its tasks.
        where: Day and people of every unit that has them.
        load: Minutes of each person over all days.
    """

    def __init__(self, book: Book, units: Iterable[Unit], *, seed: int = 0) -> None:
        self.book = book
        self.prices = Prices(book.problem)
        self.units = {unit.whole.id: unit for unit in units}
        self.where: dict[str, Spot] = {}
        self.load: dict[str, int] = defaultdict(int)
        self._held: dict[tuple[str, date], dict[str, Unit]] = defaultdict(dict)
        self._rank = _ranks(book.problem.workers, seed)
        self._rooms = {worker.id: day_room(worker) for worker in book.problem.workers}
        self._running = Running(book)
        for (person, _), minutes in book.bookings():
            self.load[person] += minutes

    def held(self, person: str, day: date) -> Mapping[str, Unit]:
        """Return the units of the person on *day* that are not fixed."""
        return self._held.get((person, day), {})

    def place(self, unit: Unit, spot: Spot) -> None:
        """Give the unit to people on a day."""
        day, people = spot
        self.where[unit.whole.id] = spot
        for task in unit.tasks:
            self.book.place(task, day, people)
        for person in people:
            self.load[person] += unit.whole.minutes
            self._held[person, day][unit.whole.id] = unit
            self._running.add(unit.whole, day, person)

    def put(self, placed: Mapping[str, Spot]) -> None:
        """Place every unit where its tasks stood."""
        for unit in self.units.values():
            spot = placed.get(unit.whole.id)
            if spot is not None:
                self.place(unit, spot)

    def remove(self, unit: Unit) -> Spot:
        """Take the unit back; return where it was."""
        day, people = self.where.pop(unit.whole.id)
        for task in unit.tasks:
            self.book.remove(task)
        for person in people:
            self.load[person] -= unit.whole.minutes
            del self._held[person, day][unit.whole.id]
            self._running.remove(unit.whole, day, person)
        return day, people

    def split(self, unit: Unit) -> list[Unit]:
        """Replace a unit that nobody has by its tasks."""
        del self.units[unit.whole.id]
        parts = singles(unit)
        self.units.update((part.whole.id, part) for part in parts)
        return parts

    def added(self, unit: Unit, person: str, day: date) -> float:
        """Return the points of the person taking the unit on *day*, beside all they have."""
        whole = unit.whole
        own = self.wishes(unit, person, day)
        repeats = REPEATED * self._running.added(whole, day, person)
        return own + repeats + self.burden(person, day, whole.minutes)

    def wishes(self, unit: Unit, person: str, day: date) -> int:
        """Return the points of the person on the unit beside minutes and repeats."""
        # What wishes and the last plan say holds for every task of a walk alike (`bundles`).
        return len(unit.tasks) * self.prices.person(unit.whole, person, day)

    def burden(self, person: str, day: date, minutes: int) -> float:
        """Return the points of so many minutes more for the person on *day*."""
        load, today = self.load[person], self.book.used(person, day)
        room = self._rooms[person]
        over_all = (2 * load + minutes) / self.prices.available[person]
        return 1000 * minutes * (over_all + (2 * today + minutes) / room)

    def points_at(self, unit: Unit, spot: Spot) -> float:
        """Return what the unit would cost there."""
        day, people = spot
        extra = sum(self.added(unit, person, day) for person in people)
        return unit.changed + extra

    def cheapest(self, unit: Unit) -> tuple[float, Spot] | None:
        """Return the cheapest spot among those that are free, with its points."""
        best: tuple[float, Spot] | None = None
        for day in unit.days:
            found = self.cheapest_on(unit, day)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        return best

    def cheapest_on(self, unit: Unit, day: date) -> tuple[float, Spot] | None:
        """Return the cheapest free people on *day*, with the points."""
        whole = unit.whole
        free = self.by_points(unit, day, self.book.free(whole, day))
        if len(free) < whole.people:
            return None
        people = tuple(sorted(person for _, _, person in free[: whole.people]))
        return unit.changed + sum(each[0] for each in free[: whole.people]), (day, people)

    def by_points(
        self, unit: Unit, day: date, people: Iterable[Worker]
    ) -> list[tuple[float, float, str]]:
        """Return points, draw and id of *people* for the unit, the cheapest first."""
        return sorted((self.added(unit, one.id, day), self._rank[one.id], one.id) for one in people)

    def undone(self) -> list[Unit]:
        """Return the units that nobody has, dearest first."""
        left = (unit for id_, unit in self.units.items() if id_ not in self.where)
        return sorted(left, key=lambda unit: (unit.whole.priority, unit.whole.minutes, _id(unit)))


def _id(unit: Unit) -> str:
    return unit.whole.id


def _ranks(workers: Iterable[Worker], seed: int) -> dict[str, float]:
    """Draw the order of equals."""
    return {one.id: Random(f"{seed}/{one.id}").random() for one in workers}  # noqa: S311 - no secret
