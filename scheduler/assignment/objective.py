"""
What a plan costs, in points: cover by law first, then changes, then burden, then wishes.

One minute of the burden of somebody who is busy all their time counts a thousand points, so that
all sums are whole numbers and can be done again by hand.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.assignment.eligibility import available_minutes
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Task, Worker

PRIORITIES = (0, 1, 2)
# One task of the law outweighs a hundred recommended ones, and so on: no exchange of tasks in a
# day can set one against the other. Each outweighs what evening out a person's work could save.
UNCOVERED = (10**12, 10**10, 10**8)
CHANGED = 10**6
REPEATED = 20_000
NOT_PREFERRED = 5_000


@dataclass(frozen=True)
class Cost:
    """
    The parts of what a plan costs.

    Attributes:
        uncovered: Tasks that nobody does, by priority.
        changed: Assignments of the last plan, to a person on a day, that are not in this one
            although the task is done.
        burden: Points for minutes; less where work is level over people and over days.
        repeated: Times that somebody had the same place more often running than allowed.
        not_preferred: People at a place that somebody else prefers, who do not prefer it.
    """

    uncovered: tuple[int, ...] = (0, 0, 0)
    changed: int = 0
    burden: int = 0
    repeated: int = 0
    not_preferred: int = 0

    @property
    def points(self) -> int:
        """All parts together."""
        cover = sum(each * price for each, price in zip(self.uncovered, UNCOVERED, strict=True))
        wishes = self.repeated * REPEATED + self.not_preferred * NOT_PREFERRED
        return cover + self.changed * CHANGED + self.burden + wishes


class Prices:
    """What one person on one task costs beside their burden, and how long everyone could work."""

    def __init__(self, problem: AssignmentProblem) -> None:
        self._problem = problem
        self._workers = {worker.id: worker for worker in problem.workers}
        self._is_plain = not problem.previous and not any(one.prefers for one in problem.workers)

    @cached_property
    def available(self) -> Mapping[str, int]:
        """Minutes of each person over all days on which something may be planned; at least 1."""
        days = sorted({day for task in self._problem.tasks for day in task.choices})
        return {
            worker.id: max(1, sum(available_minutes(worker, day) for day in days))
            for worker in self._problem.workers
        }

    @cached_property
    def _fans(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Who prefers a place, by site and place."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for worker in self._problem.workers:
            for site in worker.sites if worker.prefers else ():
                for place in worker.prefers:
                    found[site, place].add(worker.id)
        return {place: frozenset(people) for place, people in found.items()}

    def fans(self, task: Task) -> frozenset[str]:
        """Return who prefers the place of the task."""
        return self._fans.get((task.site, task.place), frozenset())

    def kept(self, task: Task, day: date) -> tuple[str, ...]:
        """Return who had the task on that day in the last plan."""
        previous = self._problem.previous.get(task.id, ())
        if not previous or self._problem.planned_on.get(task.id, task.day) != day:
            return ()
        return previous

    def task(self, task: Task) -> int:
        """Return the points of the task, whoever does it: all of the last plan are changed."""
        return CHANGED * len(self._problem.previous.get(task.id, ()))

    def person(self, task: Task, person: str, day: date) -> int:
        """Return the points of the person on the task beside minutes; negative where kept."""
        if self._is_plain:
            return 0
        fans = self.fans(task)
        unloved = NOT_PREFERRED if fans and person not in fans else 0
        return unloved - (CHANGED if person in self.kept(task, day) else 0)

    def of_person(self, person: str, minutes: int) -> int:
        """Return the points of all minutes of a person: their square over the time they had."""
        return burden(minutes, self.available[person])

    def of_day(self, person: str, minutes: int) -> int:
        """Return the points of the minutes of a person on one day."""
        return burden(minutes, day_room(self._workers[person]))


def burden(minutes: int, room: int) -> int:
    """Return the points of *minutes* of work in *room* minutes, rounded up."""
    return -(-1000 * minutes * minutes // room)


def day_room(worker: Worker) -> int:
    """Return the minutes of the person on a day; at least 1."""
    return max(1, worker.minutes_per_day)


def cost_of(problem: AssignmentProblem, plan: AssignmentPlan) -> Cost:
    """Return what *plan* costs, added up anew from its assignments."""
    prices = Prices(problem)
    tasks = {task.id: task for task in problem.tasks}
    days: dict[tuple[str, date], int] = defaultdict(int, problem.spent)
    changed = not_preferred = 0
    visits: Visits = defaultdict(lambda: defaultdict(set))
    for each in plan.assignments:
        task = tasks[each.task]
        visits[task.site, task.place][each.day].update(each.people)
        for person in each.people:
            days[person, each.day] += task.minutes
        if task.id not in problem.fixed:
            fans = prices.fans(task)
            before = problem.previous.get(task.id, ())
            kept = set(prices.kept(task, each.day)).intersection(each.people)
            changed += len(before) - len(kept)
            not_preferred += sum(1 for who in each.people if fans and who not in fans)
    lost = [tasks[each.task].priority for each in plan.uncovered]
    return Cost(
        tuple(lost.count(priority) for priority in PRIORITIES),
        changed,
        _burden(prices, days),
        repeats(visits, problem.most_running) if problem.most_running else 0,
        not_preferred,
    )


def _burden(prices: Prices, days: Mapping[tuple[str, date], int]) -> int:
    people: dict[str, int] = defaultdict(int)
    known = {key: minutes for key, minutes in days.items() if key[0] in prices.available}
    for (person, _), minutes in known.items():
        people[person] += minutes
    by_day = sum(prices.of_day(person, minutes) for (person, _), minutes in known.items())
    return by_day + sum(prices.of_person(person, minutes) for person, minutes in people.items())


Visits = defaultdict[tuple[str, str], defaultdict[date, set[str]]]


def repeats(visits: Visits, most: int) -> int:
    """Return how often somebody is at a place on more than *most* of its days running."""
    found = 0
    for days in visits.values():
        running: dict[str, int] = {}
        for day in sorted(days):
            running = {person: running.get(person, 0) + 1 for person in days[day]}
            found += sum(1 for times in running.values() if times > most)
    return found
