"""A first plan for one block, made without a solver: hardest and most binding work first."""

from collections.abc import Iterable, Sequence
from random import Random

from scheduler.assignment.book import Book
from scheduler.assignment.bundles import Unit, singles
from scheduler.assignment.fairness import Shares
from scheduler.assignment.problem import Worker

Choice = tuple[str, ...]
Draft = list[tuple[Unit, Choice | None]]


def greedy(book: Book, units: Sequence[Unit], *, shares: Shares, seed: str) -> Draft:
    """
    Book each unit for the people with the smallest share, and return what was done.

    Walks that find nobody are split into their tasks. The bookings are left in *book*.
    """
    order = _Order(shares, seed)
    pending = sorted(units, key=lambda unit: _urgency(book, unit))
    draft: Draft = []
    while pending:
        unit = pending.pop(0)
        chosen = order.choose(book, unit)
        if chosen is None and len(unit.tasks) > 1:
            pending[:0] = singles(unit)
            continue
        if chosen is not None:
            for task in unit.tasks:
                book.place(task, unit.day, chosen)
            order.count(unit, chosen)
        draft.append((unit, chosen))
    return draft


def _urgency(book: Book, unit: Unit) -> tuple[int, int, int, int, str]:
    whole = unit.whole
    spare = len(book.candidates(whole, unit.day)) - whole.people
    window = whole.window[1] - whole.window[0]
    return (whole.priority, spare, window, -whole.minutes, whole.id)


class _Order:
    """Whom to ask first: who had it in the last plan, then the smallest share, then habit."""

    def __init__(self, shares: Shares, seed: str) -> None:
        self._shares = shares
        self._today: dict[str, int] = {}
        self._seed = seed
        self._ranks: dict[str, float] = {}

    def choose(self, book: Book, unit: Unit) -> Choice | None:
        found: list[str] = []
        for worker in self._sorted(unit, book.candidates(unit.whole, unit.day)):
            if book.busy(unit.whole, worker, unit.day) is None:
                found.append(worker.id)
            if len(found) == unit.whole.people:
                return tuple(found)
        return None

    def count(self, unit: Unit, people: Choice) -> None:
        for person in people:
            self._today[person] = self._today.get(person, 0) + unit.whole.minutes

    def _sorted(self, unit: Unit, people: Iterable[Worker]) -> list[Worker]:
        def key(worker: Worker) -> tuple[bool, int, bool, float]:
            minutes = self._today.get(worker.id, 0) + unit.whole.minutes
            return (
                worker.id not in unit.previous,
                self._shares.percent(worker.id, minutes),
                not self._shares.knows(unit, worker.id),
                self._rank(worker.id),
            )

        return sorted(people, key=key)

    def _rank(self, person: str) -> float:
        if person not in self._ranks:
            self._ranks[person] = Random(f"{self._seed}/{person}").random()  # noqa: S311 - a draw, no secret
        return self._ranks[person]
