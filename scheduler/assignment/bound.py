"""
No plan costs less than this: a bound that is added up from prices, without any solver.

Let a minute of a person on a day have a price, whatever it is. Every task then costs at least what
its cheapest people are worth, or what leaving it undone costs; and every person costs at least the
burden of their minutes less what these minutes were sold for. Whatever the prices, no plan is
cheaper than the sum (Lagrange); good prices, from `flow`, make it nearly as dear as the best plan.
On full days (`tight`) tasks have prices instead of minutes, and the day chooses among whole tasks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from heapq import nsmallest

from scheduler.assignment.book import Book
from scheduler.assignment.full_days import FullDays, Offers, Spot, TightTask, groups_of, link_of
from scheduler.assignment.objective import UNCOVERED, Prices, burden, day_room
from scheduler.assignment.problem import AssignmentProblem, MinutePrices, Task
from scheduler.assignment.splits import apart
from scheduler.assignment.tight import Offer


def lower_bound(problem: AssignmentProblem, minutes: MinutePrices) -> int:
    """Return points that no plan of *problem* can undercut."""
    return Bound(Book(problem), minutes).total()


def hopeless(book: Book, tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return the tasks for which too few people hold what is needed on any of their days."""
    return tuple(
        task
        for task in tasks
        if task.id not in book.problem.fixed
        and all(len(book.candidates(task, day)) < task.people for day in task.choices)
    )


class Bound:
    """
    The bound of one problem: what stands whatever tasks cost, and what their prices decide.

    Attributes:
        loose: Points of all people and of all tasks that no full day may take.
        groups: Full days and the tasks that they may take; no task is in two groups.
    """

    def __init__(self, book: Book, minutes: MinutePrices) -> None:
        self.book = book
        self.prices = Prices(book.problem)
        self._minutes = minutes
        self._known: dict[tuple[object, ...], int | None] = {}
        self.loose = self._people()
        tight: list[TightTask] = []
        offers: Offers = defaultdict(list)
        for task in book.problem.tasks:
            if task.id not in book.problem.fixed:
                self._add(task, tight, offers)
        self.groups = groups_of(book, tight, offers)

    def total(self) -> int:
        """Return the bound at the prices given."""
        prices = self._minutes.tasks
        splits = {split.task: split for split in self._minutes.splits}
        total = self.loose
        for group in self.groups:
            split = splits.get(group.tasks[0].task.id)
            total += group.at(prices)[0] if split is None else apart(group, split)
        return total

    def cost_in(self, group: FullDays, places: Mapping[str, tuple[date, tuple[str, ...]]]) -> int:
        """Return what a plan, by task, costs of what the group adds up: its least, or more."""
        booked: dict[Spot, int] = defaultdict(int)
        total = 0
        for tight in group.tasks:
            task = tight.task
            if task.id not in places:
                total += UNCOVERED[task.priority]
                continue
            day, people = places[task.id]
            total += tight.changed
            for person in people:
                total += self.points_of(task, person, day)
                if (person, day) in group.offers:
                    total -= self._day_price(task, person, day)
                    booked[person, day] += task.minutes
        for person, day in group.offers:
            used = self.book.used(person, day) + booked[person, day]
            total += burden(used, day_room(self.book.workers[person]))
        return total

    def _add(self, task: Task, tight: list[TightTask], offers: Offers) -> None:
        days = []
        for day in task.choices:
            people = self.book.candidates(task, day)
            full = [one.id for one in people if (one.id, day) in self._minutes.full]
            if len(people) >= task.people and full:
                days.append((day, full))
        if not days:
            self.loose += self._least(task)
            return
        for day, full in days:
            for person in full:
                saved = self._day_price(task, person, day) - self.points_of(task, person, day)
                link = link_of(task, person, day)
                offers[person, day].append(Offer(link, task.minutes, saved))
        tight.append(self._tight(task))

    def _tight(self, task: Task) -> TightTask:
        days = []
        for day in task.choices:
            people = self.book.candidates(task, day)
            if len(people) >= task.people:
                full = (one.id for one in people if (one.id, day) in self._minutes.full)
                links = tuple(link_of(task, person, day) for person in full)
                others = (
                    self.points_of(task, one.id, day)
                    for one in people
                    if (one.id, day) not in self._minutes.full
                )
                days.append((tuple(nsmallest(task.people, others)), links))
        return TightTask(task, self.prices.task(task), UNCOVERED[task.priority], tuple(days))

    def _least(self, task: Task) -> int:
        """Return the least points of the task: on its best day, or left undone."""
        changed = self.prices.task(task)
        found = [UNCOVERED[task.priority]]
        for day in task.choices:
            people = self._people_of(task, day)
            if people is not None:
                found.append(changed + people)
        return min(found)

    def _people_of(self, task: Task, day: date) -> int | None:
        """Return the least points of enough people, or nothing where they are too few."""
        if self.prices.kept(task, day):
            return self._search(task, day)
        signature = (self.book.signature(task, day), task.minutes, task.people, task.place)
        if signature not in self._known:
            self._known[signature] = self._search(task, day)
        return self._known[signature]

    def _search(self, task: Task, day: date) -> int | None:
        people = self.book.candidates(task, day)
        if len(people) < task.people:
            return None
        each = (self.points_of(task, one.id, day) for one in people)
        return min(each) if task.people == 1 else sum(nsmallest(task.people, each))

    def points_of(self, task: Task, person: str, day: date) -> int:
        """Return what the person costs on the task, by the price of their minutes."""
        own = self.prices.person(task, person, day)
        all_days = task.minutes * self._minutes.people.get(person, 0)
        return own + all_days + self._day_price(task, person, day)

    def _day_price(self, task: Task, person: str, day: date) -> int:
        return task.minutes * self._minutes.days.get((person, day), 0)

    def _people(self) -> int:
        """Return the least burden of all people, less what their minutes were sold for."""
        booked: dict[str, int] = defaultdict(int)
        days: dict[str, set[date]] = defaultdict(set)
        for (person, day), used in self.book.bookings():
            booked[person] += used
            days[person].add(day)
        for person, day in self._minutes.days:
            days[person].add(day)
        total = 0
        for worker in self.book.problem.workers:
            room = day_room(worker)
            for day in sorted(days[worker.id]):
                key = (worker.id, day)
                used = self.book.used(*key)
                most = max(used, worker.minutes_per_day)
                if key not in self._minutes.full:
                    total += _least(self._minutes.days.get(key, 0), room, used, most)
            had = self.prices.available[worker.id]
            price = self._minutes.people.get(worker.id, 0)
            total += _least(price, had, booked[worker.id], None)
        return total


def _least(price: int, room: int, booked: int, most: int | None) -> int:
    """
    Return the least of burden less price for any minutes from *booked* to *most*, rounded down.

    The burden grows with the square, so the best number of minutes is where its slope is the price.
    """
    if price * room <= 2000 * booked:
        return burden(booked, room) - 1
    if most is not None and price * room >= 2000 * most:
        return 1000 * most * most // room - price * (most - booked)
    return price * booked - -(-price * price * room // 4000)
