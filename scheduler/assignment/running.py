"""How often the same person is at the same place on its days running."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from datetime import date

from scheduler.assignment.book import Book
from scheduler.assignment.problem import Task

_Place = tuple[str, str]
_NOBODY: Counter[str] = Counter()


class Running:
    """Who is at which place on which of its days, while a plan is being made."""

    def __init__(self, book: Book) -> None:
        self._most = book.problem.most_running
        self._there: dict[_Place, dict[date, Counter[str]]] = defaultdict(dict)
        self._days: dict[_Place, list[date]] = defaultdict(list)
        tasks = {task.id: task for task in book.problem.tasks} if self._most else {}
        for task_id, (day, people) in book.placed.items() if self._most else ():
            for person in people:
                self.add(tasks[task_id], day, person)

    def add(self, task: Task, day: date, person: str) -> None:
        """Count the person as at the task's place on *day*."""
        if not self._most:
            return
        place = (task.site, task.place)
        if day not in self._there[place]:
            self._there[place][day] = Counter()
            insort(self._days[place], day)
        self._there[place][day][person] += 1

    def remove(self, task: Task, day: date, person: str) -> None:
        """Take it back."""
        if not self._most:
            return
        place = (task.site, task.place)
        today = self._there[place][day]
        today[person] -= 1
        today += Counter()  # Drops who is not there any more.
        if not today:
            del self._there[place][day]
            self._days[place].remove(day)

    def added(self, task: Task, day: date, person: str) -> int:
        """Return how many times too often it would be more, were the person there on *day*."""
        if not self._most:
            return 0
        place = (task.site, task.place)
        there = self._there[place]
        if there.get(day, _NOBODY).get(person):
            return 0
        before, after = self._around(place, day, person)
        return self._over(before + 1 + after) - self._over(before) - self._over(after)

    def _around(self, place: _Place, day: date, person: str) -> tuple[int, int]:
        """Return on how many days running the person is there before and after *day*."""
        days, there = self._days[place], self._there[place]
        at = bisect_left(days, day)
        since = at
        while since > 0 and there[days[since - 1]].get(person):
            since -= 1
        first = at + 1 if at < len(days) and days[at] == day else at
        until = first
        while until < len(days) and there[days[until]].get(person):
            until += 1
        return at - since, until - first

    def _over(self, times: int) -> int:
        return max(0, times - self._most)
