"""What the solver answers."""

from dataclasses import dataclass, field
from typing import Literal

from scheduler.roster.core.problem import Cells

Outcome = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass
class Answer:
    """
    What the solver knows so far.

    Attributes:
        cells: The best roster, audited; nothing if none was found.
        cost: Of that roster.
        bound: No roster costs less; nothing if nothing is proved.
        seconds: Wall-clock time used.
        peak_mb: Memory held at most by the parent and its children together.
        trace: (seconds, cost, bound) at every change of either.
        was_cut: Whether the clock ended the work before the steps asked for were done.
        impossible: Number of an employee whose rules contradict each other.
    """

    status: Outcome = "unknown"
    cells: Cells | None = None
    cost: int | None = None
    bound: int | None = None
    seconds: float = 0.0
    peak_mb: float = 0.0
    trace: list[tuple[float, int | None, int | None]] = field(default_factory=list)
    was_cut: bool = False
    impossible: int | None = None
