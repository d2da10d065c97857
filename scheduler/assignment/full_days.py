"""Full days of people with the tasks that they may take, in groups that share no task."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from heapq import nsmallest

from scheduler.assignment.book import Book
from scheduler.assignment.clusters import clusters
from scheduler.assignment.objective import day_room
from scheduler.assignment.problem import Task
from scheduler.assignment.tight import Filled, Offer, filled

Spot = tuple[str, date]
_Room = tuple[int, int, int]
Offers = dict[Spot, list[Offer]]


@dataclass(frozen=True)
class TightTask:
    """
    A task that some full day may take.

    Attributes:
        changed: Points of doing it, whoever does it.
        undone: Points of leaving it undone.
        days: By day, the cheapest people whose day is not full, and the links of the others.
    """

    task: Task
    changed: int
    undone: int
    days: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Names of all prices of the task."""
        return tuple(dict.fromkeys(link for _, links in self.days for link in links))

    def least(self, prices: Mapping[str, int]) -> tuple[int, Sequence[str]]:
        """Return the least points, and the full days bought for them; in doubt none."""
        if self.task.people == 1:
            price = prices.get(self.links[0], 0)
            dearest = min(self._elsewhere, self.undone - self.changed)
            if price < dearest:
                return self.changed + price, self.links
            return self.changed + dearest, ()
        best: tuple[int, Sequence[str]] = (self.undone, ())
        for others, links in self.days:
            # An empty name sorts first, so that of equals the day that is not full is taken.
            offers = [(price, "") for price in others]
            offers += [(prices.get(link, 0), link) for link in links]
            if len(offers) >= self.task.people:
                each = nsmallest(self.task.people, offers)
                points = self.changed + sum(price for price, _ in each)
                if points < best[0]:
                    best = (points, [link for _, link in each if link])
        return best

    @cached_property
    def _elsewhere(self) -> int:
        """Points of the cheapest one whose day is not full; out of reach where there is none."""
        return min((others[0] for others, _ in self.days if others), default=self.undone)

    def fair_price(self) -> int:
        """Return the price at which full days are as dear as others, or as leaving it undone."""
        undone = (self.undone - self.changed) // self.task.people
        return min((undone, *(others[0] for others, _ in self.days if others)))


class FullDays:
    """
    Full days that share tasks.

    Attributes:
        tasks: Those that some of the days may take.
        offers: By day, the tasks, each with what it saves there beside its own price.
    """

    def __init__(
        self, tasks: Iterable[TightTask], offers: Offers, rooms: Mapping[Spot, _Room]
    ) -> None:
        self.tasks = tuple(tasks)
        self.offers = offers
        self._rooms = rooms
        self._filled: dict[Spot, tuple[list[Offer], Filled]] = {}

    def weighing(self, law: int) -> "FullDays":
        """Return the same days, where a task of the law left undone weighs *law* points."""
        tasks = (each if each.task.priority else replace(each, undone=law) for each in self.tasks)
        return FullDays(tasks, self.offers, self._rooms)

    def at(self, prices: Mapping[str, int]) -> tuple[int, Mapping[str, int]]:
        """Return the least points at prices of the tasks, and how they grow with each price."""
        total = 0
        slope: dict[str, int] = defaultdict(int)
        for each in self.tasks:
            points, links = each.least(prices)
            total += points
            for link in links:
                slope[link] += 1
        for spot, tasks in self.offers.items():
            offers = [
                Offer(each.link, each.minutes, prices.get(each.link, 0) + each.gain)
                for each in tasks
            ]
            found = self._fill(spot, offers)
            total += found.points
            for link in found.links:
                slope[link] -= 1
        return total, {link: each for link, each in slope.items() if each}

    def _fill(self, spot: Spot, offers: list[Offer]) -> Filled:
        """Fill one day; what it came to last time stands where nothing has changed."""
        known = self._filled.get(spot)
        if known is None or known[0] != offers:
            found = filled(offers, *self._rooms[spot])
            self._filled[spot] = known = (offers, found)
        return known[1]


def _room(book: Book, person: str, day: date) -> _Room:
    """Return the minutes settled on the day, those it has, and what its burden is measured by."""
    worker = book.workers[person]
    return book.used(person, day), worker.minutes_per_day, day_room(worker)


def link_of(task: Task, person: str, day: date) -> str:
    """
    Return the name of the price of the task on a full day.

    A task of several people has one for each: with one for all, half of them would look like half
    of the task.
    """
    return task.id if task.people == 1 else f"{task.id}|{person}|{day}"


def groups_of(book: Book, tasks: Sequence[TightTask], offers: Offers) -> list[FullDays]:
    """Return the full days in groups that share no task."""
    names = {f"{person}|{day}": (person, day) for person, day in offers}
    task_of = {link: each.task.id for each in tasks for link in each.links}
    links: dict[str, list[str]] = defaultdict(list)
    for name, spot in names.items():
        for offer in offers[spot]:
            links[task_of[offer.link]].append(name)
    found = clusters(names, links.values())
    group_of = {name: number for number, group in enumerate(found) for name in group}
    members: dict[int, list[TightTask]] = defaultdict(list)
    for each in tasks:
        members[group_of[links[each.task.id][0]]].append(each)
    rooms = {spot: _room(book, *spot) for spot in offers}
    return [
        FullDays(
            members[number],
            {names[name]: offers[names[name]] for name in group},
            {names[name]: rooms[names[name]] for name in group},
        )
        for number, group in enumerate(found)
    ]
