"""The course of one planning run: cluster by cluster, day by day, carrying shares on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rules.text import Text
from scheduler.assignment.block import PRIORITIES, Block
from scheduler.assignment.book import Book
from scheduler.assignment.bundles import bundles
from scheduler.assignment.clusters import clusters
from scheduler.assignment.days import planned_days
from scheduler.assignment.fairness import Shares
from scheduler.assignment.greedy import Draft, greedy
from scheduler.assignment.repair import place_leftovers

Progress = Callable[[int, int, Text], None]


@dataclass
class Effort:
    """
    What one block may spend.

    Attributes:
        steps: Thousandths of CP-SAT's deterministic second for each block.
        ends: Moment of the monotonic clock after which nothing is improved.
        was_cut: The clock ended something before its steps did.
    """

    seed: int
    steps: int
    ends: float
    was_cut: bool = False

    @property
    def seconds_left(self) -> float:
        """Return the seconds until improving stops; negative afterwards."""
        return self.ends - time.monotonic()


@dataclass(frozen=True)
class Sketch:
    """
    A block with its plan so far, for the solver to better.

    Attributes:
        book: All bookings but those of the block.
    """

    book: Book
    block: Block
    draft: Draft
    shares: Shares


Improve = Callable[[Sketch, Effort], Draft]


def blocks_of(book: Book) -> list[Block]:
    """Return every cluster's days in order, without what is fixed."""
    problem = book.problem
    days = planned_days(book)
    result = []
    sites = sorted({task.site for task in problem.tasks})
    for cluster in clusters(sites, (worker.sites for worker in problem.workers)):
        people = tuple(w for w in problem.workers if not set(cluster).isdisjoint(w.sites))
        tasks = [task for task in problem.tasks if task.site in cluster]
        for day in sorted({days.get(task.id, task.day) for task in tasks}):
            todays = tuple(task for task in tasks if days.get(task.id) == day)
            result.append(Block(cluster, day, todays, people))
    return result


def run(
    book: Book,
    blocks: Sequence[Block],
    effort: Effort,
    *,
    improve: Improve,
    progress: Progress | None,
) -> None:
    """Plan all blocks into *book*; what is left over is tried once more at the end."""
    shares: dict[tuple[str, ...], Shares] = {}
    for done, block in enumerate(blocks):
        if progress:
            progress(done, len(blocks), _step_text(block))
        carried = shares.setdefault(block.sites, Shares())
        _settle(Sketch(book, block, [], carried), effort, improve)
    place_leftovers(book)
    if progress:
        progress(len(blocks), len(blocks), Text(zh="派工完成", en="Assignment done"))


def missing(book: Book) -> tuple[int, ...]:
    """Return how many tasks of each priority nobody does."""
    lost = [task.priority for task in book.problem.tasks if task.id not in book.placed]
    return tuple(lost.count(priority) for priority in PRIORITIES)


def _step_text(block: Block) -> Text:
    return Text(
        zh=f"派工：{block.day.isoformat()}，{len(block.tasks)} 项",
        en=f"Assigning {len(block.tasks)} tasks of {block.day.isoformat()}",
    )


def _settle(sketch: Sketch, effort: Effort, improve: Improve) -> None:
    """Plan one block and carry its shares on."""
    book, block, shares = sketch.book, sketch.block, sketch.shares
    shares.open_day(block.people, block.day)
    for worker in block.people:
        shares.load[worker.id] += book.used(worker.id, block.day)
    units = bundles(block.tasks, block.day, previous=book.problem.previous)
    draft = greedy(book, units, shares=shares, seed=f"{effort.seed}/{block.name}")
    if effort.steps > 0 and _has_choice(book, draft):
        draft = _improved(Sketch(book, block, draft, shares), effort, improve)
    for unit, chosen in draft:
        if chosen is not None:
            shares.add(unit, chosen)


def _has_choice(book: Book, draft: Draft) -> bool:
    """Whether some unit has more candidates than it needs; else there is nothing to improve."""
    return any(len(book.candidates(u.whole, u.day)) > u.whole.people for u, _ in draft)


def _improved(sketch: Sketch, effort: Effort, improve: Improve) -> Draft:
    """Take the draft out of the book, have it bettered, and book the result."""
    if effort.seconds_left <= 0:
        effort.was_cut = True
        return sketch.draft
    for unit, _ in sketch.draft:
        for task in unit.tasks:
            sketch.book.remove(task)
    best = improve(sketch, effort)
    for unit, chosen in best:
        for task in unit.tasks if chosen is not None else ():
            sketch.book.place(task, unit.day, chosen or ())
    return best
