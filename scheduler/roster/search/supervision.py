"""
Runs the solver in child processes and keeps the best roster that passes the audit.

Whatever happens to a child, what it found before is not lost.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.search.answer import Answer
from scheduler.roster.search.entry import work, work_steps
from scheduler.roster.search.messages import (
    Bound,
    Columns,
    Ended,
    Found,
    Memory,
    Message,
    NoRow,
)

Progress = Callable[[Answer], None]

_RESTARTS = 2
# Children end a little before the limit, so that the last roster still arrives.
_LEAD = 0.15


def solve(
    problem: CoreProblem,
    *,
    seconds: float,
    seed: int,
    steps: int | None = None,
    progress: Progress | None = None,
) -> Answer:
    """
    Return the best roster found within the time.

    Args:
        problem: Checked figures, as the readers of files return them.
        seconds: Limit of wall-clock time; kept even if a child hangs or is killed.
        seed: Decides draws between equals.
        steps: Budget of runs of the dynamic program, in one child; the same input, seed and
            steps give the same roster if the time does not run out first.
        progress: Called with what is known so far at every change of cost or bound.
    """
    return _Supervisor(problem, seconds, seed, steps, progress).run()


@dataclass
class _Child:
    process: BaseProcess
    link: Connection
    number: int
    memory: float = 0.0
    ended: bool = False


class _Supervisor:
    def __init__(
        self,
        problem: CoreProblem,
        seconds: float,
        seed: int,
        steps: int | None,
        progress: Progress | None,
    ) -> None:
        self.problem = problem
        self.began = time.monotonic()
        self.ends = self.began + seconds
        self.lead = min(_LEAD, seconds / 10)
        self.seed, self.steps = seed, steps
        self.progress = progress
        self.answer = Answer()
        self.context = multiprocessing.get_context("spawn")
        self.children: list[_Child] = []
        self.memory: dict[int, float] = {}
        self.restarts = 0

    def run(self) -> Answer:
        for number in range(1 if self.steps is not None else 2):
            self._start(number)
        try:
            while self.children and not self._is_settled():
                left = self.ends - time.monotonic()
                if left <= 0:
                    self.answer.was_cut = self.steps is not None
                    break
                links = [child.link for child in self.children]
                for link in wait(links, timeout=left):
                    self._read(next(child for child in self.children if child.link is link))
        finally:
            self._stop()
        return self._conclude()

    def _start(self, number: int) -> None:
        ours, theirs = self.context.Pipe()
        seed = self.seed + 1000 * number + 7 * self.restarts
        end = self.ends - self.lead
        if self.steps is not None:
            arguments = (theirs, self.problem, self.steps, seed, end)
            process = self.context.Process(target=work_steps, args=arguments, daemon=True)
        else:
            role = ("search", "columns")[number]
            process = self.context.Process(
                target=work, args=(theirs, self.problem, role, seed, end), daemon=True
            )
        process.start()
        theirs.close()
        self.children.append(_Child(process, ours, number))

    def _read(self, child: _Child) -> None:
        try:
            message: Message = child.link.recv()
        except (EOFError, OSError):
            self._bury(child)
            return
        match message:
            case Found():
                self._consider(message, child)
            case Bound():
                self._raise_bound(message.value)
                self._pass_on(message, child)
            case Columns():
                self._pass_on(message, child)
            case NoRow():
                self.answer.impossible = message.employee
            case Memory():
                self.memory[child.number] = max(
                    self.memory.get(child.number, 0.0), message.megabytes
                )
            case Ended():
                child.ended = True
                self.answer.was_cut = self.answer.was_cut or message.was_cut

    def _bury(self, child: _Child) -> None:
        """Forget a child that is gone; start another if it was killed and time remains."""
        self.children.remove(child)
        child.link.close()
        child.process.join(timeout=0.1)
        was_killed = not child.ended
        if was_killed and self.restarts < _RESTARTS and self.steps is None:
            self.restarts += 1
            self._start(child.number)

    def _consider(self, found: Found, child: _Child) -> None:
        """Take the roster if the audit passes it and it is the cheapest."""
        price = cost(self.problem, found.cells)
        known = self.answer.cost
        if (known is not None and price >= known) or violations(self.problem, found.cells):
            return
        self.answer.cells, self.answer.cost = found.cells, price
        self._note()
        self._pass_on(Found(found.cells, price), child)

    def _raise_bound(self, value: float) -> None:
        # Costs are whole and not negative, so that the next whole number up is a bound as well.
        bound = max(0, ceil(value - 1e-6))
        if self.answer.bound is None or bound > self.answer.bound:
            self.answer.bound = bound
            self._note()

    def _pass_on(self, message: Message, source: _Child) -> None:
        for child in self.children:
            if child is not source and not child.ended:
                try:
                    child.link.send(message)
                except OSError:
                    continue

    def _note(self) -> None:
        answer = self.answer
        seconds = time.monotonic() - self.began
        answer.trace.append((round(seconds, 3), answer.cost, answer.bound))
        if self.progress:
            self.progress(answer)

    def _is_settled(self) -> bool:
        answer = self.answer
        if answer.impossible is not None:
            return True
        return (answer.bound or -inf) >= (inf if answer.cost is None else answer.cost)

    def _stop(self) -> None:
        for child in self.children:
            child.process.kill()
        for child in self.children:
            child.process.join()
            child.link.close()

    def _conclude(self) -> Answer:
        answer = self.answer
        if answer.impossible is not None:
            answer.status = "infeasible"
        elif answer.cost is not None:
            is_proved = answer.bound is not None and answer.bound >= answer.cost
            answer.status = "optimal" if is_proved else "feasible"
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answer.peak_mb = round(own + sum(self.memory.values()), 1)
        answer.seconds = round(time.monotonic() - self.began, 3)
        return answer
