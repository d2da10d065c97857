"""Pieces of work that do not touch each other: in turn here, or at once in other processes."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Done = Callable[[int, int], None]


class Crew:
    """Who does pieces of work: this process, or others beside it."""

    def __init__(self, pool: ProcessPoolExecutor | None = None, processes: int = 1) -> None:
        self._pool = pool
        self._processes = processes

    def each(
        self,
        work: Callable[[Piece, float], Result],
        pieces: Sequence[Piece],
        *,
        ends: float,
        done: Done | None = None,
    ) -> list[Result]:
        """
        Return what *work* makes of every piece, in their order.

        Args:
            work: A function of a module; it gets a piece and the moment at which its share of the
                time is over.
            pieces: Plain data, as it goes to other processes and back.
            ends: Moment of the monotonic clock at which the time for all of them is over.
            done: Called with how many pieces are done and how many there are.
        """
        results: dict[int, Result] = {}
        for number, result in self._found(work, pieces, ends):
            results[number] = result
            if done:
                done(len(results), len(pieces))
        return [results[number] for number in range(len(pieces))]

    def _found(
        self, work: Callable[[Piece, float], Result], pieces: Sequence[Piece], ends: float
    ) -> Iterator[tuple[int, Result]]:
        """Yield number and result of the pieces as they come."""
        left = set(range(len(pieces)))
        if self._pool is not None and len(pieces) > 1:
            try:
                for number, result in self._elsewhere(self._pool, work, pieces, ends):
                    left.discard(number)
                    yield number, result
            except BrokenProcessPool:
                # Whoever killed a process, the plan is not lost: the rest is done here.
                self._pool = None
        for number in sorted(left):
            yield number, work(pieces[number], _share(ends, len(left), 1))
            left.discard(number)

    def _elsewhere(
        self,
        pool: ProcessPoolExecutor,
        work: Callable[[Piece, float], Result],
        pieces: Sequence[Piece],
        ends: float,
    ) -> Iterator[tuple[int, Result]]:
        running: dict[Future[Result], int] = {}
        for number, piece in enumerate(pieces):
            share = _share(ends, len(pieces) - number, self._processes)
            running[pool.submit(work, piece, share)] = number
            if len(running) == self._processes:
                yield from _finished(running)
        while running:
            yield from _finished(running)


@contextmanager
def crew_of(processes: int) -> Iterator[Crew]:
    """Give a crew of so many processes; with 1, this one does everything."""
    if processes <= 1:
        yield Crew()
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        yield Crew(pool, processes)


def _finished(running: dict[Future[Result], int]) -> Iterator[tuple[int, Result]]:
    """Wait for the next; yield all that are finished then."""
    finished, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in sorted(finished, key=running.__getitem__):
        yield running.pop(future), future.result()


def _share(ends: float, left: int, processes: int) -> float:
    """Return when a piece begun now has had its share, if so many share what is left."""
    now = time.monotonic()
    return now + (ends - now) * min(left, processes) / left
