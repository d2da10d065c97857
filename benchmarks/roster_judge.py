"""What the audit makes of the rosters that a contender told, line by line."""

from dataclasses import dataclass, field

from benchmarks.contenders.lines import heard
from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from scheduler.roster.core.problem import CoreProblem

# A roster that comes after this share more than the limit does not count.
ALLOWANCE = 0.1
_TRACE_STEP = 0.1

# Each with the seconds from the start of the process at which it came.
Lines = list[tuple[float, bytes]]


@dataclass
class Judge:
    """Follows what a contender tells, and believes only the audit."""

    problem: CoreProblem
    cost: int | None = None
    bound: int | None = None
    violations: int | None = None
    rosters: int = 0
    wrong_claims: int = 0
    trace: list[tuple[float, int | None, int | None]] = field(default_factory=list)

    def hear(self, seconds: float, line: bytes) -> None:
        """Take in a line that came so many seconds after the start."""
        said = heard(line, self.problem)
        if said is None:
            return
        before = (self.cost, self.bound)
        if said.bound is not None:
            self.bound = max(said.bound, self.bound or 0)
        if said.cells is not None:
            broken = len(violations(self.problem, said.cells))
            price = cost(self.problem, said.cells)
            self.rosters += 1
            self.wrong_claims += said.cost != (None if broken else price)
            if self.cost is None:
                self.violations = broken
            if not broken and (self.cost is None or price < self.cost):
                self.cost = price
        if before != (self.cost, self.bound):
            self._note(seconds)

    def _note(self, seconds: float) -> None:
        entry = (round(seconds, 2), self.cost, self.bound)
        if self.trace and int(self.trace[-1][0] / _TRACE_STEP) == int(seconds / _TRACE_STEP):
            self.trace.pop()
        self.trace.append(entry)


def judged(problem: CoreProblem, lines: Lines, *, seconds: float) -> Judge:
    """Return what the audit finds in lines of a run; what came after its time does not count."""
    judge = Judge(problem)
    for at, line in lines:
        if at <= seconds * (1 + ALLOWANCE):
            judge.hear(at, line)
    return judge
